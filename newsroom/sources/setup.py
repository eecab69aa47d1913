"""Setting a Source up, under an act: what it takes from which site, and the account that signs what is only seen."""

from django.db import transaction

from newsroom.audit.log import append_act
from newsroom.models import Editor, Source, SourceArticle
from newsroom.publishing.policy import NotPermitted

ADD, CHANGE = "newsroom.add_source", "newsroom.change_source"
SETTINGS = (
    *("name", "origins", "language", "root", "headline", "standfirst", "byline", "drop"),
    *("edit_url", "is_public", "patience", "is_active"),
)
WHAT_IS_READ = frozenset({"root", "headline", "standfirst", "byline", "drop"})


def add_source(source: Source, *, by: Editor) -> Source:
    """Store a new Source with its account, which cannot log in. Raises NotPermitted."""
    if not by.has_perm(ADD):
        raise NotPermitted
    with transaction.atomic():
        account = Editor(username=f"source-{source.key}", is_active=False, public_name=source.name[:120])
        account.set_unusable_password()
        account.save()
        source.account = account
        source.save()
        append_act("add_source", subject=f"source:{source.key}", by=by, payload=act_facts(source))
    return source


def change_source(source: Source, *, by: Editor, changed: list[str]) -> None:
    """Store other settings. Where other parts of a page are read, every page is read anew. Raises NotPermitted."""
    if not by.has_perm(CHANGE):
        raise NotPermitted
    with transaction.atomic():
        source.save()
        if WHAT_IS_READ & set(changed):
            SourceArticle.objects.filter(source=source).update(etag="", last_modified="")
        append_act("change_source", subject=f"source:{source.key}", by=by, payload=act_facts(source))


def act_facts(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in SETTINGS}
