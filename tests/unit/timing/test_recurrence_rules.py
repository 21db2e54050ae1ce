"""Days by any rule of RFC 5545: the days, the stretches between them, and what is refused."""

import calendar
import copy
import pickle
import re
from collections.abc import Iterator
from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import RecurrenceRule, ShortMonths
from milestone_invoicing.errors import (
    BlankTextError,
    DateRangeError,
    DateTypeError,
    RecurrenceError,
    WrongTypeError,
)
from milestone_invoicing.timing import rule_engine
from milestone_invoicing.timing.rule_engine import days_from as rule_engine_days
from milestone_invoicing.timing.rule_parts import RuleParts

LAST_DAY, SKIP = ShortMonths.LAST_DAY, ShortMonths.SKIP
LAST_BUSINESS_DAY = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"


def day(text: str) -> date:
    return date.fromisoformat(text)


START = day("2026-01-01")
FRIDAYS = RecurrenceRule(
    "FREQ=WEEKLY;BYDAY=FR;COUNT=4",
    day("2026-03-27"),
    excluded=[day("2026-04-03"), day("2026-04-04")],
    added=[day("2026-04-02"), day("2026-05-01")],
)
DAYS = [
    # 31 January, 28 February and 31 May 2026 are no business days.
    (
        RecurrenceRule(f"{LAST_BUSINESS_DAY};COUNT=5", START),
        ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29"],
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", START),
        ["2026-01-13", "2026-02-10", "2026-03-10"],
    ),
    # A month without a fifth Monday has none.
    (
        RecurrenceRule("FREQ=MONTHLY;BYDAY=5MO;COUNT=2", START),
        ["2026-03-30", "2026-06-29"],
    ),
    (
        RecurrenceRule("FREQ=YEARLY;BYYEARDAY=366;COUNT=2", START),
        ["2028-12-31", "2032-12-31"],
    ),
    (RecurrenceRule("FREQ=DAILY;COUNT=2", START), ["2026-01-01", "2026-01-02"]),
    (
        RecurrenceRule("FREQ=DAILY;UNTIL=20260102", START),
        ["2026-01-01", "2026-01-02"],
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", START, short_months=SKIP),
        ["2026-01-31", "2026-03-31", "2026-05-31"],
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", START, short_months=LAST_DAY),
        ["2026-01-31", "2026-02-28", "2026-03-31"],
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;COUNT=3", day("2026-01-30"), short_months=LAST_DAY),
        ["2026-01-30", "2026-02-28", "2026-03-30"],
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;COUNT=2", day("2026-01-30"), short_months=SKIP),
        ["2026-01-30", "2026-03-30"],
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=15,31;COUNT=4", START, short_months=LAST_DAY),
        ["2026-01-15", "2026-01-31", "2026-02-15", "2026-02-28"],
    ),
    (
        RecurrenceRule("FREQ=YEARLY;COUNT=2", day("2028-02-29"), short_months=LAST_DAY),
        ["2028-02-29", "2029-02-28"],
    ),
    (
        RecurrenceRule("FREQ=YEARLY;BYMONTHDAY=30;COUNT=3", START, short_months=LAST_DAY),
        ["2026-01-30", "2026-02-28", "2026-03-30"],
    ),
    (FRIDAYS, ["2026-03-27", "2026-04-02", "2026-04-10", "2026-04-17", "2026-05-01"]),
    (
        RecurrenceRule("FREQ=WEEKLY;COUNT=2", START, added=[day("2026-01-08")]),
        ["2026-01-01", "2026-01-08"],
    ),
]


@pytest.mark.parametrize(
    ("rule", "expected"), DAYS, ids=[f"{rule.rule} = {len(days)}" for rule, days in DAYS]
)
def test_a_rule_has_its_days(rule: RecurrenceRule, expected: list[str]):
    days = tuple(map(day, expected))
    assert rule.dates() == days
    assert rule.between(days[0], days[-1]) == days
    assert rule.between(days[1], days[-1]) == days[1:]
    assert rule.between(days[0], days[-2]) == days[:-1]
    assert rule.between(days[-1], days[0]) == ()
    assert [rule.next_after(each) for each in days] == [*days[1:], None]
    assert rule.next_after(date.min) == days[0]


PERIODS = [
    (
        RecurrenceRule(f"{LAST_BUSINESS_DAY};COUNT=2", START),
        ["2026-01-30 to 2026-02-26", "2026-02-27 to 2026-03-30"],
    ),
    # The last stretch ends where the next day of the rule would be, its end left aside.
    (
        RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260113", START),
        ["2026-01-13 to 2026-02-09"],
    ),
    (
        FRIDAYS,
        ["2026-03-27 to 2026-04-01", "2026-04-02 to 2026-04-09", "2026-04-10 to 2026-04-16",
         "2026-04-17 to 2026-04-30", "2026-05-01 to 2026-05-07"],
    ),
    # A day that is left out begins no stretch, and ends none.
    (
        RecurrenceRule("FREQ=DAILY;COUNT=2", START, excluded=[day("2026-01-03")]),
        ["2026-01-01 to 2026-01-01", "2026-01-02 to 2026-01-03"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "expected"), PERIODS, ids=[rule.rule for rule, _ in PERIODS])
def test_each_day_begins_a_stretch_up_to_the_next(rule: RecurrenceRule, expected: list[str]):
    periods = rule.periods()
    assert [str(period) for period in periods] == expected
    for period in periods:
        assert rule.period_of(period.start) == rule.period_of(period.last) == period
    assert rule.period_of(day("2025-12-31")) is None
    assert rule.period_of(periods[-1].end) is None


def test_a_rule_without_an_end_is_endless():
    rule = RecurrenceRule(LAST_BUSINESS_DAY, START)
    found = rule.between(day("2126-01-01"), day("2126-02-28"))
    assert found == (day("2126-01-31"), day("2126-02-28"))
    at_last = RecurrenceRule(LAST_BUSINESS_DAY, day("9999-01-01"))
    assert at_last.next_after(day("9999-11-30")) == day("9999-12-31")
    assert at_last.next_after(day("9999-12-31")) is None
    assert str(rule.period_of(day("2026-02-01"))) == "2026-01-30 to 2026-02-26"
    message = (
        "an endless recurrence has no last day: expected a rule with COUNT or UNTIL, got "
        f"{LAST_BUSINESS_DAY}; ask for a stretch of it with between(first, last)"
    )
    for ask in (rule.dates, rule.periods):
        with pytest.raises(RecurrenceError, match=f"^{re.escape(message)}$"):
            ask()


BEYOND = "a recurrence goes beyond the last date: expected days within the years 1 to 9999, got a"


@pytest.mark.parametrize(
    ("ask", "last"),
    [
        (RecurrenceRule("FREQ=YEARLY;COUNT=3", day("9998-05-01")).dates, "9999-05-01"),
        (RecurrenceRule("FREQ=YEARLY;COUNT=2", day("9998-05-01")).periods, "9999-05-01"),
        (RecurrenceRule("FREQ=DAILY;COUNT=2", date.max).dates, "9999-12-31"),
        (RecurrenceRule("FREQ=DAILY;UNTIL=99991231", date.max).periods, "9999-12-31"),
        (
            lambda: RecurrenceRule("FREQ=DAILY", date.max).period_of(date.max),
            "9999-12-31",
        ),
    ],
    ids=["count", "a stretch", "one day", "until", "the last stretch"],
)
def test_the_end_of_the_calendar_is_our_error(ask, last: str):
    with pytest.raises(DateRangeError, match=f"^{BEYOND} day after {last}$"):
        ask()


def test_the_last_years_are_days_like_others():
    rule = RecurrenceRule("FREQ=YEARLY;COUNT=2", day("9998-05-01"))
    assert rule.dates() == (day("9998-05-01"), day("9999-05-01"))
    assert str(rule.period_of(day("9999-04-30"))) == "9998-05-01 to 9999-04-30"


WRITTEN = [
    (RecurrenceRule("byday=2tu;freq=monthly", START), "FREQ=MONTHLY;BYDAY=2TU"),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=31", START, short_months=LAST_DAY),
        "FREQ=MONTHLY;BYMONTHDAY=-1",
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=29", START, short_months=LAST_DAY),
        "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=10", START, short_months=LAST_DAY),
        "FREQ=MONTHLY;BYMONTHDAY=10",
    ),
    (
        RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=31", START, short_months=SKIP),
        "FREQ=MONTHLY;BYMONTHDAY=31",
    ),
    (
        FRIDAYS,
        ("RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=4\n"
        "EXDATE;VALUE=DATE:20260403,20260404\n"
        "RDATE;VALUE=DATE:20260402,20260501"),
    ),
    (
        RecurrenceRule("FREQ=DAILY", START, added=[START]),
        "RRULE:FREQ=DAILY\nRDATE;VALUE=DATE:20260101",
    ),
    (
        RecurrenceRule("FREQ=DAILY", START, excluded={START}),
        "RRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:20260101",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), WRITTEN, ids=[text for _, text in WRITTEN])
def test_a_rule_is_written_and_read_back(rule: RecurrenceRule, text: str):
    assert rule.to_rrule() == text
    for short_months in ShortMonths if "BYMONTHDAY=31" not in text else [SKIP]:
        back = RecurrenceRule.from_rrule(text, start=rule.start, short_months=short_months)
        assert back.to_rrule() == text
        assert back.between(date.min, day("2030-12-31")) == rule.between(
            date.min, day("2030-12-31")
        )


@pytest.mark.parametrize(
    "text",
    [
        "RRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE:20260102\nRDATE:20260103,20260105",
        "RRULE:FREQ=WEEKLY;BYDAY=FR\r\nEXDATE;VALUE=DATE:20260102\r\nRDATE:20260103\r\nRDATE:20260105",
        "exdate:20260102\nrdate:20260105,\n 20260103\nrrule:freq=weekly;byday=fr\n",
        "FREQ=WEEKLY;BYDAY=FR\nEXDATE:20260102\nRDATE:20260103,20260105",
    ],
    ids=["lines", "lines of a file", "folded", "without a name"],
)
def test_lines_say_which_days_are_left_out_and_added(text: str):
    assert RecurrenceRule.from_rrule(text, start=START) == RecurrenceRule(
        "FREQ=WEEKLY;BYDAY=FR",
        START,
        excluded=[day("2026-01-02")],
        added=[day("2026-01-03"), day("2026-01-05")],
    )


def test_a_rule_is_a_value():
    other = RecurrenceRule(
        "RRULE:byday=FR;COUNT=4;FREQ=WEEKLY",
        day("2026-03-27"),
        excluded={day("2026-04-04"), day("2026-04-03")},
        added=(day("2026-05-01"), day("2026-04-02")),
    )
    assert (other, hash(other), repr(other)) == (FRIDAYS, hash(FRIDAYS), repr(FRIDAYS))
    for again in (
        pickle.loads(pickle.dumps(FRIDAYS)),
        copy.deepcopy(FRIDAYS),
        attrs.evolve(FRIDAYS),
    ):
        assert again == FRIDAYS
        assert again.dates() == FRIDAYS.dates()
    assert repr(FRIDAYS).startswith("RecurrenceRule(rule='FREQ=WEEKLY;BYDAY=FR;COUNT=4', start=")


@pytest.fixture
def weeks_from_sunday() -> Iterator[None]:
    """Set what dateutil would take for the first day of the week."""
    calendar.setfirstweekday(calendar.SUNDAY)
    yield
    calendar.setfirstweekday(calendar.MONDAY)


@pytest.mark.usefixtures("weeks_from_sunday")
def test_a_setting_of_the_process_changes_no_days():
    rule = RecurrenceRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;COUNT=3", START)
    assert rule.dates() == (day("2026-01-04"), day("2026-01-14"), day("2026-01-18"))


NO_DAY = "a rule has no day: expected one day or more, got"
IN_NO_RULE = "no rule says the last day of short months for these days: expected day 31, or one"
NOT_ADDED = (
    "an added day is before the start or excluded: expected days from 2026-01-01 on that are not "
    "excluded, got"
)
LINE = (
    "a line of a recurrence rule is unknown, or has a zone: "
    "expected RRULE, EXDATE;VALUE=DATE or RDATE;VALUE=DATE, got"
)
ONE_RULE = "a recurrence has one rule: expected one line with RRULE, got"


def rule(text: str, **options: object) -> RecurrenceRule:
    return RecurrenceRule(text, START, **options)


def read(text: str) -> RecurrenceRule:
    return RecurrenceRule.from_rrule(text, start=START)


REFUSALS = {
    "the 31st": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=31"), RecurrenceError,
        ("a rule has a day that some months lack, and people read it in two ways: expected "
        "short_months=ShortMonths.LAST_DAY or ShortMonths.SKIP, got FREQ=MONTHLY;BYMONTHDAY=31"),
    ),
    "the 31st of the start": (
        lambda: RecurrenceRule("FREQ=MONTHLY", day("2026-01-31")), RecurrenceError,
        ("a rule has a day that some months lack, and people read it in two ways: expected "
        "short_months=ShortMonths.LAST_DAY or ShortMonths.SKIP, got FREQ=MONTHLY;BYMONTHDAY=31"),
    ),
    "the 31st from the end": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=-31"), RecurrenceError,
        "a rule has a day that some months lack, and people read it in two ways: expected ",
    ),
    "29 and 30": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=29,30", short_months=LAST_DAY), RecurrenceError,
        IN_NO_RULE,
    ),
    "15 and 30": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=15,30", short_months=LAST_DAY), RecurrenceError,
        IN_NO_RULE,
    ),
    "30 from the end": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=-30", short_months=LAST_DAY), RecurrenceError,
        IN_NO_RULE,
    ),
    "30 with a position": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=30;BYSETPOS=1", short_months=LAST_DAY),
        RecurrenceError, IN_NO_RULE,
    ),
    "30 with a weekday": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=30;BYDAY=FR", short_months=LAST_DAY),
        RecurrenceError, IN_NO_RULE,
    ),
    "30 each other year": (
        lambda: rule("FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=30", short_months=LAST_DAY),
        RecurrenceError, IN_NO_RULE,
    ),
    "30 by days": (
        lambda: rule("FREQ=DAILY;BYMONTHDAY=30", short_months=LAST_DAY), RecurrenceError,
        IN_NO_RULE,
    ),
    "no day ever": (
        lambda: rule("FREQ=DAILY;INTERVAL=7;BYDAY=TU"), RecurrenceError,
        f"{NO_DAY} FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    ),
    "no day by its end": (
        lambda: rule("FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20260109"), RecurrenceError,
        f"{NO_DAY} FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20260109",
    ),
    "all days left out": (
        lambda: rule("FREQ=DAILY;COUNT=1", excluded=[START]), RecurrenceError,
        f"{NO_DAY} RRULE:FREQ=DAILY;COUNT=1 EXDATE;VALUE=DATE:20260101",
    ),
    "until before": (
        lambda: rule("FREQ=DAILY;UNTIL=20251231"), RecurrenceError,
        "a recurrence ends before it starts: expected 2026-01-01 or later, got 2025-12-31",
    ),
    "added before": (
        lambda: rule("FREQ=DAILY", added=[START, day("2025-12-31")]), RecurrenceError,
        f"{NOT_ADDED} 2025-12-31",
    ),
    "added and excluded": (
        lambda: rule("FREQ=DAILY", added=[day("2026-01-02")], excluded=[day("2026-01-02")]),
        RecurrenceError, f"{NOT_ADDED} 2026-01-02",
    ),
    "a datetime": (
        lambda: RecurrenceRule("FREQ=DAILY", datetime(2026, 1, 1)), DateTypeError,
        "the start of a rule is not a plain date: expected datetime.date, got 2026-01-01 00:00",
    ),
    "an excluded datetime": (
        lambda: rule("FREQ=DAILY", excluded=[datetime(2026, 1, 1)]), DateTypeError,
        "an excluded day is not a plain date: expected datetime.date, got 2026-01-01 00:00:00; ",
    ),
    "an added text": (
        lambda: rule("FREQ=DAILY", added=["20260101"]), DateTypeError,
        "an added day is not a plain date: expected datetime.date, got '20260101'",
    ),
    "excluded text": (
        lambda: rule("FREQ=DAILY", excluded="20260101"), WrongTypeError,
        "excluded is not a collection: expected a set or tuple, got '20260101'",
    ),
    "added number": (
        lambda: rule("FREQ=DAILY", added=1), WrongTypeError,
        "added is not a collection: expected a set or tuple, got 1",
    ),
    "a word for short months": (
        lambda: rule("FREQ=DAILY", short_months="skip"), WrongTypeError,
        "short_months is of the wrong type: expected ShortMonths or None, got 'skip'",
    ),
    "no text": (
        lambda: rule(None), WrongTypeError,
        "a recurrence rule is of the wrong type: expected str, got None",
    ),
    "blank": (
        lambda: read(" \n"), BlankTextError, "a recurrence rule is blank: expected some text, got",
    ),
    "no text to read": (
        lambda: read(None), WrongTypeError,
        "a recurrence rule is of the wrong type: expected str, got None",
    ),
    "a line with the start": (
        lambda: read("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY"), RecurrenceError,
        f"{LINE} DTSTART;VALUE=DATE:20260101; the first day goes into start=",
    ),
    "a zone": (
        lambda: read("RRULE:FREQ=DAILY\nEXDATE;TZID=Europe/Paris:20260101T090000"),
        RecurrenceError, f"{LINE} EXDATE;TZID=Europe/Paris:20260101T090000",
    ),
    "an exclusion with a time": (
        lambda: read("RRULE:FREQ=DAILY\nEXDATE:20260101T090000Z"), RecurrenceError,
        "EXDATE has a time: expected a date such as 20261231, got 20260101T090000Z; write the day ",
    ),
    "an addition that is no date": (
        lambda: read("RRULE:FREQ=DAILY\nRDATE:20260101,"), RecurrenceError,
        "RDATE is no date: expected such as 20261231, got ",
    ),
    "an old line": (
        lambda: read("RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY"), RecurrenceError,
        f"{LINE} EXRULE:FREQ=WEEKLY",
    ),
    "two rules": (
        lambda: read("RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY"), RecurrenceError,
        f"{ONE_RULE} RRULE:FREQ=DAILY RRULE:FREQ=WEEKLY",
    ),
    "no rule": (lambda: read("RDATE:20260101"), RecurrenceError, f"{ONE_RULE} RDATE:20260101"),
    "between a datetime": (
        lambda: FRIDAYS.between(datetime(2026, 1, 1), START), DateTypeError,
        "first is not a plain date: expected datetime.date, got 2026-01-01 00:00:00; ",
    ),
    "between and a datetime": (
        lambda: FRIDAYS.between(START, datetime(2026, 1, 1)), DateTypeError,
        "last is not a plain date: expected datetime.date, got 2026-01-01 00:00:00; ",
    ),
    "next after a datetime": (
        lambda: FRIDAYS.next_after(datetime(2026, 1, 1)), DateTypeError,
        "the day is not a plain date: expected datetime.date, got 2026-01-01 00:00:00; ",
    ),
    "the period of a datetime": (
        lambda: FRIDAYS.period_of(datetime(2026, 1, 1)), DateTypeError,
        "the day is not a plain date: expected datetime.date, got 2026-01-01 00:00:00; ",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        ask()


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", 9226),
        ("FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", 9226),
        ("FREQ=YEARLY;INTERVAL=3;BYDAY=2TU;BYSETPOS=2", 8026),
        ("FREQ=MONTHLY;INTERVAL=7;BYDAY=2TU;BYSETPOS=2", 4826),
        ("FREQ=WEEKLY;INTERVAL=11;BYDAY=MO,TU;BYSETPOS=2;UNTIL=20260105", 2026),
    ],
)
def test_that_a_rule_has_no_day_is_searched_for_in_the_last_cycles_of_the_calendar(
    text: str, searched: int, monkeypatch: pytest.MonkeyPatch
):
    asked: list[date] = []

    def days_from(parts: RuleParts, start: date) -> Iterator[date]:
        asked.append(start)
        return rule_engine_days(parts, start)

    monkeypatch.setattr(rule_engine, "days_from", days_from)
    with pytest.raises(RecurrenceError, match=f"^{NO_DAY}"):
        rule(text)
    assert asked == [START.replace(year=searched)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TH;BYMONTHDAY=1", date.min.replace(day=4)),
        ("FREQ=YEARLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29", day("2027-01-01")),
        ("FREQ=MONTHLY;INTERVAL=7;BYMONTH=5;BYDAY=5MO", day("2027-01-01")),
        ("FREQ=WEEKLY;INTERVAL=53;BYMONTH=2;BYDAY=MO", day("9960-01-01")),
        ("FREQ=YEARLY;INTERVAL=9000;BYDAY=1MO", date.min),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", day("9950-01-01")),
    ],
)
def test_a_rule_that_comes_seldom_comes(text: str, start: date):
    found = RecurrenceRule(text, start, short_months=SKIP)
    assert found.next_after(date.min) is not None
