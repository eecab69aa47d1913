"""Where the parts of a chart stand: pure geometry, in units of the drawing's own view box, y growing downwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

WIDTH, HEIGHT = 720, 280
LEFT, TOP, BOTTOM = 116, 12, 28  # room for the words of the axes
MOST_LABELS = 7  # below the time axis; more would run into each other
TICKS = 4  # lines across the drawing, about
GROUP, GAP = 0.8, 0.5  # share of its place that a group of bars fills; height of the gap between rows, in bars

ROW_WIDTH, ROW_LABEL, ROW_BAR, ROW_NUMBER = 400, 20, 14, 64

# Steps of an axis of time, in seconds: those that people count in. The longest are a month, a quarter and a year, of so
# many days that a few of them in a row are whole months too.
MINUTE, HOUR, DAY = 60, 3600, 86400
TIME_STEPS = (
    *(step * MINUTE for step in (1, 5, 15, 30)),
    *(step * HOUR for step in (1, 3, 6, 12)),
    *(step * DAY for step in (1, 2, 7, 31, 92, 366)),
)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures, a value for each label of the chart; None where there is nothing to draw."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]  # the values as people read them


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    kind: int  # which series, from 1
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    kind: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """An unbroken stretch: `points` as the attribute of an SVG polyline."""

    points: str
    kind: int


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn; `rules` are the heights of the lines across it, from `left` to `right`."""

    width: float
    height: float
    left: float = 0
    right: float = 0
    bars: Sequence[Bar] = ()
    dots: Sequence[Dot] = ()
    lines: Sequence[Line] = ()
    rules: Sequence[float] = ()
    scale: Sequence[Label] = ()  # right-aligned, beside the rules
    labels: Sequence[Label] = ()  # centred, below
    names: Sequence[Label] = ()  # left-aligned, over a row of bars
    numbers: Sequence[Label] = ()  # left-aligned, behind a bar


@dataclass(frozen=True, slots=True)
class _Plot:
    """Turns places and values into coordinates."""

    count: int
    scale: Sequence[float]

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT) / self.count

    def middle(self, place: int) -> float:
        return _rounded(LEFT + (place + 0.5) * self.slot)

    def height(self, value: float) -> float:
        return _rounded(value / self.scale[-1] * (HEIGHT - TOP - BOTTOM))

    def y(self, value: float) -> float:
        return _rounded(HEIGHT - BOTTOM - self.height(value))

    def drawing_around(self, labels: Sequence[str], words: Callable[[float], str]) -> Drawing:
        every = -(-len(labels) // MOST_LABELS)
        return Drawing(
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=WIDTH,
            rules=[self.y(value) for value in self.scale],
            scale=[Label(LEFT - 8, self.y(value), words(value)) for value in self.scale],
            labels=[Label(self.middle(n), HEIGHT - 8, text) for n, text in enumerate(labels) if n % every == 0],
        )


def draw_columns(labels: Sequence[str], series: Sequence[Series], *, words: Callable[[float], str]) -> Drawing:
    """A group of upright bars for each label. `words` says a value of the axis."""
    plot = _Plot(len(labels), counting_scale(_top(series)))
    width = plot.slot * GROUP / len(series)
    bars = [
        Bar(
            x=_rounded(LEFT + place * plot.slot + plot.slot * (1 - GROUP) / 2 + width * (kind - 1)),
            y=plot.y(value),
            width=_rounded(width),
            height=plot.height(value),
            kind=kind,
            text=f"{labels[place]} · {row.name}: {row.texts[place]}",
        )
        for kind, row in enumerate(series, start=1)
        for place, value in enumerate(row.values)
        if value
    ]
    return replace(plot.drawing_around(labels, words), bars=bars)


def draw_lines(labels: Sequence[str], series: Sequence[Series], *, words: Callable[[float], str]) -> Drawing:
    """A line of times in seconds for each series, broken where a value is missing."""
    plot = _Plot(len(labels), time_scale(_top(series)))
    dots, lines = list[Dot](), list[Line]()
    for kind, row in enumerate(series, start=1):
        stretch = list[str]()
        for place, value in enumerate(row.values):
            if value is None:
                lines += _line(stretch, kind)
                stretch = []
                continue
            dot = Dot(plot.middle(place), plot.y(value), kind, f"{labels[place]} · {row.name}: {row.texts[place]}")
            dots.append(dot)
            stretch.append(f"{dot.x},{dot.y}")
        lines += _line(stretch, kind)
    return replace(plot.drawing_around(labels, words), dots=dots, lines=lines)


def draw_rows(labels: Sequence[str], series: Sequence[Series]) -> Drawing:
    """Lying bars under the name of what they count, for names too long to stand under a column."""
    top = max(_top(series), 1)
    step = ROW_LABEL + ROW_BAR * (len(series) + GAP)
    bars, numbers = list[Bar](), list[Label]()
    for place, label in enumerate(labels):
        for kind, row in enumerate(series, start=1):
            value, y = row.values[place] or 0, _rounded(place * step + ROW_LABEL + ROW_BAR * (kind - 1))
            width = _rounded(value / top * (ROW_WIDTH - ROW_NUMBER))
            bars.append(Bar(0, y, width, ROW_BAR - 2, kind, f"{label} · {row.name}: {row.texts[place]}"))
            numbers.append(Label(width + 6, y + ROW_BAR - 3, row.texts[place]))
    names = [Label(0, _rounded(place * step + ROW_LABEL - 6), label) for place, label in enumerate(labels)]
    return Drawing(ROW_WIDTH, _rounded(step * len(labels)), bars=bars, numbers=numbers, names=names)


def counting_scale(top: float) -> list[float]:
    """Whole numbers from 0 to at least `top`, apart by 1, 2 or 5 of some power of ten."""
    return _up_to(top, _counting_step(top))


def time_scale(top: float) -> list[float]:
    """Seconds from 0 to at least `top`, apart by what people count in."""
    return _up_to(top, next((step for step in TIME_STEPS if step * TICKS >= top), -(-top // TICKS)))


def _counting_step(top: float) -> int:
    rough = max(top / TICKS, 1)
    power = 10 ** floor(log10(rough))
    return int(next(power * leading for leading in (1, 2, 5, 10) if power * leading >= rough))


def _up_to(top: float, step: float) -> list[float]:
    count = max(-(-top // step), 1)
    return [step * number for number in range(int(count) + 1)]


def _top(series: Sequence[Series]) -> float:
    return max((value for row in series for value in row.values if value is not None), default=0)


def _line(points: Sequence[str], kind: int) -> list[Line]:
    return [Line(" ".join(points), kind)] if len(points) > 1 else []


def _rounded(value: float) -> float:
    """Tenths of a unit are finer than any screen."""
    return round(value, 1)
