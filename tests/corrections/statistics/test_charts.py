"""Where the parts of a chart stand."""

import pytest

from corrections.statistics.charts import (
    Series,
    counting_scale,
    draw_columns,
    draw_horizontal_bars,
    draw_lines,
    time_scale,
)


@pytest.mark.parametrize(
    ("top", "scale"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (37, [0, 10, 20, 30, 40]),
        (1000, [0, 500, 1000]),
    ],
)
def test_a_scale_of_counts_is_of_round_whole_numbers(top: float, scale: list[float]) -> None:
    assert counting_scale(top) == scale


@pytest.mark.parametrize(
    ("top", "scale"),
    [
        (0, [0, 60]),
        (100, [0, 60, 120]),
        (5000, [0, 1800, 3600, 5400]),
        (86400 * 3, [0, 86400, 86400 * 2, 86400 * 3]),
    ],
)
def test_a_scale_of_times_is_of_what_people_count_in(top: float, scale: list[float]) -> None:
    assert time_scale(top) == scale


def test_columns_stand_on_the_axis_within_the_drawing_and_beside_each_other() -> None:
    series = [Series("a", [4, 0], ["4", "0"]), Series("b", [2, 1], ["2", "1"])]
    drawing = draw_columns(["one", "two"], series, words=str)
    assert [bar.text for bar in drawing.bars] == ["one · a: 4", "one · b: 2", "two · b: 1"]
    assert {round(bar.y + bar.height, 1) for bar in drawing.bars} == {252}
    first, second, third = drawing.bars
    assert first.height == 2 * second.height == 4 * third.height
    assert first.x + first.width <= second.x < second.x + second.width <= third.x
    assert third.x + third.width <= drawing.width


def test_a_line_is_broken_where_nothing_is_known() -> None:
    drawing = draw_lines(list("abcd"), [Series("s", [60, 120, None, 60], list("1231"))], words=str)
    assert [len(line.points.split()) for line in drawing.lines] == [2]
    assert [dot.text for dot in drawing.dots] == ["a · s: 1", "b · s: 2", "d · s: 1"]


def test_a_year_of_weeks_has_no_more_labels_than_fit() -> None:
    labels = [str(week) for week in range(53)]
    drawing = draw_columns(labels, [Series("s", [1] * 53, ["1"] * 53)], words=str)
    assert [label.text for label in drawing.labels] == ["0", "8", "16", "24", "32", "40", "48"]


def test_the_longest_lying_bar_leaves_room_for_its_number() -> None:
    drawing = draw_horizontal_bars(["one", "two"], [Series("s", [5, 10], ["5", "10"])])
    assert [bar.width for bar in drawing.bars] == [168, 336]
    assert all(number.x < drawing.width for number in drawing.numbers)
    assert max(bar.y + bar.height for bar in drawing.bars) <= drawing.height
