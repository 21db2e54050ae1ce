"""What a recurrence rule of RFC 5545 says, part by part; it gives no days.

Only rules of whole days are read. What the RFC forbids, or what engines read in different ways, is
refused here, so that no part of a rule is taken and then ignored.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_text
from milestone_invoicing.errors import RecurrenceError, Words
from milestone_invoicing.timing.months import month_length

Weekday: TypeAlias = tuple[int, int]  # which of them, 0 for all, and the day, 0 for Monday

YEARLY: Final = "YEARLY"
MONTHLY: Final = "MONTHLY"
WEEKLY: Final = "WEEKLY"
DAILY: Final = "DAILY"
_FREQUENCIES: Final = (YEARLY, MONTHLY, WEEKLY, DAILY)
_OF_MONTHS: Final = (YEARLY, MONTHLY)
_OFTENER: Final = ("HOURLY", "MINUTELY", "SECONDLY")
_TIMES: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS: Final = 12
_MOST_IN_A_MONTH: Final = 5  # weekdays of one name
_SOME_YEARS: Final = (2027, 2028)  # without and with 29 February


@attrs.frozen
class RuleParts:
    """The parts of a rule, numbers as the RFC has them; an empty tuple is a part not given."""

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        """Return the rule as the RFC writes it, each part that says something, in one order."""
        return ";".join(f"{name}={value}" for name, value in _written(self) if value)

    @property
    def names_days(self) -> bool:
        """Whether the rule itself says which days, so that the start need not."""
        return bool(self.weeks or self.year_days or self.month_days or self.weekdays)

    @property
    def numbers_weekdays(self) -> bool:
        """Whether one of its weekdays is the second or the last, and not each."""
        return any(number for number, _ in self.weekdays)

    @property
    def has_day_of_month(self) -> bool:
        """Whether any of its months has any of its days of the month, at least in a leap year."""
        longest = max(month_length(_SOME_YEARS[1], month) for month in self.months or (1,))
        return min(map(abs, self.month_days)) <= longest

    def from_start(self, start: date) -> "RuleParts":
        """Return the parts with those that the start decides, where the rule leaves them out.

        Source: RFC 5545, section 3.3.10.
        """
        if self.names_days or self.freq == DAILY:
            return self
        if self.freq == WEEKLY:
            return attrs.evolve(self, weekdays=((0, start.weekday()),))
        months = self.months if self.freq == MONTHLY else self.months or (start.month,)
        return attrs.evolve(self, months=months, month_days=(start.day,))

    def month_lengths(self, start: date) -> frozenset[int]:
        """Return how long the months are in which the rule may have a day."""
        visited = {*range(_MONTHS)}
        if self.freq == MONTHLY:
            visited = {(start.month - 1 + n * self.interval) % _MONTHS for n in range(_MONTHS)}
        return frozenset(
            month_length(year, month + 1)
            for month in visited
            for year in _SOME_YEARS
            if not self.months or month + 1 in self.months
        )


def _written(parts: RuleParts) -> Iterator[tuple[str, str]]:
    yield "FREQ", parts.freq
    yield "INTERVAL", "" if parts.interval == 1 else str(parts.interval)
    for name, numbers in (
        ("BYMONTH", parts.months),
        ("BYWEEKNO", parts.weeks),
        ("BYYEARDAY", parts.year_days),
        ("BYMONTHDAY", parts.month_days),
    ):
        yield name, ",".join(map(str, numbers))
    yield "BYDAY", ",".join(f"{n or ''}{_DAYS[day]}" for n, day in parts.weekdays)
    yield "BYSETPOS", ",".join(map(str, parts.positions))
    yield "WKST", _DAYS[parts.week_start] if parts.week_start else ""
    yield "COUNT", "" if parts.count is None else str(parts.count)
    yield "UNTIL", "" if parts.until is None else written_date(parts.until)


def written_date(day: date) -> str:
    """Return *day* as the RFC writes it.

    Example:
        >>> written_date(date(2026, 5, 4))
        '20260504'
    """
    return day.isoformat().replace("-", "")


def read_date(text: str, name: str) -> date:
    """Return the date that *text* is, as the RFC writes it.

    Raises:
        RecurrenceError: it is no date, or has a time.
    """
    if re.fullmatch("[0-9]{8}T[0-9]{6}Z?", text):
        raise RecurrenceError(
            f"{name} has a time",
            expected="a date such as 20261231",
            got=Words(text),
            hint=f"write the day alone: {text[:8]}",
        )
    if re.fullmatch("[0-9]{8}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise RecurrenceError(f"{name} is no date", expected="such as 20261231", got=Words(text))


def read_rule(text: str) -> RuleParts:
    """Return the parts of a rule of whole days, such as ``FREQ=MONTHLY;BYMONTHDAY=31``.

    Case does not matter, nor the order of the parts; ``RRULE:`` may stand before them.

    Raises:
        RecurrenceError: it is no such rule.
        BlankTextError, TextTooLongError, WrongTypeError: no text, or one that is too long.

    Example:
        >>> str(read_rule("rrule:byday=+2TU;freq=monthly;interval=01"))
        'FREQ=MONTHLY;BYDAY=2TU'

    Source: RFC 5545, section 3.3.10.
    """
    require_text(text, "a recurrence rule")
    written: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        _require_known(name, part, is_given=bool(equals))
        if name in written:
            raise RecurrenceError(
                f"a recurrence rule says {name} twice", expected="each part once", got=Words(text)
            )
        written[name] = value
    if "FREQ" not in written:
        raise RecurrenceError(
            "a recurrence rule has no FREQ", expected="FREQ=MONTHLY or the like", got=Words(text)
        )
    read: dict[str, Any] = {
        _FIELDS[name]: _READERS[name](value, name) for name, value in written.items()
    }
    parts = RuleParts(**read)
    for fact, expected, is_so in _UNSOUND:
        if is_so(parts):
            raise RecurrenceError(fact, expected=expected, got=Words(parts))
    return parts


def _require_known(name: str, part: str, *, is_given: bool) -> None:
    if name in _TIMES:
        raise RecurrenceError(
            "a recurrence of days has no times", expected=f"a rule without {name}", got=Words(part)
        )
    if name not in _READERS or not is_given:
        raise RecurrenceError(
            "a recurrence rule has an unknown part",
            expected=f"{', '.join(_READERS)} with a value",
            got=Words(part) if part else part,
        )


def _frequency(value: str, name: str) -> str:
    if value in _OFTENER:
        raise RecurrenceError(
            "a recurrence of days comes more than once a day",
            expected="FREQ=DAILY or less often",
            got=Words(value),
        )
    if value not in _FREQUENCIES:
        raise RecurrenceError(f"{name} is unknown", expected=" or ".join(_FREQUENCIES), got=value)
    return value


def _number(most: int, *, signed: bool = False) -> Callable[[str, str], int]:
    """Return a reader of numbers from 1 on, or with a sign also down from -1."""
    expected = f"1 to {most}, or -1 to -{most}" if signed else f"1 to {most}"

    def read(value: str, name: str) -> int:
        number = int(value) if re.fullmatch("[+-]?[0-9]{1,15}", value) else 0
        if not 1 <= (abs(number) if signed else number) <= most:
            raise RecurrenceError(f"{name} is out of range", expected=expected, got=Words(value))
        return number

    return read


def _numbers(most: int, *, signed: bool = False) -> Callable[[str, str], tuple[int, ...]]:
    read_one = _number(most, signed=signed)

    def read(value: str, name: str) -> tuple[int, ...]:
        return tuple(sorted({read_one(each, name) for each in value.split(",")}))

    return read


def _weekday(value: str, name: str) -> Weekday:
    match = re.fullmatch(rf"([+-]?[0-9]{{1,2}})?({'|'.join(_DAYS)})", value)
    number = int(match[1] or 0) if match else 0
    if match is None or (match[1] and number == 0) or abs(number) > _WEEKS:
        raise RecurrenceError(
            f"{name} is no weekday", expected="such as MO, 2TU or -1FR", got=Words(value)
        )
    return number, _DAYS.index(match[2])


def _weekdays(value: str, name: str) -> tuple[Weekday, ...]:
    return tuple(sorted({_weekday(each, name) for each in value.split(",")}))


def _week_start(value: str, name: str) -> int:
    if value not in _DAYS:
        raise RecurrenceError(f"{name} is no weekday", expected=" or ".join(_DAYS), got=value)
    return _DAYS.index(value)


_WEEKS: Final = 53
_MOST: Final = 10**15 - 1
_READERS: Final[dict[str, Callable[[str, str], object]]] = {
    "FREQ": _frequency,
    "INTERVAL": _number(_MOST),
    "BYMONTH": _numbers(_MONTHS),
    "BYWEEKNO": _numbers(_WEEKS, signed=True),
    "BYYEARDAY": _numbers(366, signed=True),
    "BYMONTHDAY": _numbers(31, signed=True),
    "BYDAY": _weekdays,
    "BYSETPOS": _numbers(366, signed=True),
    "WKST": _week_start,
    "COUNT": _number(_MOST),
    "UNTIL": read_date,
}
_FIELDS: Final = dict(zip(_READERS, (each.name for each in attrs.fields(RuleParts)), strict=True))

# What the RFC forbids, what no day can meet, and what engines read in different ways.
_UNSOUND: Final[tuple[tuple[str, str, Callable[[RuleParts], bool]], ...]] = (
    (
        "a recurrence has two ends",
        "COUNT or UNTIL",
        lambda rule: rule.count is not None and rule.until is not None,
    ),
    (
        "a weekday has a number that nothing counts",
        "numbers in BYDAY with MONTHLY or YEARLY, without BYWEEKNO",
        lambda rule: rule.numbers_weekdays and (rule.freq not in _OF_MONTHS or bool(rule.weeks)),
    ),
    (
        "weekdays with a number stand beside others, and engines read that in two ways",
        "all weekdays of BYDAY with a number, or none",
        lambda rule: rule.numbers_weekdays and not all(number for number, _ in rule.weekdays),
    ),
    (
        "no month has so many weekdays of one name",
        f"BYDAY with at most {_MOST_IN_A_MONTH}",
        lambda rule: (
            (rule.freq == MONTHLY or bool(rule.months))
            and any(abs(number) > _MOST_IN_A_MONTH for number, _ in rule.weekdays)
        ),
    ),
    (
        "weeks of the year stand without YEARLY or without days",
        "FREQ=YEARLY, BYWEEKNO and BYDAY",
        lambda rule: bool(rule.weeks) and (rule.freq != YEARLY or not rule.weekdays),
    ),
    (
        "days of the year stand without YEARLY",
        "FREQ=YEARLY and BYYEARDAY",
        lambda rule: bool(rule.year_days) and rule.freq != YEARLY,
    ),
    (
        "a week has no days of the month",
        "BYDAY",
        lambda rule: bool(rule.month_days) and rule.freq == WEEKLY,
    ),
    (
        "no month has such a day",
        "BYMONTHDAY with a day that a month of BYMONTH has",
        lambda rule: bool(rule.month_days) and not rule.has_day_of_month,
    ),
    (
        "a day or a week has no such position",
        "BYSETPOS with at most as many as the days of BYDAY",
        lambda rule: (
            rule.freq not in _OF_MONTHS
            and bool(rule.positions)
            and min(map(abs, rule.positions))
            > (len(rule.weekdays) or 1 if rule.freq == WEEKLY else 1)
        ),
    ),
    (
        "positions have nothing to be positions in",
        "BYSETPOS with another part that begins with BY",
        lambda rule: bool(rule.positions) and not (rule.names_days or rule.months),
    ),
)
