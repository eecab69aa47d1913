"""A newsroom whose every word, name and note is Greek, in all the states that its pages show."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils import timezone

from corrections.contacts.addresses import confirm_contact
from corrections.contacts.hashed_mailboxes import confirmation_token, unsubscribe_token
from corrections.desk.actions import ACTIONS
from corrections.models import Case, Hook, Reason, Suggestion
from corrections.suggestions.status_tokens import status_token
from corrections.triage.pipeline import triage_suggestion
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Article, Editor, Kind, Picture, Revision
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.publish import publish_revision
from newsroom.publishing.withholding import ask_withholding
from newsroom.text.canonical import Wording
from tests.support.desk_page import Desk
from tests.support.factories import current_revision, make_editor
from tests.support.followers import ask_to_follow, confirm_path, make_follower, stop_path
from tests.support.mailbox import contact_of
from tests.support.sources import make_source
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook
from tests.support.withheld_words import withhold_revision

NAME = "Εφημερίδα"
WORDS = "αβγδεζηθικλμνξοπρστυφχψω"
BODY = (
    "<p>Το συμβούλιο μετρά 14 γέφυρες, από τις οποίες τρεις είναι κλειστές.</p>"
    "<p>Η έκθεση <strong>εξετάστηκε</strong> τη Δευτέρα, και το λιμάνι έμεινε ανοιχτό.</p>"
    "<p>Κανείς δεν ρωτήθηκε για τον πύργο. Ο δήμαρχος σιωπά.</p>"
)


@dataclass(frozen=True, slots=True)
class World:
    """The rows that addresses name."""

    article: Article
    retracted: Article
    withheld: Revision
    cases: list[Case]
    suggestions: list[Suggestion]
    chief: Editor
    keys: dict[str, int]

    def reader_pages(self) -> dict[str, list[str]]:
        """The addresses of readers' pages, each with some that it stands for."""
        article, retracted = f"/articles/{self.article.slug}/", f"/articles/{self.retracted.slug}/"
        last = current_revision(self.article).number
        tokens = [status_token(each.pk) for each in self.suggestions]
        confirmed, waiting = (contact_of(each) for each in self.suggestions[:2])
        followers = ask_to_follow(self.article), make_follower(self.article, email="bob@example.org")
        month = timezone.localdate()
        private = [f"/suggestions/{token}/" for token in tokens]
        key = make_source(name=NAME, language=self.article.language).key
        return {
            "": ["/"],
            "articles/<slug:slug>/": [article, f"{article}?changed=all", retracted, "/articles/0/"],
            "articles/<slug:slug>/timemap/": [f"{article}timemap/"],
            "articles/<slug:slug>/annotations/": [f"{article}annotations/"],
            "articles/<slug:slug>/ninjs.json": [f"{article}ninjs.json"],
            "articles/<slug:slug>/changes/": [f"{article}changes/", f"{retracted}changes/"],
            "articles/<slug:slug>/changes/feed.atom": [f"{article}changes/feed.atom"],
            "articles/<slug:slug>/changes/feed.json": [f"{article}changes/feed.json"],
            "articles/<slug:slug>/changes/<int:old>...<int:new>/": [
                *(f"{article}changes/{number}...{last}/" for number in range(1, last + 1)),
            ],
            "articles/<slug:slug>/revisions/<int:number>/": [
                *(f"{article}revisions/{number}/" for number in range(1, last + 1)),
                f"{retracted}revisions/1/",
            ],
            "articles/<slug:slug>/suggest/": [f"{article}suggest/", f"{retracted}suggest/"],
            "articles/<slug:slug>/follow/": [f"{article}follow/", f"{retracted}follow/"],
            "sections/<path:section>/": [f"/sections/{self.article.section}/", "/sections/x/"],
            "corrections/": [
                "/corrections/",
                "/corrections/?since=2026-02-02&until=2026-01-01",
                "/corrections/?kind=x",
            ],
            "corrections/<int:year>/<int:month>/": [
                f"/corrections/{month.year}/{month.month}/",
                "/corrections/2001/1/",
            ],
            "corrections/feed.atom": ["/corrections/feed.atom"],
            "corrections/feed.json": ["/corrections/feed.json"],
            "corrections/sections/<path:section>/feed.atom": ["/corrections/sections/x/feed.atom"],
            "corrections/sections/<path:section>/feed.json": ["/corrections/sections/x/feed.json"],
            "policy/": ["/policy/"],
            "embed/v1.js": ["/embed/v1.js"],
            "embed/suggest/": [
                f"/embed/suggest/?site={key}",
                f"/embed/suggest/?site={key}&url=https://daily.example/{key}",
                f"/embed/suggest/?site={key}&url=x",
            ],
            "embed/dialog/<slug:language>/": [f"/embed/dialog/{self.article.language}/"],
            "embed/<slug:name>.css": [],  # no words
            "privacy/": ["/privacy/"],
            "sitemap.xml": ["/sitemap.xml"],
            "sitemap-<int:number>.xml": ["/sitemap-1.xml"],
            "robots.txt": ["/robots.txt"],
            ".well-known/security.txt": [],  # for programs, in English as its rule has it
            "healthz": ["/healthz"],
            "readyz": ["/readyz"],
            "metrics": ["/metrics"],
            "media/<path:path>": ["/media/x"],
            "dev/mail/": ["/dev/mail/"],
            "dev/mail/<slug:name>/": ["/dev/mail/x/"],
            "dev/mail/<slug:name>/html/": ["/dev/mail/x/html/"],
            "suggestions/<str:token>/": [*private, "/suggestions/x/"],
            # What a GET there answers is Django's.
            "suggestions/<str:token>/answer/": [],
            "suggestions/<str:token>/withdraw/": [],
            "suggestions/<str:token>/credit/": [],
            "suggestions/<str:token>/mail/": [],
            "suggestions/<str:token>/erase/": [],
            "mail/confirm/<str:token>/": [
                *(f"/mail/confirm/{confirmation_token(each)}/" for each in (confirmed, waiting)),
                "/mail/confirm/x/",
            ],
            "mail/follow/<str:token>/": [*(confirm_path(each) for each in followers), "/mail/follow/x/"],
            "mail/unfollow/<str:token>/": [*(stop_path(each) for each in followers), "/mail/unfollow/x/"],
            "mail/stop/<str:token>/": [f"/mail/stop/{unsubscribe_token(confirmed.mailbox)}/", "/mail/stop/x/"],
        }

    def refused_forms(self) -> list[tuple[str, dict[str, str]]]:
        """Forms that come back with what is wrong in them, and pages that say that it is done."""
        form = f"/articles/{self.article.slug}/suggest/"
        follow = f"/articles/{self.article.slug}/follow/"
        unfollow = stop_path(ask_to_follow(self.article))
        private = [f"/suggestions/{status_token(each.pk)}/" for each in self.suggestions]
        stop = f"/mail/stop/{unsubscribe_token(contact_of(self.suggestions[0]).mailbox)}/"
        return [
            (form, {}),
            (form, {"exact": "λείπει", "category": "x", "email": "x", "evidence_url": "x"}),
            (form, {"exact": "τ", "replacement": "δ", "category": "typo"}),  # stands more than once
            (form, {"exact": "γέφυρες", "replacement": "γέφυρες", "category": "typo", "note": "α" * 2001}),
            *((follow, {"email": email}) for email in ("x", "eve@example.org")),
            (unfollow, {}),
            *((f"{path}answer/", {"text": text}) for path in private[:2] for text in ("", "α", "α" * 2001)),
            *((f"{path}credit/", {"name": name, "credit": "1"}) for path in private[:2] for name in ("", "α" * 101)),
            *((f"{path}mail/", {"email": "x"}) for path in private[:2]),
            *((f"{path}withdraw/", {}) for path in private),
            (stop, {}),
            (stop, {"again": "1"}),
        ]

    def desk_pages(self) -> list[str]:
        """The desk in all its states; the keys of addresses stand for one row only."""
        listed = ("open", "proposed", "held", "asked", "published", "declined", "already_fixed", "spam", "all")
        return [
            *(f"/admin/corrections/case/?state={state}" for state in listed),
            "/admin/corrections/case/?q=x&kind=typo&place=certain&flag=warned&hands=me&section=x&language=de&article=x",
            *(f"/admin/corrections/case/{case.pk}/change/{query}" for case in self.cases for query in ("", "?whole=1")),
            *(f"/admin/newsroom/proposal/?state={state}" for state in ("waiting", "returned", "approved")),
            *(f"/admin/newsroom/article/{article.pk}/change/" for article in (self.article, self.retracted)),
            *(f"/admin/corrections/case/numbers/?days={days}" for days in (7, 30, 90, 365)),
        ]

    def refused_decisions(self) -> list[tuple[str, dict[str, str]]]:
        """What comes back to an editor with a sentence."""
        open_case = next(case for case in self.cases if case.state == Case.State.OPEN)
        case, decisions = f"/admin/corrections/case/{open_case.pk}/change/", list(ACTIONS)
        article = f"/admin/newsroom/article/{self.article.pk}/change/"
        return [
            *((case, {"decision": decision, "state": open_case.state}) for decision in decisions),
            *((case, {"decision": decision, "state": "held"}) for decision in decisions),
            *((article, {"decision": decision}) for decision in ("save", "publish", "propose", "replace", "x")),
            (
                article,
                {"decision": "save", "seen": "2001-01-01T00:00", "slug": "1700", "headline": "α", "body": "<p>α</p>"},
            ),
        ]


def make_world(language: str) -> World:
    chief, second = _editor("χρυσή", DESK_CHIEF, language), _editor("σοφία", STANDARDS_EDITOR, language)
    article, retracted = _article("1700", chief, language), _article("1800", chief, language)
    _revise(article, "14", "15", kind=Kind.CORRECTION, by=chief, second=second)
    _revise(article, "τρεις", "τέσσερις", kind=Kind.CLARIFICATION, by=chief, second=second)
    _revise(article, "Δευτέρα", "Τρίτη", kind=Kind.TYPO, by=chief, second=second)
    _revise(article, "εξετάστηκε", "<em>κρίθηκε</em>", kind=Kind.UPDATE, by=chief, second=second)
    _retract(retracted, by=chief, second=second)
    suggestions = _suggestions(article)
    cases = _cases(article, chief, second)
    hook = make_hook("https://receiver.example/")
    Hook.objects.filter(pk=hook.pk).update(
        name="Αγκίστρι", disabled_why="The receiver answered 410 Gone.", last_success_at=timezone.now()
    )
    delivery = ping_hook(hook, by=chief)
    save_draft(article, base=current_revision(article), by=chief, typed=_wording("Πρόχειρο"), seen=None)
    proposal = propose_revision(
        article, base=current_revision(article), by=chief, kind=Kind.UPDATE, wording=_wording("Πρόταση"), note=WORDS
    )
    withheld = withhold_revision(article.revisions.get(number=1), by=chief, approved_by=second, reason=WORDS)
    asked = ask_withholding(article.revisions.get(number=2), by=second, reason=WORDS)
    Reason.objects.all().delete()
    Reason.objects.create(language=language, text="Λόγος")
    picture = Picture.objects.create(file="pictures/1.png", alt="Γέφυρα", width=1, height=1, uploaded_by=chief)
    for number, editor in enumerate(Editor.objects.filter(username__startswith="editor")):
        editor.username = f"εκδότης{number}"
        editor.save()
    keys = {
        "/r/": 0,
        "/case/": cases[0].pk,
        "/editor/": second.pk,
        "/group/": Group.objects.get(name=DESK_CHIEF).pk,
        "/act/": Act.objects.latest("sequence").pk,
        "/revision/": article.revisions.get(number=2).pk,
        "/hook/": hook.pk,
        "/delivery/": delivery.pk,
        "/reason/": Reason.objects.get().pk,
        "/proposal/": proposal.pk,
        "/withholding/ask/": article.revisions.get(number=3).pk,
        "/withholding/": asked.pk,
        "/picture/": picture.pk,
        "/article/": article.pk,
    }
    return World(article, retracted, withheld.revision, cases, suggestions, chief, keys)


def _editor(name: str, group: str, language: str) -> Editor:
    editor = make_editor(username=name, public_name=name.title(), group=group)
    editor.language = language
    editor.save()
    return editor


def _wording(headline: str, body: str = BODY) -> Wording:
    return Wording(headline=headline, standfirst="Εισαγωγή", byline="Μαρία", body=body)


def _article(slug: str, by: Editor, language: str) -> Article:
    article = Article.objects.create(slug=slug, language=language, section="Πόλη")
    publish_revision(article, base=None, by=by, kind=Kind.PUBLICATION, wording=_wording("Γέφυρες"))
    return article


def _revise(article: Article, find: str, put: str, *, kind: Kind, by: Editor, second: Editor) -> None:
    base = current_revision(article)
    wording = _wording("Γέφυρες", base.require_content().body.replace(find, put))
    note = f"Έγραφε {find}, είναι {put}.".replace("<em>", "").replace("</em>", "")
    publish_revision(article, base=base, by=by, approved_by=second, kind=kind, wording=wording, note=note)


def _retract(article: Article, *, by: Editor, second: Editor) -> None:
    base = current_revision(article)
    wording = base.require_content().wording
    publish_revision(article, base=base, by=by, approved_by=second, kind=Kind.RETRACTION, wording=wording, note=WORDS)


def _suggestions(article: Article) -> list[Suggestion]:
    """Confirmed, not yet confirmed, without an address, about the whole, and settled in each way."""
    first = make_suggestion(article, "λιμάνι", "λιμένας", email="a@example.org", note=WORDS, credit="Άννα")
    confirm_contact(contact_of(first), wants_receipt=False)
    second = make_suggestion(article, "πύργο", None, note=WORDS, email="b@example.org")
    whole = make_suggestion(article, None, None, note=WORDS, category="other")
    for each in (first, second, whole):
        triage_suggestion(each.pk)
    settled = [make_suggestion(article, word, f"{word}ν") for word in ("συμβούλιο", "έκθεση", "δήμαρχος", "σιωπά")]
    desk = Desk(make_editor(username="νίκος", public_name="Νίκος"))
    cases = [triage_suggestion(each.pk) for each in settled]
    for case, (decision, typed) in zip(
        cases,
        (
            ("decline", {"reason": WORDS}),
            ("fixed", {}),
            ("ask", {"question": WORDS}),
            ("publish", {"kind": "clarification", "note": WORDS}),
        ),
        strict=True,
    ):
        assert case
        answer = desk.decide(case, decision, **typed)
        assert answer.status_code == 302, answer.content.decode()
    received = make_suggestion(article, "ανοιχτό", "κλειστό")
    return [first, second, whole, *settled, received]


def _cases(article: Article, chief: Editor, second: Editor) -> list[Case]:
    return list(Case.objects.order_by("pk"))
