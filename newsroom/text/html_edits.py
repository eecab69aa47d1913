"""Collect deletions and insertions in a body's HTML, then apply them all at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from html import escape

from newsroom.text.html_layout import BLOCKS, Element, Flow, Layout, TextRun, run_at

CELLS = frozenset({"td", "th"})
# "\n\n" in inserted text starts another of these; in other elements it becomes two line breaks.
REPEATED = frozenset({"p", "li"})


class HtmlEdits:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._cuts: list[tuple[int, int]] = []
        self._inserts: list[tuple[int, str]] = []
        self._affected: set[Element] = set()

    def cut_text(self, start: int, end: int) -> None:
        runs = self._layout.runs
        first = bisect_right(runs, start, key=lambda run: run.until)
        for run in runs[first : bisect_left(runs, end, key=lambda run: run.at)]:
            if run.text:
                low, high = max(start, run.at), min(end, run.until)
                self._cut_within(run, run.source(low), run.source(high))

    def cut_dropped_space(self, left: Flow, right: Flow, start: int, end: int) -> None:
        """Cut collapsed white space next to the change: it could become visible after the edit."""
        low = run_at(self._layout, start - 1).source(start) if start > left.at else left.start
        high = run_at(self._layout, end).source(end) if end < right.until else right.end
        runs = self._layout.runs
        first = bisect_left(runs, low, key=lambda run: run.start)
        for run in runs[first : bisect_left(runs, high, key=lambda run: run.start)]:
            if not run.text and run.flow in (left.number, right.number):
                self._cut_within(run, run.start, run.end)

    def insert(self, position: int, markup: str) -> None:
        self._inserts.append((position, markup))

    def markup(self, text: str, *, at: int, pre: bool, splitting: bool = False) -> str:
        """Plain text as HTML for the source position `at`."""
        if splitting and not pre:
            joint = self._paragraph_break(at)
            return joint.join(_escaped(part, pre=False) for part in text.split("\n\n"))
        return _escaped(text, pre=pre)

    def move_rest(self, flow: Flow, start: int, *, to: Flow) -> None:
        """Move the inline content of `flow` from offset `start` on to the end of the flow `to`."""
        html, held = self._layout.html, run_at(self._layout, start)
        position = held.source(start)
        rewritten = []
        for run in self._layout.runs:
            if position < run.end and run.start < flow.end:
                low = max(position, run.start)
                self._cut_within(run, low, run.end)
                if flow.pre != to.pre:
                    rewritten.append((low, run.end, _escaped(run.text[low - run.start :], pre=to.pre)))
        inline = _inline_chain(held.parent)
        elements = self._layout.elements
        inside = [element for element in elements if position <= element.start and element.inner <= flow.end]
        unclosed = [element for element in inline + inside if element.stop >= flow.end and not element.is_void]
        whole = [element for element in inside if element.end <= flow.end]
        rewritten += [(element.start, element.end, "") for element in whole if not self._shows(element)]
        markup = "".join(html[element.start : element.inner] for element in inline)
        markup += _rendered(html, rewritten, position, flow.end)
        self.insert(to.end, markup + "".join(f"</{element.name}>" for element in reversed(unclosed)))
        self._cuts += [(element.start, element.end) for element in whole]

    def prune(self, *, blocks: bool) -> None:
        """Cut elements left empty by the edits. Table cells stay, or their row would shift."""
        kept = sorted(self._kept_positions())
        emptied = []
        for element in self._affected:
            following = bisect_right(kept, element.start)
            stays = element.name in (CELLS if blocks else BLOCKS)
            if not stays and (following == len(kept) or kept[following] >= element.end):
                emptied.append((element.start, element.end))
        self._cuts += emptied

    def keep_first_line_feed(self, start: int, end: int) -> None:
        """Parsers drop one line feed after <pre>, so text that starts with one needs two."""
        html, shown = self._layout.html, [run for run in self._layout.runs if run.text]
        is_kept = self._kept_test()
        for element in self._layout.elements:
            if element.name == "pre" and html[element.inner : element.inner + 1] not in ("\n", "\r"):
                following = bisect_left(shown, element.inner, key=lambda run: run.start)
                first = shown[following] if following < len(shown) else None
                is_inside = first is not None and first.start < element.stop and start <= first.at <= end
                if is_inside and is_kept(element.start, element.end):
                    self._inserts.insert(0, (element.inner, "\n"))
                    return

    def render(self) -> str:
        changes = [(position, position, markup) for position, markup in self._inserts]
        changes += [(start, end, "") for start, end in self._cuts]
        return _rendered(self._layout.html, changes, 0, len(self._layout.html))

    def _cut_within(self, run: TextRun, start: int, end: int) -> None:
        self._cut(start, end)
        self._affected.update(run.parent.chain() if run.parent else ())

    def _cut(self, start: int, end: int) -> None:
        self._cuts.append((start, end))

    def _shows(self, element: Element) -> bool:
        """Whether the element contains text or a picture."""
        following = bisect_left(self._shown, element.start)
        return following < len(self._shown) and self._shown[following] < element.end

    @cached_property
    def _shown(self) -> list[int]:
        """Source positions of all text and pictures."""
        texts = [run.start for run in self._layout.runs if run.text]
        return sorted(texts + [element.start for element in self._layout.elements if element.is_void])

    def _kept_positions(self) -> list[int]:
        """Source positions of everything still displayed: text, pictures, rules, insertions."""
        is_kept = self._kept_test()
        runs = [run.start for run in self._layout.runs if run.text and is_kept(run.start, run.end)]
        void = [e.start for e in self._layout.elements if e.is_void and e.name != "br" and is_kept(e.start, e.end)]
        return runs + void + [position for position, _ in self._inserts]

    def _kept_test(self) -> Callable[[int, int], bool]:
        """Predicate: whether the cuts so far leave anything of html[start:end]."""
        merged = _merged(self._cuts)
        starts = [start for start, _ in merged]

        def is_kept(start: int, end: int) -> bool:
            index = bisect_right(starts, start) - 1
            return index < 0 or merged[index][1] < end

        return is_kept

    def _paragraph_break(self, position: int) -> str:
        around = [e for e in self._layout.elements if e.inner <= position <= e.stop and not e.is_void]
        inline = _inline_chain(around[-1] if around else None)
        block = next((e for e in reversed(around) if e.name in BLOCKS), None)
        if block is None or block.name not in REPEATED:
            return "<br><br>"
        html = self._layout.html
        opened = "".join(html[element.start : element.inner] for element in [block, *inline])
        closed = "".join(f"</{element.name}>" for element in [*reversed(inline), block])
        return closed + opened


def _inline_chain(element: Element | None) -> list[Element]:
    """Inline ancestors up to the block, outermost first."""
    chain: list[Element] = []
    while element is not None and element.name not in BLOCKS:
        chain.insert(0, element)
        element = element.parent
    return chain


def _escaped(text: str, *, pre: bool) -> str:
    markup = escape(text, quote=False).replace("\xa0", "&nbsp;")
    return markup if pre else markup.replace("\n", "<br>")


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _rendered(html: str, changes: list[tuple[int, int, str]], start: int, end: int) -> str:
    """html[start:end] with changes (start, end, text) applied; an insertion within a cut is kept."""
    parts, at = [], start
    for low, high, text in sorted(changes, key=lambda change: change[:2]):
        parts += [html[at:low], text]
        at = max(at, high)
    return "".join([*parts, html[at:end]])
