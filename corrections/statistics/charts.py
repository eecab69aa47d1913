"""Chart geometry for SVG: pure, in view-box units, y growing downwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

WIDTH, HEIGHT = 720, 280
LEFT, TOP, BOTTOM = 116, 12, 28  # margins for the axis labels
MAX_LABELS = 7  # on the time axis; more would overlap
TICKS = 4  # target number of grid lines
GROUP, GAP = 0.8, 0.5  # share of its slot that a group of bars fills; gap between rows, in bar heights

ROW_WIDTH, ROW_LABEL, ROW_BAR, ROW_NUMBER = 400, 20, 14, 64

# Round steps of a duration axis, in seconds. Month, quarter and year are rounded up, so that Django's timesince shows
# multiples of them as whole months.
MINUTE, HOUR, DAY = 60, 3600, 86400
TIME_STEPS = (
    *(step * MINUTE for step in (1, 5, 15, 30)),
    *(step * HOUR for step in (1, 3, 6, 12)),
    *(step * DAY for step in (1, 2, 7, 31, 92, 366)),
)


@dataclass(frozen=True, slots=True)
class Series:
    """A data series with one value per label; None is a gap."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]  # formatted values


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
    """An SVG polyline; `points` is its attribute."""

    points: str
    kind: int


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All elements of a chart; `rules` are the y coordinates of grid lines from `left` to `right`."""

    width: float
    height: float
    left: float = 0
    right: float = 0
    bars: Sequence[Bar] = ()
    dots: Sequence[Dot] = ()
    lines: Sequence[Line] = ()
    rules: Sequence[float] = ()
    scale: Sequence[Label] = ()  # y axis, right-aligned
    labels: Sequence[Label] = ()  # x axis, centred
    names: Sequence[Label] = ()  # left-aligned, above a group of horizontal bars
    numbers: Sequence[Label] = ()  # left-aligned, at the end of a bar


@dataclass(frozen=True, slots=True)
class _Plot:
    """Maps label indexes and values to coordinates."""

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
        every = -(-len(labels) // MAX_LABELS)
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
    """A grouped column chart. `words` formats the values of the axis."""
    plot = _Plot(len(labels), counting_scale(_maximum(series)))
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
    """A line chart of durations in seconds, with gaps at missing values."""
    plot = _Plot(len(labels), time_scale(_maximum(series)))
    dots, lines = list[Dot](), list[Line]()
    for kind, row in enumerate(series, start=1):
        stretch = list[str]()
        for place, value in enumerate(row.values):
            if value is None:
                lines += _polyline(stretch, kind)
                stretch = []
                continue
            dot = Dot(plot.middle(place), plot.y(value), kind, f"{labels[place]} · {row.name}: {row.texts[place]}")
            dots.append(dot)
            stretch.append(f"{dot.x},{dot.y}")
        lines += _polyline(stretch, kind)
    return replace(plot.drawing_around(labels, words), dots=dots, lines=lines)


def draw_horizontal_bars(labels: Sequence[str], series: Sequence[Series]) -> Drawing:
    """A grouped bar chart with horizontal bars, for labels too long for columns."""
    top = max(_maximum(series), 1)
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
    """Integers from 0 to at least `top`, in steps of 1, 2 or 5 times a power of ten."""
    return _scale(top, _counting_step(top))


def time_scale(top: float) -> list[float]:
    """Seconds from 0 to at least `top`, in steps of TIME_STEPS."""
    return _scale(top, next((step for step in TIME_STEPS if step * TICKS >= top), -(-top // TICKS)))


def _counting_step(top: float) -> int:
    rough = max(top / TICKS, 1)
    power = 10 ** floor(log10(rough))
    return int(next(power * leading for leading in (1, 2, 5, 10) if power * leading >= rough))


def _scale(top: float, step: float) -> list[float]:
    count = max(-(-top // step), 1)
    return [step * number for number in range(int(count) + 1)]


def _maximum(series: Sequence[Series]) -> float:
    return max((value for row in series for value in row.values if value is not None), default=0)


def _polyline(points: Sequence[str], kind: int) -> list[Line]:
    return [Line(" ".join(points), kind)] if len(points) > 1 else []


def _rounded(value: float) -> float:
    """Tenths of a unit are finer than any screen."""
    return round(value, 1)
