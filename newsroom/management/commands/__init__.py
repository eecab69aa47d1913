"""Management commands: demo, import_article, verify_audit, backup, restore."""
