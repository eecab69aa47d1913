"""Admin of newsroom: articles, the public record, accounts. Importing it registers the model admins."""

from newsroom.admin import icons
from newsroom.admin.accounts import editors, groups, login
from newsroom.admin.articles import changelist, note_patterns, pictures
from newsroom.admin.record import proposals, revisions, withholdings
from newsroom.admin.sources import sources

__all__ = [
    "changelist",
    "editors",
    "groups",
    "icons",
    "login",
    "note_patterns",
    "pictures",
    "proposals",
    "revisions",
    "sources",
    "withholdings",
]
