"""Units laid out in order, up to a limit each: a row per rule, in bare integers."""

from collections.abc import Iterator

import pytest

from milestone_invoicing.money.waterfall import matched, waterfall


@pytest.mark.parametrize(
    ("units", "limits", "parts"),
    [
        pytest.param(*row, id=f"{row[0]} over {row[1]} = {row[2]}")
        for row in [
            (100, {"a": 60, "b": 30, "c": 50}, {"a": 60, "b": 30, "c": 10}),
            (60, {"a": 60, "b": 30}, {"a": 60}),
            (59, {"a": 60, "b": 30}, {"a": 59}),
            (61, {"a": 60, "b": 30}, {"a": 60, "b": 1}),
            (1, {"a": 0, "b": 1, "c": 1}, {"b": 1}),
            (5, {"a": -3, "b": 9}, {"b": 5}),
            (100, {"a": 60, "b": 30}, {"a": 60, "b": 30}),
            (0, {"a": 60}, {}),
            (-1, {"a": 60}, {}),
            (7, {}, {}),
        ]
    ],
)
def test_each_place_is_filled_before_the_next(
    units: int, limits: dict[str, int], parts: dict[str, int]
):
    assert dict(waterfall(units, limits.items())) == parts


def test_a_limit_is_read_after_the_part_before_it_was_handed_out():
    room = {"a": 5, "b": 5}
    for place, part in waterfall(8, ((place, room[place]) for place in "aba")):
        room[place] -= part
    assert room == {"a": 0, "b": 2}


@pytest.mark.parametrize(("units", "read"), [(0, 0), (4, 1), (5, 1), (6, 2)])
def test_no_limit_is_read_once_all_is_laid_out(units: int, read: int):
    seen: list[int] = []

    def limits() -> Iterator[tuple[int, int]]:
        for place in range(3):
            seen.append(place)
            yield place, 5

    assert sum(part for _, part in waterfall(units, limits())) == units
    assert len(seen) == read


@pytest.mark.parametrize(
    ("sources", "targets", "moves"),
    [
        pytest.param(*row, id=f"{row[0]} to {row[1]} = {row[2]}")
        for row in [
            ({"a": 9}, {"x": 9}, [("a", "x", 9)]),
            ({"a": 9}, {"x": 4, "y": 5}, [("a", "x", 4), ("a", "y", 5)]),
            ({"a": 4, "b": 5}, {"x": 9}, [("a", "x", 4), ("b", "x", 5)]),
            ({"a": 6, "b": 3}, {"x": 4, "y": 5}, [("a", "x", 4), ("a", "y", 2), ("b", "y", 3)]),
            ({"a": 0, "b": 3}, {"x": 0, "y": 3, "z": 0}, [("b", "y", 3)]),
            ({"a": 9, "b": 1}, {"x": 4}, [("a", "x", 4)]),
            ({"a": 4}, {"x": 3, "y": 9}, [("a", "x", 3), ("a", "y", 1)]),
            ({"a": 4}, {}, []),
            ({}, {"x": 4}, []),
        ]
    ],
)
def test_the_first_that_comes_goes_to_the_first_that_has_room(
    sources: dict[str, int], targets: dict[str, int], moves: list[tuple[str, str, int]]
):
    assert [*matched(sources.items(), targets.items())] == moves
