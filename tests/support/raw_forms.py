"""Forms of the desk as somebody sends them who never opened their page: the address, and what is in them."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from corrections.abuse.quarantine import held_suggestions
from corrections.contacts.outbox import queue_mail
from corrections.decisions.approvals import propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.models import Case, Mail, Reason, Suggestion
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Kind, Proposal, Revision, Withholding
from newsroom.publishing.amendments import amend_proposal
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.moves import Seen
from newsroom.publishing.proposals import propose_revision, return_proposal
from newsroom.publishing.withholding import ask_withholding
from tests.support.desk_page import address_of, make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

Form = tuple[str, dict[str, Any]]
ADMIN = "/admin"
NOTE = "Other words instead."


def of_case(decision: str, **typed: Any) -> Callable[[], Form]:
    """A decision about a case that nobody has decided yet."""

    def make() -> Form:
        article = make_article()
        case, other = make_case(article), make_case(article, "closed", "shut")
        make_case(article)
        named = {"others": [other.pk], "suggestions": [str(case.suggestions.latest("pk").pk)]}
        return address_of(case), {
            **revision_of(case),
            **{k: named.get(k, v) for k, v in typed.items()},
            "decision": decision,
        }

    return make


def revision_of(case: Case) -> dict[str, Any]:
    return {
        "state": case.state,
        "base": case.anchored_in.number,
        "kind": "clarification",
        "note": NOTE,
        "confirmed": "on",
    }


def proposed_case() -> Case:
    case = make_case(make_article())
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, "receive")])
    propose_cases(
        [case], by=make_editor(), base=base, composed=composed, kind=Kind.CORRECTION, note="Receive is right."
    )
    return Case.objects.select_related("article", "proposal").get(pk=case.pk)


def of_proposed_case(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        case = proposed_case()
        assert case.proposal
        return address_of(case), {**seen_of(case.proposal), "state": case.state, "decision": decision}

    return make


def of_amended_case(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        case = proposed_case()
        assert case.proposal
        wanted = {"kind": Kind.CORRECTION, "wording": case.proposal.wording, "note": f"{NOTE} Receive, not recieve."}
        by, seen = make_editor(group=STANDARDS_EDITOR), Seen(case.proposal.digest, 1)
        amended = amend_proposal(case.proposal, by=by, seen=seen, asks_consent=True, **wanted)  # type: ignore[arg-type]  # as above
        return address_of(case), {**seen_of(amended), "state": case.state, "decision": decision}

    return make


def seen_of(proposal: Proposal) -> dict[str, Any]:
    amended = {"kind": "correction", "note": "It is receive, not recieve.", "wording": "get", "reason": "Not so."}
    return {**amended, "digest": proposal.digest, "base": 1}


def of_article(decision: str, *, kind: str = "update", replaced: bool = False) -> Callable[[], Form]:
    def make() -> Form:
        article, editor = make_article(), make_editor()
        typed = make_wording(body="<p>Another text.</p>").as_dict()
        base = current_revision(article)
        seen: dict[str, str] = {}
        if replaced:
            draft = save_draft(article, base=base, by=editor, typed=make_wording(), seen=None)
            seen = {"seen": draft.edited_at.isoformat(), "replaced": draft.edited_at.isoformat()}
        described = {"slug": article.slug, "language": "en", "section": "Local", "kind": kind, "note": NOTE, "base": 1}
        if kind == "retraction":
            typed = base.require_content().wording.as_dict()
        return f"{ADMIN}/newsroom/article/{article.pk}/change/", {
            **typed,
            **described,
            **seen,
            "onto": 1,
            "decision": decision,
        }

    return make


def new_article() -> Form:
    typed = make_wording(body="<p>A new text.</p>").as_dict()
    described = {
        "slug": f"new-{Article.objects.count()}",
        "language": "en",
        "section": "",
        "note": "",
        "decision": "publish",
    }
    return f"{ADMIN}/newsroom/article/add/", {**typed, **described}


def discarded_draft() -> Form:
    article = make_article()
    draft = save_draft(article, base=current_revision(article), by=make_editor(), typed=make_wording(), seen=None)
    return f"{ADMIN}/newsroom/article/{article.pk}/discard/", {"seen": draft.edited_at.isoformat()}


def proposal() -> Proposal:
    article = make_article()
    wording = make_wording(body="<p>Another text.</p>")
    asked = {"base": current_revision(article), "by": make_editor(), "kind": Kind.CORRECTION, "wording": wording}
    return propose_revision(article, **asked, note="Another text.")  # type: ignore[arg-type]  # one dict for many types


def of_proposal(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        made = proposal()
        if decision == "take-up":
            made = return_proposal(made, by=make_editor(), reason="Not so.")
        typed = {**made.wording.as_dict(), **seen_of(made), "decision": decision}
        return f"{ADMIN}/newsroom/proposal/{made.pk}/change/", typed

    return make


def earlier_revision() -> Revision:
    article: Article = make_article()
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note="Four instead of three.")
    return article.revisions.get(number=1)


def asked_withholding() -> Withholding:
    return ask_withholding(earlier_revision(), by=make_editor(group=STANDARDS_EDITOR), reason="A court asks for it.")


def of_withholding(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        address = f"{ADMIN}/newsroom/withholding/{asked_withholding().pk}/change/"
        return address, {"decision": decision, "answer": "Another article is meant."}

    return make


def asking_for_withholding() -> Form:
    return f"{ADMIN}/newsroom/withholding/ask/{earlier_revision().pk}/", {"reason": "A court asks for it."}


def reverted(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        typed = {"base": 2, "kind": "update", "note": "Three instead of four.", "decision": decision}
        return f"{ADMIN}/newsroom/revision/{earlier_revision().pk}/revert/", typed

    return make


def of_flood(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        make_suggestion(make_article())
        Suggestion.objects.update(status=Suggestion.Status.HELD)
        named = [str(suggestion.pk) for suggestion in held_suggestions(9)]
        return f"{ADMIN}/corrections/case/held-back/", {"decision": decision, "suggestions": named}

    return make


def of_sender(decision: str) -> Callable[[], Form]:
    def make() -> Form:
        article = make_article()
        cases = make_case(article), make_case(article, "closed", "shut")
        Suggestion.objects.update(address_hash="a" * 64)
        typed = {"decision": decision, "reason": "It is right.", "others": [case.pk for case in cases]}
        return f"{ADMIN}/corrections/case/{cases[0].pk}/sender/", typed

    return make


def failed_again() -> Form:
    make_suggestion(make_article())
    Suggestion.objects.update(status=Suggestion.Status.FAILED)
    return f"{ADMIN}/corrections/case/try-again/", {}


def of_mails(action: str) -> Callable[[], Form]:
    def make() -> Form:
        queue_mail(Mail.Kind.DIGEST, editor=make_editor().pk)
        Mail.objects.update(state=Mail.State.DOUBTFUL, tried_at=timezone.now())
        chosen = [str(pk) for pk in Mail.objects.values_list("pk", flat=True)]
        return f"{ADMIN}/corrections/mail/", {"action": action, "_selected_action": chosen}

    return make


def of_reasons(**typed: Any) -> Callable[[], Form]:
    """The list of usual reasons, ticked or with other places in it."""

    def make() -> Form:
        first = Reason.objects.order_by("pk")[0]
        rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": first.pk, "form-0-position": 977}
        return f"{ADMIN}/corrections/reason/", {"_selected_action": [first.pk], **rows, **typed}

    return make


def deleted(model: str) -> Callable[[], Form]:
    """Ticked in a list, to be deleted."""

    def make() -> Form:
        made: dict[str, Callable[[], int | None]] = {
            "newsroom/article": lambda: make_article().pk,
            "newsroom/revision": lambda: make_article().current_id,
            "newsroom/editor": lambda: make_editor().pk,
            "newsroom/act": lambda: make_article().current_id and 1,
            "corrections/case": lambda: make_case(make_article()).pk,
            "corrections/hook": lambda: make_hook("https://receiver.example/").pk,
            "auth/group": lambda: make_editor().groups.get().pk,
        }
        chosen = {"action": "delete_selected", "_selected_action": [made[model]()], "post": "yes"}
        return f"{ADMIN}/{model}/", chosen

    return make


def of_hook(what: str) -> Callable[[], Form]:
    def make() -> Form:
        hook = make_hook("https://receiver.example/")
        if what == "replay":
            delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
            return f"{ADMIN}/corrections/delivery/{delivery.pk}/replay/", {}
        if what == "change":
            typed = {"name": "Mine", "url": hook.url, "events": ["case.created"], "form": hook.form, "enabled": "on"}
            return f"{ADMIN}/corrections/hook/{hook.pk}/change/", typed
        return f"{ADMIN}/corrections/hook/{hook.pk}/{what}/", {}

    return make
