"""The newsroom's part of the admin: a page for each thing that editors write, decide or look up."""

from newsroom.admin import articles, editors, icons, login, pictures, proposals, record, withholdings

__all__ = ["articles", "editors", "icons", "login", "pictures", "proposals", "record", "withholdings"]
