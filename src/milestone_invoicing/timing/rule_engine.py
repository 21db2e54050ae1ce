"""The days of a rule, as ``dateutil`` works them out; the one place that asks it.

``dateutil`` is loaded when a day is first asked for. It would take the first day of the week from
``calendar.setfirstweekday``, which any code of the process may call; here each rule says it.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime, time
from math import lcm
from typing import Final

import attrs

from milestone_invoicing.timing.rule_parts import DAILY, MONTHLY, WEEKLY, YEARLY, RuleParts

# The calendar repeats itself, weekdays included, after so many years: these steps.
_CYCLE: Final = 400
_STEPS: Final = {YEARLY: 400, MONTHLY: 4_800, WEEKLY: 20_871, DAILY: 146_097}


def days_from(parts: RuleParts, start: date) -> Iterator[date]:
    """Yield the days of a rule in order, from *start* on, up to the end of year 9999.

    Example:
        >>> from milestone_invoicing.timing.rule_parts import read_rule
        >>> rule = read_rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2")
        >>> [str(day) for day in days_from(rule, date(2026, 1, 1))]
        ['2026-01-30', '2026-02-27']

    Source: RFC 5545, section 3.3.10.
    """
    from dateutil import rrule  # noqa: PLC0415  # whoever has no such rule does not pay for it

    found = rrule.rrule(
        getattr(rrule, parts.freq),
        dtstart=datetime.combine(start, time()),
        interval=parts.interval,
        wkst=parts.week_start,
        count=parts.count,
        until=None if parts.until is None else datetime.combine(parts.until, time()),
        bysetpos=parts.positions or None,
        bymonth=parts.months or None,
        bymonthday=parts.month_days or None,
        byyearday=parts.year_days or None,
        byweekno=parts.weeks or None,
        byweekday=[rrule.weekday(day, number or None) for number, day in parts.weekdays] or None,
    )
    return (moment.date() for moment in found)


def ever_comes(parts: RuleParts, start: date) -> bool:
    """Say whether a rule has any day, its end left aside.

    ``dateutil`` searches for a day up to year 9999, which takes seconds where there is none. As far
    as the rule repeats itself, its start is moved on here, so that little is left to search.

    Example:
        >>> from milestone_invoicing.timing.rule_parts import read_rule
        >>> ever_comes(read_rule("FREQ=DAILY;INTERVAL=7;BYDAY=TU"), date(2026, 1, 1))
        False
    """
    steps = _STEPS[parts.freq]
    years = _CYCLE * lcm(steps, parts.interval) // steps
    repeats = max((MAXYEAR - start.year) // years - 1, 0)
    late = start.replace(year=start.year + repeats * years)
    endless = attrs.evolve(parts, count=None, until=None)
    return next(days_from(endless, late), None) is not None
