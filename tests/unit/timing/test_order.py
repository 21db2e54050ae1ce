"""In which order days come: no day last, and no stretch backwards."""

from datetime import date, datetime

import pytest

from milestone_invoicing.errors import DateTypeError, PeriodError
from milestone_invoicing.timing.order import require_stretch, undated_last

FIRST, LAST = date(2026, 5, 4), date(2026, 5, 5)


def test_no_day_comes_after_the_last_day_of_all():
    days = [None, date.max, LAST, None, date.min, FIRST]
    assert sorted(days, key=undated_last) == [date.min, FIRST, LAST, date.max, None, None]


@pytest.mark.parametrize(("first", "last"), [(FIRST, LAST), (FIRST, FIRST)], ids=["two", "one"])
def test_a_stretch_has_a_day(first: date, last: date):
    require_stretch(first, last)


def test_a_stretch_does_not_run_backwards():
    message = "a stretch ends before it starts: expected 2026-05-05 or later, got 2026-05-04"
    with pytest.raises(PeriodError, match=f"^{message}$"):
        require_stretch(LAST, FIRST)


@pytest.mark.parametrize(
    ("days", "names", "wrong"),
    [
        ((1, LAST), {}, "since"),
        ((FIRST, None), {}, "until"),
        ((datetime(2026, 5, 4), LAST), {"names": ("before", "after")}, "before"),
        ((FIRST, "now"), {"names": ("before", "after")}, "after"),
    ],
    ids=["since", "until", "before", "after"],
)
def test_what_is_no_date_is_told_by_its_name(
    days: tuple[object, object], names: dict[str, tuple[str, str]], wrong: str
):
    with pytest.raises(DateTypeError, match=f"^{wrong} is not a plain date"):
        require_stretch(*days, **names)
