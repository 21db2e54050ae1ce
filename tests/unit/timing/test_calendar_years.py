"""Calendars that know the holidays of some years only, read from whatever contains them."""

import re
from collections.abc import Callable
from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    BusinessCalendar,
    DueRule,
    RollConvention,
    RollToBusinessDay,
)
from milestone_invoicing.errors import CalendarRangeError

FOLLOWING = RollConvention.FOLLOWING
PRECEDING = RollConvention.PRECEDING
MODIFIED_FOLLOWING = RollConvention.MODIFIED_FOLLOWING
MODIFIED_PRECEDING = RollConvention.MODIFIED_PRECEDING
UNADJUSTED = RollConvention.UNADJUSTED


@attrs.define
class Asked:
    """A container that works its days out when asked, and counts how often it was."""

    days: list[date] = attrs.field(factory=list)

    def __contains__(self, day: object) -> bool:
        assert type(day) is date
        self.days.append(day)
        return (day.month, day.day) in {(1, 1), (12, 31)}


# 2026-12-31 is a Thursday, 2027-12-31 a Friday, 2028-01-01 a Saturday.
HOLIDAYS = [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31)]
KNOWN = BusinessCalendar.from_container(Asked(), 2026, 2027)
OTHER_YEARS = [date(2025, 12, 31), date(2028, 1, 1)]


@pytest.mark.parametrize(
    "container",
    [
        {*HOLIDAYS, *OTHER_YEARS},
        frozenset(HOLIDAYS),
        [*HOLIDAYS, *HOLIDAYS],
        dict.fromkeys(HOLIDAYS, "a name"),
        Asked(),
    ],
    ids=["a set", "a frozenset", "a list", "keys of a dict", "days worked out when asked"],
)
def test_a_container_gives_its_days_of_the_years(container):
    calendar = BusinessCalendar.from_container(container, 2026, 2027)
    assert calendar == BusinessCalendar(holidays=HOLIDAYS, first_year=2026, last_year=2027)


def test_a_container_is_asked_for_each_day_once_and_not_kept():
    asked = Asked()
    calendar = BusinessCalendar.from_container(asked, 2027, 2028)
    every_day = range(date(2027, 1, 1).toordinal(), date(2028, 12, 31).toordinal() + 1)
    assert asked.days == [date.fromordinal(day) for day in every_day]
    calendar.is_business_day(date(2028, 3, 1))
    assert len(asked.days) == 365 + 366


def test_one_year_is_enough():
    calendar = BusinessCalendar.from_container(Asked(), 2026, 2026)
    assert calendar.holidays == frozenset(HOLIDAYS[:2])
    assert (calendar.first_year, calendar.last_year) == (2026, 2026)


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year_of_all_can_be_read(year: int):
    calendar = BusinessCalendar.from_container(Asked(), year, year)
    assert calendar.holidays == {date(year, 1, 1), date(year, 12, 31)}


def test_a_container_comes_with_any_weekend():
    calendar = BusinessCalendar.from_container(set(), 2026, 2026, weekend=[4])
    assert calendar == BusinessCalendar([4], first_year=2026, last_year=2026)
    assert BusinessCalendar.from_container(set(), 2026, 2026).weekend == {5, 6}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", False),
        ("2026-01-02", True),
        ("2026-12-30", True),
        ("2027-01-02", False),
        ("2027-12-30", True),
        ("2027-12-31", False),
    ],
)
def test_a_day_of_the_years_is_known(day: str, expected: bool):
    assert KNOWN.is_business_day(date.fromisoformat(day)) is expected


def test_no_first_or_no_last_year_sets_no_limit():
    until = BusinessCalendar(last_year=2027)
    assert until.is_business_day(date.min)
    assert until.is_business_day(date(2027, 12, 31))
    since = BusinessCalendar(first_year=2026)
    assert since.is_business_day(date.max)
    assert since.is_business_day(date(2026, 1, 1))


@pytest.mark.parametrize("convention", RollConvention)
@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2027, 12, 30)], ids=str)
def test_a_business_day_at_the_edge_of_the_years_stays(day: date, convention: RollConvention):
    assert KNOWN.roll(day, convention) == day


def test_a_roll_that_turns_round_stays_within_the_years():
    assert KNOWN.roll(date(2026, 1, 1), FOLLOWING) == date(2026, 1, 2)
    assert KNOWN.roll(date(2027, 12, 31), PRECEDING) == date(2027, 12, 30)


TURNS = {
    "the last day of the last year": (
        BusinessCalendar(holidays=[date(2027, 12, 31)], last_year=2027),
        date(2027, 12, 31), MODIFIED_FOLLOWING, date(2027, 12, 30)),
    "the last date of all": (
        BusinessCalendar(holidays=[date.max]),
        date.max, MODIFIED_FOLLOWING, date(9999, 12, 30)),
    "the first day of the first year": (
        BusinessCalendar(holidays=[date(2026, 1, 1)], first_year=2026),
        date(2026, 1, 1), MODIFIED_PRECEDING, date(2026, 1, 2)),
    "the first date of all": (
        BusinessCalendar(holidays=[date.min]),
        date.min, MODIFIED_PRECEDING, date(1, 1, 2)),
}  # fmt: skip


@pytest.mark.parametrize(("calendar", "day", "convention", "expected"), TURNS.values(), ids=TURNS)
def test_a_modified_convention_turns_round_without_a_look_at_the_next_month(
    calendar: BusinessCalendar, day: date, convention: RollConvention, expected: date
):
    assert calendar.roll(day, convention) == expected


def test_an_unadjusted_day_is_not_looked_up():
    assert KNOWN.roll(date(2028, 1, 1), UNADJUSTED) == date(2028, 1, 1)


def test_calendars_of_other_years_are_other_calendars():
    assert BusinessCalendar(holidays=HOLIDAYS) != KNOWN
    assert repr(KNOWN).endswith("first_year=2026, last_year=2027)")


def outside(day: str, first: int, last: int) -> str:
    return (
        f"{day} lies outside the years of the calendar: "
        f"expected a day from {first} to {last}, got {day}"
    )


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: KNOWN.is_business_day(date(2025, 12, 31)),
            outside("2025-12-31", 2026, 2027),
        ),
        (lambda: KNOWN.is_business_day(date(2028, 1, 1)), outside("2028-01-01", 2026, 2027)),
        (
            lambda: BusinessCalendar(first_year=2026).is_business_day(date(2025, 12, 31)),
            outside("2025-12-31", 2026, 9999),
        ),
        (
            lambda: BusinessCalendar(last_year=2027).is_business_day(date(2028, 1, 1)),
            outside("2028-01-01", 1, 2027),
        ),
        (lambda: KNOWN.roll(date(2027, 12, 31), FOLLOWING), outside("2028-01-01", 2026, 2027)),
        (lambda: KNOWN.roll(date(2026, 1, 1), PRECEDING), outside("2025-12-31", 2026, 2027)),
        (lambda: KNOWN.roll(date(2028, 1, 3), PRECEDING), outside("2028-01-03", 2026, 2027)),
        (
            lambda: DueRule((RollToBusinessDay(KNOWN),)).due_on(date(2027, 12, 31)),
            outside("2028-01-01", 2026, 2027),
        ),
        (
            lambda: DueRule((RollToBusinessDay(KNOWN),)).explain(date(2025, 12, 31)),
            outside("2025-12-31", 2026, 2027),
        ),
    ],
    ids=[
        "the day before", "the day after", "before the first year alone",
        "after the last year alone", "rolled out of the last year", "rolled out of the first year",
        "rolled back from beyond", "due outside", "explained outside",
    ],
)  # fmt: skip
def test_a_day_outside_the_years_is_refused(ask: Callable[[], object], message: str):
    with pytest.raises(CalendarRangeError, match=f"^{re.escape(message)}$"):
        ask()
