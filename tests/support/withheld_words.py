"""Steps of the tests of withholding: an article names a person whose name has to go."""

from django.db import connection

from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Revision, Withholding
from newsroom.publishing.withholding import approve_withholding, ask_withholding
from tests.support.factories import make_editor

SECRET = "Ada Quill of 4 Elm Row"
REASON = "A court forbade us to name a witness."


def first(article: Article) -> Revision:
    return article.revisions.get(number=1)


def withhold_revision(revision: Revision, *, by: Editor, approved_by: Editor, reason: str) -> Withholding:
    return approve_withholding(ask_withholding(revision, by=by, reason=reason), by=approved_by)


def withhold(article: Article, *, number: int = 1) -> Withholding:
    by, second = make_editor(group=STANDARDS_EDITOR), make_editor(group=DESK_CHIEF)
    return withhold_revision(article.revisions.get(number=number), by=by, approved_by=second, reason=REASON)


def everything_stored() -> str:
    """All that the database holds in its columns of text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)
