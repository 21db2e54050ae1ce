"""In which order days come: those that are not known yet last, and no stretch backwards."""

from datetime import date

from milestone_invoicing._checks import require_date
from milestone_invoicing.errors import PeriodError


def undated_last(day: date | None) -> tuple[bool, date]:
    """Return what sorts by day, what has none last.

    Example:
        >>> days = [None, date(2026, 5, 4), date.max, date(2026, 5, 1)]
        >>> [str(day) for day in sorted(days, key=undated_last)]
        ['2026-05-01', '2026-05-04', '9999-12-31', 'None']
    """
    return day is None, day or date.max


def require_stretch(
    first: date, last: date, *, names: tuple[str, str] = ("since", "until")
) -> None:
    """Refuse a stretch that ends before it starts; one day is a stretch too.

    Raises:
        DateTypeError: a day is not a plain date; *names* say which.
        PeriodError: *last* is before *first*.
    """
    require_date(first, names[0])
    require_date(last, names[1])
    if last < first:
        raise PeriodError("a stretch ends before it starts", expected=f"{first} or later", got=last)
