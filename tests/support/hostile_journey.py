"""The whole way of a correction with the same words in every place that anybody may fill, and all that comes of it."""

import json
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from itertools import count
from typing import Any

from django.core.mail import get_connection
from django.test import Client, override_settings

from corrections.contacts.addresses import confirm_contact, create_contact
from corrections.decisions.approvals import approve_cases, propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import ask_readers, decline_case
from corrections.models import Case, Suggestion
from corrections.suggestions.status_tokens import status_token
from corrections.triage.pipeline import triage_batch
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Kind
from newsroom.operations.mail_files import BACKEND, newest_names
from newsroom.publishing.moves import Seen
from tests.support.desk_page import LIST, Desk, address_of
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.mailbox import contact_of, html_of, post_all
from tests.support.suggestion_factories import make_quote

numbers = count(1)
# Pages of one article, and of the whole site.
PUBLIC = ("", "suggest/", "changes/", "changes/1...2/", "revisions/2/")
MACHINES = ("changes/feed.atom", "changes/feed.json", "annotations/", "annotations/?page=1", "ninjs.json", "timemap/")
API = ("", "/revisions", "/revisions/2", "/reports")
SITE = ("/", "/corrections/", "/policy/")
SITE_MACHINES = (
    "/corrections/feed.atom",
    "/corrections/feed.json",
    "/api/articles",
    "/api/corrections",
    "/sitemap.xml",
)
DESK = ("", "corrections/case/", "corrections/case/?state=published", "corrections/case/numbers/", "corrections/mail/")
RECORDS = ("newsroom/article/", "newsroom/revision/", "newsroom/act/", "newsroom/proposal/")


class Journey:
    """Articles, suggestions, decisions and mails full of some words; `pages` and `machines` by what they are."""

    def __init__(self) -> None:
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.machines: dict[str, list[Any]] = defaultdict(list)
        self.mails: list[Any] = []
        self.readers = Client()
        self.desk = Desk(group=DESK_CHIEF)

    def walk(self, words: str, names: Iterable[str]) -> None:
        article = self._article(words)
        suggested = [self._suggest(article, "recieve", words, name=name) for name in names]
        declined = self._suggest(article, "thier", "their", note=words)
        for suggestion in (suggested[0], declined):
            create_contact(suggestion, f"reader{suggestion.pk.hex}@example.org")
            confirm_contact(contact_of(suggestion), wants_receipt=True)
        triage_batch([suggestion.pk for suggestion in [*suggested, declined]])
        private = f"/suggestions/{status_token(suggested[0].pk)}/"
        case, other = self._case(suggested[0]), self._case(declined)
        self._at_the_desk(case, words)
        self._keep("sender", self.desk.client.get(f"{LIST}{other.pk}/sender/"))
        self._ask(case, words, private=private)
        self._publish(case, words)
        decline_case(other, by=self.desk.editor, reason=words)
        self._post()
        self._keep("private page", self.readers.get(private))
        self._keep("private page", self.readers.get(f"/suggestions/{status_token(declined.pk)}/"))
        self._keep("settled case", self.desk.open(self._case(declined)))
        self._read(article)

    def end(self) -> None:
        """What is about the whole site."""
        for path in SITE:
            self._keep(path, self.readers.get(path))
        for path in SITE_MACHINES:
            self.machines[path].append(self.readers.get(path))
        for path in (*DESK, *RECORDS):
            self._keep(path, self.desk.client.get(f"/admin/{path}"))
        with override_settings(EMAIL_BACKEND=BACKEND):
            self._keep("mails", self.readers.get("/dev/mail/"))
        for name in ("csv", "json"):
            self.machines[f"export.{name}"].append(self.desk.client.get(f"{LIST}export.{name}"))

    def _article(self, words: str) -> Article:
        body = f"<p>{escape(words)} We recieve it.</p><p>Then it is thier turn.</p><p>{escape(words)}</p>"
        parts = {"headline": words, "standfirst": words, "byline": words}
        editor = make_editor(public_name=words[:120])
        article = make_article(slug=f"words-{next(numbers)}", by=editor, body=body, **parts)
        Article.objects.filter(pk=article.pk).update(section=words[:80])
        return article

    def _suggest(self, article: Article, exact: str, replacement: str, *, name: str = "", note: str = "") -> Suggestion:
        number = next(numbers)
        quote = make_quote(current_revision(article), exact)
        parts = {part: getattr(quote, part) for part in ("field", "exact", "prefix", "suffix", "start", "end")}
        body = {
            "article": article.slug,
            "revision": 1,
            "quote": parts,
            "replacement": replacement,
            "category": "typo",
            "note": note or replacement,
            "name": name,
            "credit": bool(name),
            "evidence_url": "https://example.org/" + "".join(replacement.split())[:450],
        }
        address = f"10.1.{number >> 8}.{number & 255}"
        answer = self.readers.post(
            "/api/suggestions", json.dumps(body), content_type="application/json", REMOTE_ADDR=address
        )
        assert answer.status_code == 202, answer.content
        return Suggestion.objects.get(pk=answer.json()["id"])

    def _at_the_desk(self, case: Case, words: str) -> None:
        client = self.desk.client
        self._keep("queue", client.get(LIST, {"q": words[:200], "section": words[:80], "article": words[:80]}))
        page = self.desk.open(case)
        self._keep("case", page)
        self._keep("refused case", self.desk.send(page, "edit", wording=words, kind="correction", note=""))
        self._keep("refused case", self.desk.send(page, "ask", question=words + "." * 1000))

    def _ask(self, case: Case, words: str, *, private: str) -> None:
        ask_readers(case, by=self.desk.editor, question=words)
        self._post()
        self._keep("private page", self.readers.get(private))
        self._keep("private page", self.readers.post(f"{private}answer/", {"text": words + "." * 2000}), status=422)
        assert self.readers.post(f"{private}answer/", {"text": words}).status_code == 303
        self._keep("case", self.desk.client.get(address_of(case)))

    def _publish(self, case: Case, words: str) -> None:
        base = current_revision(case.article)
        case = Case.objects.select_related("article").get(pk=case.pk)
        composed = compose(base, [Edit(case, words)])
        typed: dict[str, Any] = {"base": base, "composed": composed, "kind": Kind.CLARIFICATION, "note": words}
        proposal = propose_cases([case], by=self.desk.editor, **typed)  # hostile words are numbers and names, too
        approve_cases(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))

    def _post(self) -> None:
        """Empty the outbox, and look at the mails where the demo shows them."""
        sent = post_all()
        self.mails += sent
        for message in sent:
            self.pages["mail"].append(html_of(message))
        with override_settings(EMAIL_BACKEND=BACKEND):
            get_connection().send_messages(sent)
            for name in newest_names(1):
                self._keep("mail shown", self.readers.get(f"/dev/mail/{name}/"))

    def _read(self, article: Article) -> None:
        for path in PUBLIC:
            self._keep(f"article {path}", self.readers.get(f"/articles/{article.slug}/{path}"))
        for path in MACHINES:
            self.machines[path].append(self.readers.get(f"/articles/{article.slug}/{path}"))
        for path in API:
            self.machines[f"api{path}"].append(self.readers.get(f"/api/articles/{article.slug}{path}"))
        for path in (f"newsroom/article/{article.pk}/change/", f"newsroom/article/{article.pk}/history/"):
            self._keep(path.split("/")[-2], self.desk.client.get(f"/admin/{path}"))

    def _keep(self, label: str, answer: Any, *, status: int | None = None) -> None:
        assert answer.status_code == status or (status is None and answer.status_code in (200, 422)), label
        self.pages[label].append(answer.content.decode())

    def _case(self, suggestion: Suggestion) -> Case:
        return Case.objects.select_related("article").get(suggestions=suggestion)
