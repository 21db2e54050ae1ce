"""Days that come back, listed and counted out; the refusals stand in the file beside this one."""

from datetime import date

import pytest

from milestone_invoicing import Period, Recurrence, RecurrenceUnit

WEEKS = RecurrenceUnit.WEEKS


def day(text: str) -> date:
    return date.fromisoformat(text)


def listed(text: str) -> tuple[date, ...]:
    return tuple(map(day, text.split()))


# 2026-05-04 is a Monday.
DATES = {
    "weekly": (Recurrence.weekly(day("2026-05-04"), times=3), "2026-05-04 2026-05-11 2026-05-18"),
    "weekly over a leap day": (
        Recurrence.weekly(day("2028-02-26"), times=2),
        "2028-02-26 2028-03-04",
    ),
    "two-weekly over the new year": (
        Recurrence.two_weekly(day("2026-12-24"), times=3),
        "2026-12-24 2027-01-07 2027-01-21",
    ),
    "every five weeks on a Sunday": (
        Recurrence(day("2026-05-03"), 5, WEEKS, times=3),
        "2026-05-03 2026-06-07 2026-07-12",
    ),
    "monthly": (Recurrence.monthly(day("2026-11-10"), times=3), "2026-11-10 2026-12-10 2027-01-10"),
    "monthly from the 31st comes back to it": (
        Recurrence.monthly(day("2026-01-31"), times=5),
        "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31",
    ),
    "monthly from the 30th": (
        Recurrence.monthly(day("2028-01-30"), times=3),
        "2028-01-30 2028-02-29 2028-03-30",
    ),
    "monthly from 28 February stays on the 28th": (
        Recurrence.monthly(day("2026-02-28"), times=2),
        "2026-02-28 2026-03-28",
    ),
    "monthly from 28 February on the last day": (
        Recurrence.monthly(day("2026-02-28"), day=31, times=3),
        "2026-02-28 2026-03-31 2026-04-30",
    ),
    "monthly from 30 April on the 31st": (
        Recurrence.monthly(day("2026-04-30"), day=31, times=2),
        "2026-04-30 2026-05-31",
    ),
    "monthly on the day of the start": (
        Recurrence.monthly(day("2026-04-15"), day=15, times=2),
        "2026-04-15 2026-05-15",
    ),
    "monthly on the first": (
        Recurrence.monthly(day("2026-12-01"), day=1, times=2),
        "2026-12-01 2027-01-01",
    ),
    "every five months": (
        Recurrence(day("2026-09-30"), 5, times=3),
        "2026-09-30 2027-02-28 2027-07-30",
    ),
    "quarterly": (
        Recurrence.quarterly(day("2025-11-30"), times=3),
        "2025-11-30 2026-02-28 2026-05-30",
    ),
    "quarterly on the last day": (
        Recurrence.quarterly(day("2025-11-30"), day=31, times=3),
        "2025-11-30 2026-02-28 2026-05-31",
    ),
    "yearly from a leap day comes back to it": (
        Recurrence.yearly(day("2024-02-29"), times=5),
        "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29",
    ),
    "yearly from 28 February on the 29th": (
        Recurrence.yearly(day("2027-02-28"), day=29, times=2),
        "2027-02-28 2028-02-29",
    ),
    "once": (Recurrence.monthly(day("2026-05-04"), times=1), "2026-05-04"),
    "up to the day before the third": (
        Recurrence.monthly(day("2026-01-31"), until=day("2026-03-30")),
        "2026-01-31 2026-02-28",
    ),
    "up to the third": (
        Recurrence.monthly(day("2026-01-31"), until=day("2026-03-31")),
        "2026-01-31 2026-02-28 2026-03-31",
    ),
    "up to the day before a clamped one": (
        Recurrence.monthly(day("2026-01-31"), until=day("2026-02-27")),
        "2026-01-31",
    ),
    "up to a clamped one": (
        Recurrence.monthly(day("2026-01-31"), until=day("2026-02-28")),
        "2026-01-31 2026-02-28",
    ),
    "quarterly up to a month between": (
        Recurrence.quarterly(day("2026-01-10"), until=day("2026-06-30")),
        "2026-01-10 2026-04-10",
    ),
    "weekly up to the day before the third": (
        Recurrence.weekly(day("2026-05-04"), until=day("2026-05-17")),
        "2026-05-04 2026-05-11",
    ),
    "weekly up to the third": (
        Recurrence.weekly(day("2026-05-04"), until=day("2026-05-18")),
        "2026-05-04 2026-05-11 2026-05-18",
    ),
    "two-weekly up to the second": (
        Recurrence.two_weekly(day("2026-05-04"), until=day("2026-05-18")),
        "2026-05-04 2026-05-18",
    ),
    "yearly up to the second": (
        Recurrence.yearly(day("2026-05-04"), until=day("2027-05-04")),
        "2026-05-04 2027-05-04",
    ),
    "up to the start": (Recurrence(day("2026-05-04"), until=day("2026-05-04")), "2026-05-04"),
    "weekly up to the start": (
        Recurrence.weekly(day("2026-05-04"), until=day("2026-05-04")),
        "2026-05-04",
    ),
    "the last months of all": (
        Recurrence.monthly(day("9999-10-31"), times=3),
        "9999-10-31 9999-11-30 9999-12-31",
    ),
    "up to the last date": (
        Recurrence.monthly(day("9999-11-15"), until=date.max),
        "9999-11-15 9999-12-15",
    ),
    "the last Fridays of all": (
        Recurrence.weekly(day("9999-12-24"), times=2),
        "9999-12-24 9999-12-31",
    ),
    "the last Sundays of all": (
        Recurrence.weekly(day("9999-12-19"), until=date.max),
        "9999-12-19 9999-12-26",
    ),
    "a distance beyond all dates": (Recurrence(day("2026-05-04"), 2**62, times=1), "2026-05-04"),
    "a distance of weeks beyond all dates": (
        Recurrence(day("2026-05-04"), 2**62, WEEKS, until=date.max),
        "2026-05-04",
    ),
}


@pytest.mark.parametrize(("recurrence", "expected"), DATES.values(), ids=DATES)
def test_dates(recurrence: Recurrence, expected: str):
    assert recurrence.dates() == listed(expected)


MONTH_ENDS = Recurrence.monthly(day("2026-01-31"))
THREE_ENDS = Recurrence.monthly(day("2026-01-31"), times=3)
UP_TO_MARCH = Recurrence.monthly(day("2026-01-31"), until=day("2026-03-31"))
MONDAYS = Recurrence.weekly(day("2026-05-04"))
THREE_MONDAYS = Recurrence.weekly(day("2026-05-04"), times=3)

BETWEEN = [
    (MONTH_ENDS, "2026-02-28", "2026-03-31", "2026-02-28 2026-03-31"),
    (MONTH_ENDS, "2026-03-01", "2026-03-30", ""),
    (MONTH_ENDS, "2026-02-27", "2026-02-28", "2026-02-28"),
    (MONTH_ENDS, "2026-02-28", "2026-02-28", "2026-02-28"),
    (MONTH_ENDS, "2026-03-31", "2026-02-28", ""),
    (MONTH_ENDS, "2020-01-01", "2026-01-30", ""),
    (MONTH_ENDS, "2020-01-01", "2026-01-31", "2026-01-31"),
    (MONTH_ENDS, "9999-11-30", "9999-12-31", "9999-11-30 9999-12-31"),
    (THREE_ENDS, "2026-03-01", "2026-12-31", "2026-03-31"),
    (UP_TO_MARCH, "2026-03-01", "2026-12-31", "2026-03-31"),
    (MONDAYS, "2026-05-11", "2026-05-18", "2026-05-11 2026-05-18"),
    (MONDAYS, "2026-05-12", "2026-05-17", ""),
    (MONDAYS, "2026-05-01", "2026-05-03", ""),
    (THREE_MONDAYS, "2026-05-12", "2026-12-31", "2026-05-18"),
]
NEXT = [
    (MONTH_ENDS, "2020-01-01", "2026-01-31"),
    (MONTH_ENDS, "2026-01-30", "2026-01-31"),
    (MONTH_ENDS, "2026-01-31", "2026-02-28"),
    (MONTH_ENDS, "2026-02-27", "2026-02-28"),
    (MONTH_ENDS, "2026-02-28", "2026-03-31"),
    (MONTH_ENDS, "0001-01-01", "2026-01-31"),
    (MONTH_ENDS, "9999-12-30", "9999-12-31"),
    (MONTH_ENDS, "9999-12-31", None),
    (THREE_ENDS, "2026-03-30", "2026-03-31"),
    (THREE_ENDS, "2026-03-31", None),
    (UP_TO_MARCH, "2026-03-30", "2026-03-31"),
    (UP_TO_MARCH, "2026-03-31", None),
    (Recurrence(day("2026-01-31"), 13), "2026-01-31", "2027-02-28"),
    (Recurrence.yearly(day("2024-02-29")), "2027-02-28", "2028-02-29"),
    (Recurrence.yearly(day("2024-02-29")), "9999-01-01", "9999-02-28"),
    (Recurrence.yearly(day("2024-02-29")), "9999-02-28", None),
    (Recurrence(day("2026-05-04"), 2**62), "2026-05-04", None),
    (Recurrence(day("2026-05-04"), 2**62, WEEKS), "2026-05-04", None),
    (Recurrence(day("2026-01-31"), 9, WEEKS), "2026-01-31", "2026-04-04"),
    (MONDAYS, "2026-05-03", "2026-05-04"),
    (MONDAYS, "2026-05-04", "2026-05-11"),
    (MONDAYS, "2026-05-10", "2026-05-11"),
    (THREE_MONDAYS, "2026-05-17", "2026-05-18"),
    (THREE_MONDAYS, "2026-05-18", None),
    (Recurrence.weekly(day("9999-12-01")), "9999-12-28", "9999-12-29"),
    (Recurrence.weekly(day("9999-12-01")), "9999-12-29", None),
    (Recurrence.weekly(day("9999-12-04")), "9999-12-24", "9999-12-25"),
    (Recurrence.weekly(day("9999-12-04")), "9999-12-25", None),
]
PERIODS = {
    "month ends": (
        THREE_ENDS,
        "2026-01-31 to 2026-02-27, 2026-02-28 to 2026-03-30, 2026-03-31 to 2026-04-29",
    ),
    "month ends of February aimed at the 31st": (
        Recurrence.monthly(day("2026-02-28"), day=31, times=1),
        "2026-02-28 to 2026-03-30",
    ),
    "up to the start of the last": (
        Recurrence.monthly(day("2026-01-31"), until=day("2026-02-28")),
        "2026-01-31 to 2026-02-27, 2026-02-28 to 2026-03-30",
    ),
    "up to a day within the last": (
        Recurrence.monthly(day("2026-01-31"), until=day("2026-03-30")),
        "2026-01-31 to 2026-02-27, 2026-02-28 to 2026-03-30",
    ),
    "weeks": (
        Recurrence.weekly(day("2026-12-28"), times=2),
        "2026-12-28 to 2027-01-03, 2027-01-04 to 2027-01-10",
    ),
    "a year": (Recurrence.yearly(day("2024-02-29"), times=1), "2024-02-29 to 2025-02-27"),
    "the last that has an end": (
        Recurrence.monthly(day("9999-11-01"), times=1),
        "9999-11-01 to 9999-11-30",
    ),
}
PERIOD_OF = [
    (MONTH_ENDS, "2026-01-30", None),
    (MONTH_ENDS, "2026-01-31", "2026-01-31 to 2026-02-27"),
    (MONTH_ENDS, "2026-02-27", "2026-01-31 to 2026-02-27"),
    (MONTH_ENDS, "2026-02-28", "2026-02-28 to 2026-03-30"),
    (MONTH_ENDS, "2126-03-30", "2126-02-28 to 2126-03-30"),
    (THREE_ENDS, "2026-04-29", "2026-03-31 to 2026-04-29"),
    (THREE_ENDS, "2026-04-30", None),
    (THREE_ENDS, "9999-12-31", None),
    (UP_TO_MARCH, "2026-04-29", "2026-03-31 to 2026-04-29"),
    (UP_TO_MARCH, "2026-04-30", None),
    (MONDAYS, "2026-05-03", None),
    (MONDAYS, "2026-05-17", "2026-05-11 to 2026-05-17"),
    (MONDAYS, "2026-05-18", "2026-05-18 to 2026-05-24"),
    (THREE_MONDAYS, "2026-05-24", "2026-05-18 to 2026-05-24"),
    (THREE_MONDAYS, "2026-05-25", None),
    (Recurrence.monthly(day("2026-02-28"), day=31), "2026-03-30", "2026-02-28 to 2026-03-30"),
    (Recurrence.monthly(day("9999-11-01")), "9999-11-30", "9999-11-01 to 9999-11-30"),
]


def words(recurrence: Recurrence) -> str:
    end = f" {recurrence.times} times" * (recurrence.times is not None)
    end += f" until {recurrence.until}" * (recurrence.until is not None)
    return f"{recurrence.every} {recurrence.unit} from {recurrence.start}{end}"


@pytest.mark.parametrize(
    ("recurrence", "first", "last", "expected"),
    BETWEEN,
    ids=[f"{words(r)} from {a} to {b} = {e or 'none'}" for r, a, b, e in BETWEEN],
)
def test_between(recurrence: Recurrence, first: str, last: str, expected: str):
    assert recurrence.between(day(first), day(last)) == listed(expected)


@pytest.mark.parametrize(
    ("recurrence", "asked", "expected"),
    NEXT,
    ids=[f"{words(r)} after {d} = {e}" for r, d, e in NEXT],
)
def test_next_after(recurrence: Recurrence, asked: str, expected: str | None):
    assert recurrence.next_after(day(asked)) == (None if expected is None else day(expected))


@pytest.mark.parametrize(("recurrence", "expected"), PERIODS.values(), ids=PERIODS)
def test_periods(recurrence: Recurrence, expected: str):
    assert ", ".join(map(str, recurrence.periods())) == expected
    assert all(type(period) is Period for period in recurrence.periods())


@pytest.mark.parametrize(
    ("recurrence", "asked", "expected"),
    PERIOD_OF,
    ids=[f"{words(r)} on {d} = {e}" for r, d, e in PERIOD_OF],
)
def test_period_of(recurrence: Recurrence, asked: str, expected: str | None):
    found = recurrence.period_of(day(asked))
    assert found is None if expected is None else str(found) == expected
