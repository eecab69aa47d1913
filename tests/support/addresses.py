"""Every address of the site, and something behind each."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver

from corrections.contacts.addresses import contact_for, queue_confirmations
from corrections.contacts.hashed_mailboxes import confirmation_token, unsubscribe_token
from corrections.models import Mail, Reason
from corrections.suggestions.status_tokens import status_token
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Kind
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.withholding import ask_withholding
from tests.support.desk_page import make_case
from tests.support.factories import (
    current_revision,
    make_article,
    make_editor,
    make_pattern,
    make_revision,
    make_wording,
)
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

# Only the demo has mails to show, and shows them to its own machine: a mail brings styles of its own along.
ONLY_IN_THE_DEMO = "dev/mail/"


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, path)
        elif path != ONLY_IN_THE_DEMO and not path.startswith(f"{ONLY_IN_THE_DEMO}<"):
            yield path


def site_of_every_kind() -> dict[str, Any]:
    """Something behind each kind of address: what stands in its place for each part in angle brackets."""
    article = make_article(slug="bridges")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note="Four instead of three.")
    suggestion = make_suggestion(article, email="ada@example.org")
    contact = contact_for(suggestion)
    assert contact
    case = make_case(article)
    queue_confirmations()
    hook = make_hook("https://receiver.example/")
    editor, base = make_editor(), current_revision(article)
    other = make_wording(body="<p>Another text.</p>")
    save_draft(article, base=base, by=editor, typed=other, seen=None)
    proposal = propose_revision(
        article, base=base, by=editor, kind=Kind.CORRECTION, wording=other, note="Another text."
    )
    first, standards = article.revisions.get(number=1), make_editor(group=STANDARDS_EDITOR)
    return {
        "slug": "bridges",
        "number": 1,
        "old": 1,
        "new": 2,
        "section": "Local",
        "year": 2026,
        "month": 1,
        "mail/confirm/": confirmation_token(contact),
        "mail/stop/": unsubscribe_token(contact.mailbox),
        "token": status_token(suggestion.pk),
        "/case/": case.pk,
        "/proposal/": proposal.pk,
        "/withholding/<": ask_withholding(first, by=standards, reason="A court asks for it.").pk,
        "/mail/<path": Mail.objects.get().pk,
        "/editor/": editor.pk,
        "/group/": editor.groups.get().pk,
        "/act/": Act.objects.latest("sequence").pk,
        "/revision/": article.current_id,
        "/hook/": hook.pk,
        "/delivery/": ping_hook(hook, by=make_editor(group=DESK_CHIEF)).pk,
        "/notepattern/": make_pattern().pk,
        "slot": "passage",
        "/reason/": Reason.objects.latest("pk").pk,
        "other": article.pk,
    }


def address_of(pattern: str, known: dict[str, Any]) -> str:
    def filled(match: re.Match[str]) -> str:
        name = match[1].rpartition(":")[2]
        places = (key for key in known if "/" in key and key in f"/{pattern}")
        return str(known.get(next(places, name), known.get(name, known["other"])))

    return "/" + re.sub(r"<([^>]+)>", filled, pattern)
