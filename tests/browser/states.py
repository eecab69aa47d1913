"""One reader's way through every state that the reader's pages and the dialog have, in two scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Locator, Page, Route, expect

from corrections.abuse.sliding_windows import REFUSAL_LIMITS, SUGGESTION_LIMITS
from corrections.contacts.hashed_mailboxes import unsubscribe_token
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import ask_readers, close_as_fixed, decline_case, publish_cases
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.status_tokens import status_token
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Kind
from tests.browser.reader import MARK, dialog_on, send, suggestions_on
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.mailbox import confirmation_link, contact_of, make_reader
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until

API = re.compile("/api/suggestions$")
DIALOG = re.compile(r"/static/reader/dialog\.")
DECIDED = ("asked", "declined", "published", "fixed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Story:
    """An article with mistakes in it, by the order in which they are used."""

    language: str
    headline: str
    body: str
    known: tuple[str, str]  # reported by others already
    found: tuple[str, str]  # what this reader finds
    published: tuple[str, str]
    asked: tuple[str, str]
    declined: tuple[str, str]
    fixed: tuple[str, str]
    withdrawn: tuple[str, str]
    twice: str
    cut: str  # a paragraph that a later revision has no more


ENGLISH = Story(
    language="en",
    headline="Ferry to sail on Sunday",
    body="<p>The ferry will <em>propably</em> sail on Sunday, weather permiting.</p>"
    "<p>The harbour is open to everybody at all hours. It counts 140 berths, of wich three are closed.</p>"
    "<p>See https://example.org/an-address-that-is-much-longer-than-any-phone-is-wide-and-has-no-blank-in-it.</p>"
    "<p>Gulls are fed here.</p>"
    "<table><tr><th>Pier</th><th>Berths</th><th>Remarks of the harbour master</th></tr>"
    "<tr><td>North</td><td>100</td><td>closed from October</td></tr></table>",
    known=("propably", "probably"),
    found=("permiting", "permitting"),
    published=("everybody", "all ships"),
    asked=("140", "150"),
    declined=("closed from", "shut from"),
    fixed=("North", "Northern"),
    withdrawn=("wich", "which"),
    twice="is",
    cut="Gulls are fed here.",
)
ARABIC = Story(
    language="ar",
    headline="العبّارة تبحر يوم الأحد",
    body="<p>ستبحر العبّارة <em>يوم الاحد</em> إن سمح الطقص بذلك.</p>"
    "<p>الميناء مفتوح للجميع في كل الساعات، وفيه 140 مرسى، ثلاثة منها مغلقه.</p>"
    "<p>انظر https://example.org/an-address-that-is-much-longer-than-any-phone-is-wide.</p>"
    "<p>تُطعم النوارس هنا.</p>"
    "<table><tr><th>الرصيف</th><th>المراسي</th><th>ملاحظات مدير الميناء</th></tr>"
    "<tr><td>الشمالي</td><td>100</td><td>مغلق منذ أكتوبر</td></tr></table>",
    known=("الاحد", "الأحد"),
    found=("الطقص", "الطقس"),
    published=("للجميع", "لكل السفن"),
    asked=("140", "150"),
    declined=("منذ", "من"),
    fixed=("الشمالي", "شمالي"),
    withdrawn=("مغلقه", "مغلقة"),
    twice="في",
    cut="تُطعم النوارس هنا.",
)


def told(story: Story) -> Article:
    return make_article(
        language=story.language, headline=story.headline, standfirst=story.headline, byline="Ida", body=story.body
    )


def dialog_states(page: Page, story: Story, article: Article) -> Iterator[str]:
    """The dialog and the list under the article, from before the first word to the answer; named state by state."""
    case_of(make_suggestion(article, *story.known))
    page.goto(article.get_absolute_url())
    yield "article"
    yield from _on_its_way(page, story)
    dialog = dialog_on(page, story.known[0])
    expect(dialog.locator("[data-voice]")).to_be_visible()
    yield "reported by others"
    page.keyboard.press("Escape")
    dialog = dialog_on(page, story.found[0])
    yield "dialog"
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_be_focused()
    yield "refused"
    yield from _each_way(dialog)
    yield from _without_a_line(page, dialog, story.found[1])
    dialog.locator("[data-done]").click()
    page.locator("[data-own] [data-follow]").click()
    expect(page.locator("[data-own] [data-state]")).not_to_be_empty()
    yield "own list"
    wait_until(lambda: suggestions_on(article)[-1].case is not None)
    dialog_on(page, story.found[0])
    expect(dialog.locator("[data-known] [data-own-link]")).to_be_visible()
    yield "told before"
    page.keyboard.press("Escape")
    yield from _taken_back(page, story.withdrawn)
    page.locator("a[data-suggest]").first.click()
    expect(page.locator("#picker-words")).to_be_visible()
    yield "sentence picker"
    page.keyboard.press("Escape")
    yield from _at_a_busy_desk(page, story.asked)
    yield from _behind_the_article(page, story, article)


def _on_its_way(page: Page, story: Story) -> Iterator[str]:
    held: list[Route] = []
    page.route(DIALOG, lambda route: held.append(route))
    page.evaluate(MARK, story.known[0])
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog[open] [data-opening]")).to_be_visible()
    yield "on its way"
    for route in held:
        route.continue_()
    page.unroute(DIALOG)
    expect(page.locator("dialog[open] #suggestion-replacement")).to_be_visible()
    page.keyboard.press("Escape")


def _each_way(dialog: Locator) -> Iterator[str]:
    for way in ("delete", "unknown", "change"):
        dialog.locator(f"[name=way][value={way}]").check()
        yield f"way: {way}"
    dialog.locator("#suggestion-credit").check()
    yield "named"
    dialog.locator("#suggestion-credit").uncheck()


def _taken_back(page: Page, words: tuple[str, str]) -> Iterator[str]:
    dialog = dialog_on(page, words[0])
    dialog.locator("#suggestion-replacement").fill(words[1])
    send(dialog)
    dialog.locator("[data-take-back]").click()
    expect(dialog.locator("[data-notice]")).not_to_be_empty()
    yield "taken back"
    page.keyboard.press("Escape")


def _without_a_line(page: Page, dialog: Locator, wording: str) -> Iterator[str]:
    dialog.locator("#suggestion-replacement").fill(wording)
    page.context.set_offline(True)
    send(dialog)
    expect(dialog.locator("[data-notice]")).not_to_be_empty()
    expect(dialog.locator("[data-send]")).to_have_text(str(dialog.locator("[data-message=again]").text_content()))
    yield "offline"
    page.context.set_offline(False)
    expect(dialog.locator("[data-link]")).to_be_visible()
    yield "sent"
    dialog.locator("[data-copy]").click()
    expect(dialog.locator("[data-copied]")).not_to_be_empty()
    yield "copied"
    dialog.locator("#suggestion-email").fill("nobody")
    dialog.locator("[data-email] button").click()
    expect(dialog.locator("[data-email-error]")).not_to_be_empty()
    yield "no address on the thanks"
    dialog.locator("#suggestion-email").fill("ada@example.org")
    dialog.locator("[data-email] button").click()
    expect(dialog.locator("[data-mailed]")).to_be_visible()
    yield "asked for an e-mail"


def _at_a_busy_desk(page: Page, words: tuple[str, str]) -> Iterator[str]:
    dialog = dialog_on(page, words[0])
    dialog.locator("#suggestion-replacement").fill(words[1])
    page.route(API, lambda route: route.fulfill(status=429, headers={"Retry-After": "60"}))
    send(dialog)
    expect(dialog.locator("[data-notice]")).to_contain_text("60")
    yield "waits"
    page.unroute(API)
    page.keyboard.press("Escape")


def _behind_the_article(page: Page, story: Story, article: Article) -> Iterator[str]:
    """The page is still the one that was opened before the article was changed."""
    make_revision(article, find=story.declined[0], put=story.declined[1])
    make_revision(article, find=f"<p>{story.cut}</p>", put="")
    for words, state in ((story.declined[0], "reads otherwise"), (story.cut, "is gone")):
        dialog = dialog_on(page, words)
        expect(dialog.locator("[data-known] > *")).to_be_visible()
        yield state
        page.keyboard.press("Escape")


def form_states(page: Page, story: Story, article: Article) -> Iterator[str]:
    page.goto(f"{article.get_absolute_url()}suggest/")
    yield "form"
    page.locator("button.suggestion-send").click()
    expect(page.locator(".suggestion-summary")).to_be_visible()
    yield "form with errors"
    page.locator("[name=exact]").fill(story.twice)
    page.locator("[name=replacement]").fill("?")
    page.locator("button.suggestion-send").click()
    expect(page.locator("[name=occurrence]").first).to_be_visible()
    yield "form that asks which"
    address = page.url.partition("?")[0]
    for _each in range(SUGGESTION_LIMITS[0].most):
        page.request.post(address, form={"note": "All of it.", "category": "other"})
    page.goto(f"{address}?exact={quote(story.withdrawn[0])}")
    page.locator("[name=replacement]").fill(story.withdrawn[1])
    page.locator("button.suggestion-send").click()
    expect(page.locator(".suggestion-summary")).to_be_visible()
    yield "form at a busy desk"


def case_of(suggestion: Suggestion) -> Case:
    """Triaged here, unless the worker of the running site was there first."""
    triage_suggestion(suggestion.pk)
    wait_until(lambda: Suggestion.objects.filter(pk=suggestion.pk, case__isnull=False).exists())
    return Case.objects.get(suggestions=suggestion)


def private_pages(story: Story, article: Article) -> dict[str, str]:
    """The reader's page of a suggestion by what became of it, and the pages behind the links of its mails."""
    by = make_editor()
    made = {name: make_reader(article, *getattr(story, name), note="Seen.") for name in DECIDED}
    cases = {name: case_of(suggestion) for name, suggestion in made.items()}
    ask_readers(cases["asked"], by=by, question="Which pier do you mean?")
    decline_case(cases["declined"], by=by, reason="Both are right.")
    close_as_fixed(cases["fixed"], by=by)
    withdraw_suggestion(made["withdrawn"])
    base = current_revision(article)
    composed = compose(base, [Edit(cases["published"], story.published[1])])
    publish_cases([cases["published"]], by=by, base=base, composed=composed, kind=Kind.CLARIFICATION, note="As said.")
    fresh = make_suggestion(article, None, None, note="A ferry has another name.", email="bob@example.org")
    silent = make_suggestion(article, None, None, note="The headline is too long.")
    pages = {name: f"/suggestions/{status_token(suggestion.pk)}/" for name, suggestion in made.items()}
    return pages | {
        "silent": f"/suggestions/{status_token(silent.pk)}/",
        "received": f"/suggestions/{status_token(fresh.pk)}/",
        "confirm": confirmation_link(fresh),
        "confirmed": confirmation_link(made["asked"]),
        "stop": f"/mail/stop/{unsubscribe_token(contact_of(fresh).mailbox)}/",
    }


def refused_pages(page: Page, received: str) -> Iterator[str]:
    """What a reader meets who typed no address, and then one whose network asked for too much."""
    page.goto(received)
    page.locator("#mail > summary").click()
    page.locator("#suggestion-email").fill("nobody")
    page.locator("#mail button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "no address"
    # Twice as often as is allowed: where the broker answers late, some are counted by the process alone.
    for _each in range(2 * REFUSAL_LIMITS[0].most):
        if page.request.get("/suggestions/nowhere/").status == 429:
            break
    answer = page.goto("/suggestions/nowhere/")
    assert answer
    assert answer.status == 429
    yield "too many"


def public_pages(article: Article) -> dict[str, str]:
    own = article.get_absolute_url()
    return {
        "front": "/",
        "corrected article": own,
        "changes": f"{own}changes/",
        "diff": f"{own}changes/1...2/",
        "revision": f"{own}revisions/1/",
        "corrections": "/corrections/",
        "policy": "/policy/",
        "privacy": "/privacy/",
        "not found": "/articles/nowhere/",
    }
