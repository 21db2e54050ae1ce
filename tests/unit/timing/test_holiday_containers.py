"""Calendars from containers that say more of themselves, and containers that would say nothing."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import attrs
import pytest

from milestone_invoicing import (
    BusinessCalendar,
    Period,
    RollConvention,
    Season,
)
from milestone_invoicing.errors import CalendarRangeError, DateTypeError, WrongTypeError

CHRISTMAS = date(2026, 12, 25)
ALL_DAYS = [date(2026, 1, 1) + timedelta(n) for n in range(2 * 365)]
# A Saturday that makes up for a bridging day, and that day.
MADE_UP, BRIDGED = date(2026, 1, 10), date(2026, 1, 2)


class Country(dict[date, str]):
    """Holidays as the holidays package has them: worked out year by year, when asked."""

    def __init__(self, *, expand: bool = True, years: set[int] = frozenset(), **said: object):
        super().__init__()
        self.expand, self.years = expand, set[int]()
        self.start_year, self.end_year = said.pop("start_year", 1900), said.pop("end_year", 2100)
        self.weekend_workdays: set[date] = set()
        for year in years:
            self.populate(year)

    def populate(self, year: int) -> None:
        self.years.add(year)
        self[date(year, 1, 1)] = "New Year"
        if year == MADE_UP.year:
            self[BRIDGED] = "a bridging day"
            self.weekend_workdays.add(MADE_UP)
        self.weekend_workdays.add(date(2028, 1, 8))

    def __contains__(self, day: object) -> bool:
        if self.expand and day.year not in self.years:
            self.populate(day.year)
        return super().__contains__(day)


class Gulf(Country):
    """A weekend that moved from Friday and Saturday to Saturday and Sunday in 2027."""

    def is_weekend(self, day: date) -> bool:
        return day.weekday() in ({4, 5} if day.year < 2027 else {5, 6})


def test_what_is_worked_out_when_asked_is_read_with_its_days_that_make_up():
    calendar = BusinessCalendar.from_container(Country(), 2026, 2027)
    assert calendar == BusinessCalendar(
        holidays=[date(2026, 1, 1), BRIDGED, date(2027, 1, 1)],
        extra_working_days=[MADE_UP],
        first_year=2026,
        last_year=2027,
    )
    assert calendar.is_business_day(MADE_UP)
    assert calendar.roll(date(2026, 1, 9), RollConvention.PRECEDING) == date(2026, 1, 9)
    assert calendar.roll(BRIDGED, RollConvention.FOLLOWING) == date(2026, 1, 5)


def test_other_extra_working_days_take_the_place_of_those_of_the_container():
    read = BusinessCalendar.from_container
    assert read(Country(), 2026, 2026, extra_working_days=()).extra_working_days == set()
    own = read(Country(), 2026, 2026, extra_working_days=[CHRISTMAS])
    assert own.extra_working_days == {CHRISTMAS}


def test_the_weekend_is_that_of_the_container_unless_another_is_said():
    read = BusinessCalendar.from_container
    assert read(Gulf(), 2025, 2026).weekend == {4, 5}
    assert read(Gulf(), 2027, 2027).weekend == {5, 6}
    assert read(Gulf(), 2025, 2026, weekend=[6]).weekend == {6}
    assert read(Gulf(), 2025, 2026, weekend=()).weekend == set()
    assert read(Country(), 2026, 2026).weekend == {5, 6}


def test_a_weekend_that_moved_is_free_on_the_days_on_which_it_was():
    calendar = BusinessCalendar.from_container(Gulf(), 2026, 2027)
    assert calendar.weekend == {5}
    gulf = Gulf()
    for day in ALL_DAYS:
        is_free = gulf.is_weekend(day) or day in gulf
        assert calendar.is_business_day(day) == (not is_free or day == MADE_UP), day


@pytest.mark.parametrize(
    ("day", "extra", "expected"),
    [
        ("2026-12-25", [CHRISTMAS], True),
        ("2026-12-26", [date(2026, 12, 26)], True),
        ("2026-12-27", [date(2026, 12, 26)], False),
        ("2026-12-28", [date(2026, 12, 28)], True),
        ("2026-12-25", [], False),
    ],
)
def test_an_extra_working_day_is_worked_whatever_it_is(day: str, extra: list[date], expected: bool):
    calendar = BusinessCalendar(holidays=[CHRISTMAS], extra_working_days=extra)
    assert calendar.is_business_day(date.fromisoformat(day)) is expected


def test_a_roll_goes_to_an_extra_working_day():
    sunday = date(2026, 12, 27)
    calendar = BusinessCalendar(holidays=[CHRISTMAS], extra_working_days=[sunday])
    assert calendar.roll(CHRISTMAS, RollConvention.FOLLOWING) == sunday
    assert calendar.roll(CHRISTMAS, RollConvention.MODIFIED_FOLLOWING) == sunday


@attrs.define
class Listing:
    """A table of dates, which like a pandas Series answers for its row numbers."""

    days: list[date]

    def __iter__(self) -> Iterator[date]:
        return iter(self.days)

    def __contains__(self, row: object) -> bool:
        return row in range(len(self.days))


class Timestamp(datetime):
    """A moment, as a pandas index lists its days."""


@pytest.mark.parametrize("closed", [Season(12, 24, 12, 26), Period.through(CHRISTMAS, CHRISTMAS)])
def test_what_lists_no_days_is_asked_for_them(closed: object):
    calendar = BusinessCalendar.from_container(closed, 2026, 2026)
    assert CHRISTMAS in calendar.holidays
    assert date(2026, 12, 27) not in calendar.holidays


@attrs.frozen
class Sum:
    """Holidays of several countries, which know their own years."""

    holidays: list[object]
    expand: bool = True
    years: frozenset[int] = frozenset()

    def __contains__(self, day: object) -> bool:
        return any(day in each for each in self.holidays)


UNLISTED = (
    "the container does not contain the days that it lists: expected a container that answers"
)
UNKNOWN = "the container does not know the holidays of some years: expected one that knows"
NOT_DATE = "a day of the container is not a plain date: expected datetime.date, got"
MEND = "build it with these years, or ask for fewer"
ASKED_FOR = (
    "lists its days only as they are asked for: expected a set or tuple of dates, got {}; read it "
    "with BusinessCalendar.from_container(container, first_year, last_year)"
)
read = BusinessCalendar.from_container
REFUSALS = {
    "datetimes": (
        lambda: read({datetime(2026, 12, 25)}, 2026, 2026), DateTypeError,
        f"{NOT_DATE} 2026-12-25 00:00:00; call .date() on a datetime",
    ),
    "timestamps": (
        lambda: read([CHRISTMAS, Timestamp(2026, 12, 25)], 2026, 2026), DateTypeError,
        f"{NOT_DATE} 2026-12-25 00:00:00; call .date() on a datetime",
    ),
    "texts": (
        lambda: read(["2026-12-25"], 2026, 2026), DateTypeError, f"{NOT_DATE} '2026-12-25'",
    ),
    "texts with names": (
        lambda: read({"2026-12-25": "Christmas"}, 2026, 2026), DateTypeError,
        f"{NOT_DATE} '2026-12-25'",
    ),
    "numbers": (lambda: read(range(3), 2026, 2026), DateTypeError, f"{NOT_DATE} 0"),
    "a table of dates": (
        lambda: read(Listing([CHRISTMAS]), 2026, 2026), WrongTypeError,
        (f"{UNLISTED} for its own days, got Listing(days=[datetime.date(2026, 12, 25)]); "
        "give it as a set"),
    ),
    "years that are fixed": (
        lambda: read(Country(expand=False, years={2026}), 2026, 2027), CalendarRangeError,
        f"{UNKNOWN} 2026 to 2027, got none of 2027; {MEND}",
    ),
    "no years": (
        lambda: read(Country(expand=False), 2026, 2026), CalendarRangeError,
        f"{UNKNOWN} 2026 to 2026, got none of 2026; {MEND}",
    ),
    "a year that is left out": (
        lambda: read(Country(expand=False, years={2025, 2027}), 2025, 2027), CalendarRangeError,
        f"{UNKNOWN} 2025 to 2027, got none of 2026; {MEND}",
    ),
    "years that have no data": (
        lambda: read(Country(), 2099, 2102), CalendarRangeError,
        f"{UNKNOWN} 2099 to 2102, got none of 2101, 2102; {MEND}",
    ),
    "years before the data": (
        lambda: read(Country(start_year=2000), 1999, 2000), CalendarRangeError,
        f"{UNKNOWN} 1999 to 2000, got none of 1999; {MEND}",
    ),
    "a part of a sum": (
        lambda: read(Sum([Country(), Sum([Country(end_year=2025)])]), 2026, 2026),
        CalendarRangeError, f"{UNKNOWN} 2026 to 2026, got none of 2026; {MEND}",
    ),
    "days that make up as texts": (
        lambda: read(Saturdays(["2026-01-10"]), 2026, 2026), DateTypeError,
        "a workday is not a plain date: expected datetime.date, got '2026-01-10'",
    ),
    "holidays that are worked out": (
        lambda: BusinessCalendar(holidays=Country()), WrongTypeError,
        f"holidays {ASKED_FOR.format('{}')}",
    ),
    "holidays of some years that are worked out": (
        lambda: BusinessCalendar(holidays=Country(expand=False, years={2027})), WrongTypeError,
        f"holidays {ASKED_FOR.format('''{datetime.date(2027, 1, 1): 'New Year'}''')}",
    ),
    "extra working days as texts": (
        lambda: BusinessCalendar(extra_working_days=["2026-01-10"]), DateTypeError,
        "an extra working day is not a plain date: expected datetime.date, got '2026-01-10'",
    ),
    "extra working days as a text": (
        lambda: BusinessCalendar(extra_working_days="2026-01-10"), WrongTypeError,
        "extra_working_days is not a collection: expected a set or tuple, got '2026-01-10'",
    ),
}  # fmt: skip


@attrs.frozen
class Saturdays:
    """A container that names the days on which its weekend is worked."""

    weekend_workdays: list[object]

    def __contains__(self, day: object) -> bool:
        return False


@pytest.mark.parametrize(("ask", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()


@pytest.mark.parametrize(
    ("container", "years"),
    [
        (Country(expand=False, years={2026, 2027}), (2026, 2027)),
        (Country(end_year=2026), (2026, 2026)),
        (Country(start_year=2026), (2026, 2026)),
        (Sum([Country(), Country()]), (2026, 2026)),
        (Listing([]), (2026, 2026)),
        (dict.fromkeys([CHRISTMAS], "Christmas"), (2026, 2026)),
    ],
    ids=["its years", "its last", "its first", "a sum", "an empty table", "names"],
)
def test_what_knows_all_years_that_are_asked_for_is_read(container, years: tuple[int, int]):
    calendar = BusinessCalendar.from_container(container, *years)
    assert (calendar.first_year, calendar.last_year) == years


def test_dates_with_names_are_holidays_too():
    assert BusinessCalendar(holidays={CHRISTMAS: "Christmas"}).holidays == {CHRISTMAS}
