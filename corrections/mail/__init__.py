"""Transactional mail to readers and the digest for editors: find what is due, compose it, send it over SMTP."""
