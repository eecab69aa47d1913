"""The same mistake in other articles, at a case: what is there, and deciding the ticked ones each by its own policy."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from corrections.anchoring.spans import Span
from corrections.decisions.compose import Edit, compose
from corrections.decisions.messages import REFUSALS
from corrections.decisions.payloads import NewRevision, revision_payload
from corrections.decisions.pending import check_decision, decide
from corrections.decisions.variants import DIFF_CONTEXT, WordingVariant
from corrections.desk.forms.notes import fitting_kind
from corrections.desk.forms.revision import edit_warnings
from corrections.echoes.lookup import Echo, find_echoes, mistakes_between
from corrections.echoes.matching import Mistake
from corrections.echoes.own_cases import cases_of, new_own_case, open_own_case
from corrections.models import Case
from newsroom.diffs.excerpts import DiffRun, around, changed_runs, excerpt
from newsroom.diffs.significance import significant_changes
from newsroom.models import Editor, Kind, Revision
from newsroom.notes.writing import Sentence
from newsroom.publishing.notes import house_patterns, written_note
from newsroom.publishing.policy import POLICY

MOST = 30  # shown, and decided at once


@dataclass(frozen=True, slots=True)
class EchoPlan:
    """What would be made of an echo; `verb` is empty where the change has warnings, which an editor has to look at."""

    verb: str
    new: NewRevision
    edit: Edit


@dataclass(frozen=True, slots=True)
class EchoRow:
    """One place where the same mistake stands; `case` is the open one about it, of readers or of the desk."""

    echo: Echo
    runs: list[DiffRun]
    case: Case | None
    plan: EchoPlan | None

    @property
    def can_be_ticked(self) -> bool:
        """What readers reported, or the desk would word otherwise, is decided on its own page."""
        if self.case is None:
            return True
        is_same = (self.case.exact, self.case.replacement) == (self.echo.wrong, self.echo.fitted.replacement)
        return is_same and self.case.echo_of_id is not None and self.case.state == Case.State.OPEN

    @property
    def ticket(self) -> str:
        """Names the row as it is shown: with another wording, note or decision it is another."""
        plan = [self.plan.verb, self.plan.new.kind.value, self.plan.new.note] if self.plan else []
        shown = json.dumps([self.echo.fitted.replacement, *plan])
        return f"{self.echo.key}-{sha256(shown.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the ticked ones: to be published, laid before a second editor, or left open for a look."""

    published: int
    proposed: int
    left: int


def echoes_of(case: Case, variants: Sequence[WordingVariant]) -> list[Echo]:
    """For the wording that most readers propose, or for what the case's revision put right."""
    found = [echo for mistake in _mistakes(case, variants) for echo in find_echoes(mistake, but=case.article_id)]
    return list({echo.key: echo for echo in found}.values())[:MOST]


def echo_rows(case: Case, echoes: Sequence[Echo]) -> list[EchoRow]:
    """With the note that each would get. The number of queries does not grow with that of the echoes."""
    cases, patterns = cases_of(echoes), dict[str, Mapping[Sentence, str]]()
    revisions = Revision.objects.select_related("article", "stored_text").in_bulk([e.revision.pk for e in echoes])
    rows = list[EchoRow]()
    for found in echoes:
        echo = replace(found, revision=revisions[found.revision.pk])
        language = echo.revision.article.language
        if language not in patterns:
            patterns[language] = house_patterns(language)
        own = new_own_case(echo, case.anchored_in, case.category)
        rows.append(EchoRow(echo, _runs(echo), cases.get(echo.key), _planned(own, _kind(case), patterns[language])))
    return rows


def open_ticked(case: Case, rows: Sequence[EchoRow]) -> list[Case]:
    """A case of the desk's own for each that has none."""
    opened = [
        row.case or open_own_case(row.echo, origin=case.anchored_in, category=case.category)
        for row in rows
        if row.can_be_ticked
    ]
    return [each for each in opened if each]


def settle_ticked(case: Case, rows: Sequence[EchoRow], *, by: Editor) -> Settled:
    """Publish each, or lay it before a second editor, as its policy says; undone together."""
    batch, verbs = uuid.uuid4(), list[str]()
    kind = _kind(case)
    opened = open_ticked(case, rows)
    for own in opened:
        try:
            verbs.append(_settle(own, kind, by=by, batch=batch))
        except REFUSALS:
            continue
    return Settled(verbs.count("publish"), verbs.count("propose"), len(rows) - len([verb for verb in verbs if verb]))


def _settle(own: Case, kind: str, *, by: Editor, batch: uuid.UUID) -> str:
    """The plan's verb, done."""
    own = Case.objects.select_related("article", "anchored_in__stored_text", "anchored_in__article").get(pk=own.pk)
    plan = _plan(own, kind, house_patterns(own.article.language))
    if plan.verb:
        payload = revision_payload(plan.new, [plan.edit])
        check_decision(plan.verb, [own], by=by, payload=payload)
        decide(plan.verb, [own], by=by, payload=payload, typed={}, batch=batch)
    return plan.verb


def _planned(own: Case, kind: str, patterns: Mapping[Sentence, str]) -> EchoPlan | None:
    try:
        return _plan(own, kind, patterns)
    except REFUSALS:
        return None


def _plan(own: Case, kind: str, patterns: Mapping[Sentence, str]) -> EchoPlan:
    """Raises as compose does."""
    base, edit = own.anchored_in, Edit(own, own.replacement or "", Span(own.start or 0, own.end or 0))
    composed = compose(base, [edit])
    changes = significant_changes(base.require_content().wording, composed.wording, language=own.article.language)
    chosen = Kind(kind or fitting_kind(own, changes) or Kind.CORRECTION)
    note = written_note(own.article, base=base, kind=chosen, wording=composed.wording, patterns=patterns)
    verb = "propose" if changes or POLICY[chosen].second_editor else "publish"
    if verb == "publish" and edit_warnings(edit, base):
        verb = ""
    return EchoPlan(verb, NewRevision(base, composed, chosen, note), edit)


def _kind(case: Case) -> str:
    """Of the revision that put the mistake right; empty while it stands."""
    return case.published_in.kind if case.published_in else ""


def _mistakes(case: Case, variants: Sequence[WordingVariant]) -> list[Mistake]:
    published: Revision | None = case.published_in
    if published:
        old, new = published.based_on.content if published.based_on else None, published.content
        return mistakes_between(old, new) if old and new else []
    content = case.anchored_in.content
    first = next((variant for variant in variants if variant.start is not None and variant.end is not None), None)
    if not case.is_open or content is None or first is None:
        return []
    return [Mistake(content.canonical(case.field), Span(first.start or 0, first.end or 0), first.wording)]


def _runs(echo: Echo) -> list[DiffRun]:
    text, span = echo.text, echo.fitted.span
    before, after = around(text, span.start, span.end)
    return excerpt(changed_runs(echo.wrong, echo.fitted.replacement, before=before, after=after), context=DIFF_CONTEXT)
