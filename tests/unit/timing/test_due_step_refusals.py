"""What no step that looks for a day can be made of, and where the calendar ends before it."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    EndOfMonth,
    NextDayOfMonth,
    Period,
    Proximo,
    SameDay,
    Season,
    SkipClosedPeriods,
)
from milestone_invoicing.errors import (
    DateRangeError,
    DateTypeError,
    NumberRangeError,
    NumberTypeError,
    PeriodError,
    WrongTypeError,
)

MOVE = SameDay.MOVE
NOON = datetime(2026, 5, 4, 12)
AUGUST, WINTER = Season(8, 1, 8, 31), Season(12, 24, 1, 2)
MAY = Period(date(2026, 5, 1), date(2026, 6, 1))
NOT_A_DATE = (
    "the day is not a plain date: expected datetime.date, got 2026-05-04 12:00:00; "
    "call .date() on a datetime"
)
A_CHOICE = "the days of the month are not a choice: expected one day or more, each once, got"


def too_far(unit: str, start: str, distance: int) -> str:
    return (
        f"a step of {unit} from {start} leads to no date: "
        f"expected a step that stays within the years 1 to 9999, got {distance}"
    )


REFUSALS = {
    "EndOfMonth of a datetime": (
        lambda: EndOfMonth(same_day=MOVE).apply(NOON), DateTypeError, NOT_A_DATE,
    ),
    "NextDayOfMonth of a datetime": (
        lambda: NextDayOfMonth((1,)).apply(NOON), DateTypeError, NOT_A_DATE,
    ),
    "Proximo of a datetime": (lambda: Proximo(1, 1).apply(NOON), DateTypeError, NOT_A_DATE),
    "Proximo to a month end of a datetime": (
        lambda: Proximo(1, 0).apply(NOON), DateTypeError, NOT_A_DATE,
    ),
    "Proximo to a month end of a text": (
        lambda: Proximo(1, 0).apply("2026-05-04"),
        DateTypeError,
        "the day is not a plain date: expected datetime.date, got '2026-05-04'",
    ),
    "no closed period of a datetime": (
        lambda: SkipClosedPeriods(()).apply(NOON), DateTypeError, NOT_A_DATE,
    ),
    "the last month end moves": (
        lambda: EndOfMonth(same_day=MOVE).apply(date.max),
        DateRangeError,
        too_far("months", "9999-12-31", 1),
    ),
    "the last day moves": (
        lambda: NextDayOfMonth((5, 31), MOVE).apply(date.max),
        DateRangeError,
        too_far("months", "9999-12-31", 1),
    ),
    "no such day is left": (
        lambda: NextDayOfMonth((5, 20)).apply(date(9999, 12, 21)),
        DateRangeError,
        too_far("months", "9999-12-21", 1),
    ),
    "no next month": (
        lambda: Proximo(20, 0).apply(date(9999, 12, 1)),
        DateRangeError,
        too_far("months", "9999-12-01", 1),
    ),
    "no month after the next": (
        lambda: Proximo(20, 15).apply(date(9999, 11, 16)),
        DateRangeError,
        too_far("months", "9999-11-16", 2),
    ),
    "closed to the end": (
        lambda: SkipClosedPeriods((WINTER,)).apply(date(9999, 12, 24)),
        DateRangeError,
        too_far("days", "9999-12-31", 1),
    ),
    "a text to do on the same day": (
        lambda: EndOfMonth(0, "move"),
        WrongTypeError,
        "same_day is of the wrong type: expected SameDay, got 'move'",
    ),
    "a bool to do on the same day": (
        lambda: NextDayOfMonth((1,), True),
        WrongTypeError,
        "same_day is of the wrong type: expected SameDay, got True",
    ),
    "a day alone": (
        lambda: NextDayOfMonth(5),
        WrongTypeError,
        "days is not a collection: expected a list or tuple of days of the month, got 5",
    ),
    "days as a text": (
        lambda: NextDayOfMonth("5"),
        WrongTypeError,
        "days is not a collection: expected a list or tuple of days of the month, got '5'",
    ),
    "days as bytes": (
        lambda: NextDayOfMonth(b"\x05"),
        WrongTypeError,
        r"days is not a collection: expected a list or tuple of days of the month, got b'\x05'",
    ),
    "no days": (lambda: NextDayOfMonth([]), NumberRangeError, f"{A_CHOICE} ()"),
    "a day twice": (
        lambda: NextDayOfMonth([5, 20, 5]), NumberRangeError, f"{A_CHOICE} (5, 20, 5)",
    ),
    "day True": (
        lambda: NextDayOfMonth([1, True]),
        NumberTypeError,
        "a day of the month is not a whole number: expected int, got True",
    ),
    "day 0 of some": (
        lambda: NextDayOfMonth([1, 0]),
        NumberRangeError,
        "a day of the month is too small: expected 1 or more, got 0",
    ),
    "day 32 of some": (
        lambda: NextDayOfMonth([1, 32]),
        NumberRangeError,
        "a day of the month is too large: expected 1 to 31, got 32",
    ),
    "due day 0": (
        lambda: Proximo(0, 15),
        NumberRangeError,
        "the due day is too small: expected 1 or more, got 0",
    ),
    "due day 32": (
        lambda: Proximo(32, 15),
        NumberRangeError,
        "the due day is too large: expected 1 to 31, got 32",
    ),
    "due day None": (
        lambda: Proximo(None, 15),
        NumberTypeError,
        "the due day is not a whole number: expected int, got None",
    ),
    "cutoff day 1.5": (
        lambda: Proximo(20, 1.5),
        NumberTypeError,
        "the cutoff day is not a whole number: expected int, got 1.5",
    ),
    "cutoff day -31": (
        lambda: Proximo(20, -31),
        NumberRangeError,
        "the cutoff day is too small: expected -30 or more, got -31",
    ),
    "cutoff day 32": (
        lambda: Proximo(20, 32),
        NumberRangeError,
        "the cutoff day is too large: expected -30 to 31, got 32",
    ),
    "a season alone": (
        lambda: SkipClosedPeriods(AUGUST),
        WrongTypeError,
        "periods is not a collection: expected a list or tuple, got 08-01 to 08-31 of every year",
    ),
    "a date among periods": (
        lambda: SkipClosedPeriods([AUGUST, date(2026, 8, 1)]),
        WrongTypeError,
        "periods[1] is of the wrong type: expected Period or Season, got 2026-08-01",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


def test_seasons_that_leave_no_day_open_are_refused():
    halves = (Season(1, 1, 6, 30), MAY, Season(7, 1, 12, 31))
    with pytest.raises(
        PeriodError,
        match=r"^the seasons leave no day open: "
        r"expected a year with a day outside all seasons, got \(Season\(.*\.\.\.$",
    ) as caught:
        SkipClosedPeriods(halves)
    assert caught.value.got == halves
