"""Which days are business days and where other days roll to; it ships no holiday data."""

from collections.abc import Container, Iterable
from datetime import MAXYEAR, MINYEAR, date
from enum import Enum, unique
from typing import Final, Self

import attrs

from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing.errors import CalendarRangeError, NumberRangeError, WrongTypeError
from milestone_invoicing.timing.date_sets import dates_of, sorted_text, unordered
from milestone_invoicing.timing.holiday_containers import read_container
from milestone_invoicing.timing.months import add_days, day_of_month

_DAYS_OF_WEEK: Final = 7


@unique
class RollConvention(Enum):
    """Where a day that is no business day goes.

    FOLLOWING: the next business day. PRECEDING: the one before. The MODIFIED forms turn round
    rather than leave the month. UNADJUSTED: it stays.
    """

    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    PRECEDING = "preceding"
    MODIFIED_PRECEDING = "modified_preceding"
    UNADJUSTED = "unadjusted"


def _weekdays(days: Iterable[int]) -> frozenset[int]:
    """Check before equal values merge: a set does not tell ``True`` from 1."""
    weekdays: set[int] = set()
    for weekday in unordered(days, "weekend"):
        require_int(weekday, "a weekday", at_least=0)
        if weekday >= _DAYS_OF_WEEK:
            raise NumberRangeError(
                "a weekday is too large", expected="0 (Monday) to 6 (Sunday)", got=weekday
            )
        weekdays.add(weekday)
    return frozenset(weekdays)


def _holidays(days: Iterable[date]) -> frozenset[date]:
    return dates_of(days, "holidays", "a holiday")


def _working_days(days: Iterable[date]) -> frozenset[date]:
    return dates_of(days, "extra_working_days", "an extra working day")


def _require_years(first_year: int, last_year: int) -> None:
    require_int(first_year, "the first year", at_least=MINYEAR)
    require_int(last_year, "the last year", at_least=MINYEAR)
    if max(first_year, last_year) > MAXYEAR:
        raise NumberRangeError(
            "a year is too large", expected=f"at most {MAXYEAR}", got=max(first_year, last_year)
        )
    if last_year < first_year:
        raise NumberRangeError(
            "the last year is before the first", expected=f"{first_year} or later", got=last_year
        )


@attrs.frozen
class BusinessCalendar:
    """The days on which business is done.

    Args:
        weekend: weekdays that are free, Monday 0 to Sunday 6; Saturday and Sunday by default.
        holidays: further free days, from any source that lists all it has.
        extra_working_days: days on which business is done all the same, on a weekend or a holiday,
            such as a Saturday that makes up for a bridging day.
        first_year, last_year: the years whose holidays are known; a day outside them is refused
            rather than taken for a business day. None sets no limit.

    Raises:
        WrongTypeError: *weekend*, *holidays* or *extra_working_days* is no collection, or one that
            lists its days only as they are asked for.
        DateTypeError: a holiday or an extra working day is not a plain date.
        NumberTypeError, NumberRangeError: a weekday is not 0 to 6, all seven are free, or the
            years are not 1 to 9999 in their order.

    Example:
        >>> calendar = BusinessCalendar(holidays=[date(2026, 6, 1)])
        >>> calendar.roll(date(2026, 5, 30), RollConvention.FOLLOWING)
        datetime.date(2026, 6, 2)

    Source: the business day conventions of ISDA definitions, by their usual names.
    """

    weekend: frozenset[int] = attrs.field(
        default=frozenset({5, 6}), converter=_weekdays, repr=sorted_text
    )
    holidays: frozenset[date] = attrs.field(
        default=frozenset[date](), converter=_holidays, repr=sorted_text
    )
    extra_working_days: frozenset[date] = attrs.field(
        default=frozenset[date](), converter=_working_days, repr=sorted_text, kw_only=True
    )
    first_year: int | None = attrs.field(default=None, kw_only=True)
    last_year: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that some weekday is left, and the years."""
        if len(self.weekend) == _DAYS_OF_WEEK:
            raise NumberRangeError(
                "no weekday is left for business", expected="at most 6 free weekdays", got=7
            )
        _require_years(
            MINYEAR if self.first_year is None else self.first_year,
            MAXYEAR if self.last_year is None else self.last_year,
        )

    @classmethod
    def from_container(
        cls,
        container: Container[date],
        first_year: int,
        last_year: int,
        *,
        weekend: Iterable[int] | None = None,
        extra_working_days: Iterable[date] | None = None,
    ) -> Self:
        """Return a calendar with the days of some years that *container* says it contains.

        Each day is asked for once, now: a container that works its days out when asked, as those
        of the ``holidays`` package do, is read to the end and not kept. What such a container says
        about its years, its weekend and the days on which that is worked is believed.

        Args:
            container: anything that answers ``day in container``.
            first_year: the first year to read, 1 or later.
            last_year: the last one, counted in; at most 9999.
            weekend: as for the calendar itself; None is that of the container, or Saturday and
                Sunday where it says nothing.
            extra_working_days: as for the calendar itself; None is those of the container, or none.

        Raises:
            WrongTypeError: *container* is no container, or does not contain what it lists.
            DateTypeError: it lists something else than plain dates.
            CalendarRangeError: it says that it does not know one of the years.
            NumberTypeError, NumberRangeError: the years are not 1 to 9999 in their order, or the
                weekend is none.

        Example:
            >>> calendar = BusinessCalendar.from_container({date(2026, 12, 25)}, 2026, 2027)
            >>> calendar.is_business_day(date(2026, 12, 25))
            False
            >>> calendar.is_business_day(date(2028, 1, 3))
            Traceback (most recent call last):
                ...
            milestone_invoicing.errors.CalendarRangeError: 2028-01-03 lies outside the years of \
the calendar: expected a day from 2026 to 2027, got 2028-01-03
        """
        kind = type(container)
        if issubclass(kind, (str, bytes)) or not issubclass(kind, Container):
            raise WrongTypeError(
                "the container holds no dates", expected="a container of dates", got=container
            )
        _require_years(first_year, last_year)
        read = read_container(container, first_year, last_year)
        return cls(
            read.weekend if weekend is None else weekend,
            read.holidays,
            extra_working_days=read.worked if extra_working_days is None else extra_working_days,
            first_year=first_year,
            last_year=last_year,
        )

    def is_business_day(self, day: date) -> bool:
        """Say whether business is done on *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            CalendarRangeError: *day* lies outside the years of the calendar.

        Example:
            >>> BusinessCalendar().is_business_day(date(2026, 5, 30))
            False
        """
        require_date(day, "the day")
        first, last = self.first_year or MINYEAR, self.last_year or MAXYEAR
        if not first <= day.year <= last:
            raise CalendarRangeError(
                f"{day} lies outside the years of the calendar",
                expected=f"a day from {first} to {last}",
                got=day,
            )
        is_free = day.weekday() in self.weekend or day in self.holidays
        return day in self.extra_working_days or not is_free

    def roll(self, day: date, convention: RollConvention) -> date:
        """Return *day*, or where *convention* takes it if it is no business day.

        A business day stays under every convention. In a month without any business day the
        modified conventions have nowhere to stay: they leave it, opposite to their first direction.

        Raises:
            DateTypeError: *day* is not a plain date.
            WrongTypeError: *convention* is no ``RollConvention``.
            DateRangeError: no business day is left before year 1 or after year 9999.
            CalendarRangeError: a day that decides lies outside the years of the calendar.

        Example:
            >>> day, calendar = date(2026, 5, 31), BusinessCalendar()
            >>> str(calendar.roll(day, RollConvention.MODIFIED_FOLLOWING))
            '2026-05-29'
        """
        require_date(day, "the day")
        require_type(convention, RollConvention, "the convention")
        if convention is RollConvention.UNADJUSTED:
            return day
        forward = convention in {RollConvention.FOLLOWING, RollConvention.MODIFIED_FOLLOWING}
        direction = 1 if forward else -1
        if convention in {RollConvention.FOLLOWING, RollConvention.PRECEDING}:
            return self._next(day, direction)
        return self._next_in_month(day, direction) or self._next(day, -direction)

    def _next(self, day: date, direction: int) -> date:
        """Return the first business day from *day* on, forward (1) or backward (-1)."""
        while not self.is_business_day(day):
            day = add_days(day, direction)
        return day

    def _next_in_month(self, day: date, direction: int) -> date | None:
        """Return the first business day from *day* on; None if the month ends before it."""
        last = day_of_month(day, 31 if direction > 0 else 1)
        while not self.is_business_day(day):
            if day == last:
                return None
            day = add_days(day, direction)
        return day
