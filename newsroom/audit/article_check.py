"""Check an article: its state, revisions, texts and withholdings against the acts that made them."""

from collections.abc import Iterator
from typing import Protocol

from newsroom.audit.log import ASK_WITHHOLDING, PUBLISH, RETURN_WITHHOLDING, WITHHOLD, number_of, wording_digest
from newsroom.audit.past_acts import PastAct, acts_about, differing, is_named
from newsroom.models import Article, Kind, Revision, Withholding
from newsroom.text.canonical import canonical_text

CHUNK = 50  # revisions held in memory at a time, with their bodies
VERBS = (PUBLISH, ASK_WITHHOLDING, WITHHOLD, RETURN_WITHHOLDING)
ENDING = {Withholding.State.APPROVED: WITHHOLD, Withholding.State.RETURNED: RETURN_WITHHOLDING}


class RevisionCount(Protocol):
    """Counts the revisions that were read."""

    revisions: int


def article_breaks(article: Article, *, count: RevisionCount) -> Iterator[str]:
    published: dict[int, list[PastAct]] = {}
    orders: dict[int, dict[str, PastAct]] = {}  # acts by withholding and verb
    for act in acts_about(f"article:{article.slug}", VERBS):
        if act.verb == PUBLISH:
            published.setdefault(act.number("revision"), []).append(act)
        else:
            orders.setdefault(act.number("withholding"), {})[act.verb] = act
    withheld = {order[WITHHOLD].number("revision") for order in orders.values() if WITHHOLD in order}
    last: Revision | None = None
    for revision in _revisions(article):
        count.revisions += 1
        name, expected = f"revision {article.slug} {revision.number}", last.number + 1 if last else 1
        yield from (f"revision {article.slug} {gap}: is missing" for gap in range(expected, revision.number))
        yield from (f"{name}: {wrong}" for wrong in _act_breaks(revision, published.pop(revision.number, [])))
        if wrong := _text_break(revision, is_withheld=revision.number in withheld):
            yield f"{name}: {wrong}"
        last = revision
    for gone, acts in published.items():
        yield f"revision {article.slug} {gone}: is gone, and act {acts[0].sequence} published it"
    yield from _state_breaks(article, last)
    yield from _withholding_breaks(article, orders)


def _revisions(article: Article) -> Iterator[Revision]:
    revisions = article.revisions.select_related("stored_text", "based_on", "approved_by").order_by("number")
    return revisions.iterator(CHUNK)


def _state_breaks(article: Article, last: Revision | None) -> Iterator[str]:
    if (shown := number_of(article.current)) != number_of(last):
        yield f"article {article.slug}: shows revision {shown or 0}, and {number_of(last) or 0} is its last"
    state = Article.State.DRAFT
    if last:
        state = Article.State.RETRACTED if last.kind == Kind.RETRACTION else Article.State.PUBLISHED
    if article.state != state:
        yield f"article {article.slug}: is {article.state}, and its acts left it {state}"


def _act_breaks(revision: Revision, acts: list[PastAct]) -> Iterator[str]:
    if not acts:
        yield "no act published it"
        return
    if len(acts) > 1:
        yield f"acts {', '.join(str(act.sequence) for act in acts)} each published it"
    act = acts[0]
    facts: dict[str, object] = {
        "kind": revision.kind,
        "note": revision.note,
        "digest": revision.digest,
        "based_on": number_of(revision.based_on),
        "published_at": revision.published_at.isoformat(timespec="microseconds"),
        "approved_by_id": revision.approved_by_id,
    }
    changed = differing(act.payload, facts)
    # The account may have been renamed; its key stays.
    changed += ["editor"] if act.actor_id != revision.editor_id else []
    if "approved_by_id" not in act.payload and not is_named(revision.approved_by, act.payload.get("approved_by")):
        changed.append("approved_by")
    if changed:
        yield f"its {', '.join(changed)} differ from what act {act.sequence} published"
    if revision.approved_by_id == revision.editor_id:
        yield "its editor approved it"


def _text_break(revision: Revision, *, is_withheld: bool) -> str:
    content = revision.content
    if content is None:
        return "" if is_withheld else "its words are gone, and no act withheld them"
    if is_withheld:
        return "its words are back, and an act withheld them"
    if wording_digest(content.wording) != revision.digest:
        return "its words were changed, the digest is that of others"
    if canonical_text(content.body) != content.text:
        return "its canonical text was changed, the body has another"
    return ""


def _withholding_breaks(article: Article, orders: dict[int, dict[str, PastAct]]) -> Iterator[str]:
    rows = Withholding.objects.filter(revision__article=article).select_related("revision", "asked_by", "decided_by")
    for row in rows.order_by("pk"):
        name = f"withholding {row.pk} of revision {article.slug} {row.revision.number}"
        yield from (f"{name}: {wrong}" for wrong in _order_breaks(row, orders.pop(row.pk, {})))
    for pk, acts in orders.items():
        first = next(iter(acts.values()))
        yield f"withholding {pk} of article {article.slug}: is gone, and act {first.sequence} names it"


def _order_breaks(row: Withholding, acts: dict[str, PastAct]) -> Iterator[str]:
    """The row against the act that asked for it, and against the one that ended it."""
    asked, ending = acts.pop(ASK_WITHHOLDING, None), ENDING.get(Withholding.State(row.state), "")
    ended = acts.pop(ending, None)
    facts: dict[str, object] = {
        "revision": row.revision.number,
        "digest": row.revision.digest,
        "reason": row.reason,
        "asked_at": row.asked_at.isoformat(timespec="microseconds"),
    }
    if asked is None:
        yield "no act asked for it"
    else:
        changed = differing(asked.payload, facts) + ([] if asked.actor_id == row.asked_by_id else ["asked_by"])
        yield from _changed(changed, asked)
    if ended:
        decided_at = row.decided_at.isoformat(timespec="microseconds") if row.decided_at else None
        changed = differing(ended.payload, {**facts, "answer": row.answer, "decided_at": decided_at})
        yield from _changed(changed + ([] if ended.actor_id == row.decided_by_id else ["decided_by"]), ended)
    elif ending:
        yield f"is {row.state}, and no act says so"
    yield from (f"is {row.state}, and act {act.sequence} says otherwise" for act in acts.values())


def _changed(names: list[str], act: PastAct) -> Iterator[str]:
    if names:
        yield f"its {', '.join(names)} differ from what act {act.sequence} says"
