"""Recurrences from rules of RFC 5545 and back: which they hold, and which they leave to others."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import Recurrence, RecurrenceUnit, ShortMonths
from milestone_invoicing.errors import (
    BlankTextError,
    DateRangeError,
    DateTypeError,
    RecurrenceError,
    WrongTypeError,
)

WEEKS = RecurrenceUnit.WEEKS
LAST_DAY = ShortMonths.LAST_DAY


def day(text: str) -> date:
    return date.fromisoformat(text)


# What is read, from which start, and what it is; 2026-01-15 is a Thursday.
READ = [
    ("FREQ=WEEKLY", "2026-01-15", Recurrence(day("2026-01-15"), 1, WEEKS)),
    ("FREQ=WEEKLY;BYDAY=MO", "2026-01-15", Recurrence(day("2026-01-19"), 1, WEEKS)),
    ("FREQ=WEEKLY;BYDAY=TH", "2026-01-15", Recurrence(day("2026-01-15"), 1, WEEKS)),
    ("FREQ=WEEKLY;BYDAY=FR;INTERVAL=2", "2026-01-15", Recurrence(day("2026-01-16"), 2, WEEKS)),
    ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=2", "2026-01-15", Recurrence(day("2026-01-26"), 2, WEEKS)),
    # Where weeks begin on Sunday, that of the start had its Sunday before it.
    (
        "FREQ=WEEKLY;BYDAY=SU;INTERVAL=2;WKST=SU",
        "2026-01-15",
        Recurrence(day("2026-01-25"), 2, WEEKS),
    ),
    ("FREQ=WEEKLY;BYDAY=SU;INTERVAL=2", "2026-01-15", Recurrence(day("2026-01-18"), 2, WEEKS)),
    ("FREQ=DAILY;INTERVAL=7", "2026-01-15", Recurrence(day("2026-01-15"), 1, WEEKS)),
    (
        "FREQ=DAILY;INTERVAL=14;COUNT=3",
        "2026-01-15",
        Recurrence.two_weekly(day("2026-01-15"), times=3),
    ),
    ("FREQ=MONTHLY", "2026-01-15", Recurrence.monthly(day("2026-01-15"))),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-01-15", Recurrence.monthly(day("2026-01-15"))),
    ("FREQ=MONTHLY;BYMONTHDAY=14", "2026-01-15", Recurrence.monthly(day("2026-02-14"))),
    ("FREQ=MONTHLY;BYMONTHDAY=16", "2026-01-15", Recurrence.monthly(day("2026-01-16"))),
    (
        "FREQ=MONTHLY;BYMONTHDAY=14;INTERVAL=3",
        "2026-01-15",
        Recurrence.quarterly(day("2026-04-14")),
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=28", "2026-02-28", Recurrence.monthly(day("2026-02-28"))),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", Recurrence.monthly(day("2026-01-31"))),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-02-01", Recurrence.monthly(day("2026-02-28"), day=31)),
    (
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "2026-02-01",
        Recurrence.monthly(day("2026-02-28"), day=30),
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=28;BYSETPOS=-1",
        "2026-02-01",
        Recurrence.monthly(day("2026-02-28")),
    ),
    ("FREQ=YEARLY", "2026-01-31", Recurrence.yearly(day("2026-01-31"))),
    (
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=1",
        "2026-01-15",
        Recurrence(day("2026-03-01"), 24),
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=1",
        "2026-01-15",
        Recurrence(day("2028-01-01"), 24),
    ),
    (
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "2026-01-15",
        Recurrence(day("2026-02-28"), 12, day=31),
    ),
    ("FREQ=YEARLY;BYMONTHDAY=10", "2026-01-15", Recurrence.monthly(day("2026-02-10"))),
    (
        "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1",
        "2026-01-15",
        Recurrence.quarterly(day("2026-04-01")),
    ),
    (
        "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1",
        "2026-11-15",
        Recurrence.quarterly(day("2027-01-01")),
    ),
    (
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=30",
        "2026-01-15",
        Recurrence.quarterly(day("2026-03-30")),
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3",
        "2026-01-15",
        Recurrence.monthly(day("2026-01-15"), times=3),
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20260415",
        "2026-01-15",
        Recurrence.monthly(day("2026-01-15"), until=day("2026-04-15")),
    ),
]


@pytest.mark.parametrize(
    ("rule", "start", "expected"), READ, ids=[f"{rule} from {start}" for rule, start, _ in READ]
)
def test_a_rule_is_read_as_a_recurrence(rule: str, start: str, expected: Recurrence):
    assert Recurrence.from_rrule(rule, start=day(start)) == expected
    # What is said where it changes nothing changes nothing.
    for short_months in ShortMonths:
        said = Recurrence.from_rrule(rule, start=day(start), short_months=short_months)
        assert said == expected


SHORT = [
    (
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30",
        "2026-02-10",
        Recurrence.quarterly(day("2026-02-28"), day=30),
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", Recurrence.monthly(day("2026-01-31"))),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-02-10", Recurrence.monthly(day("2026-02-28"), day=31)),
    ("FREQ=MONTHLY;BYMONTHDAY=29", "2026-02-10", Recurrence.monthly(day("2026-02-28"), day=29)),
    ("FREQ=MONTHLY", "2026-01-31", Recurrence.monthly(day("2026-01-31"))),
    ("FREQ=MONTHLY;INTERVAL=3", "2026-01-31", Recurrence.quarterly(day("2026-01-31"))),
    ("FREQ=YEARLY", "2028-02-29", Recurrence.yearly(day("2028-02-29"))),
    ("FREQ=YEARLY;BYMONTH=2", "2026-01-31", Recurrence(day("2026-02-28"), 12, day=31)),
]


@pytest.mark.parametrize(
    ("rule", "start", "expected"), SHORT, ids=[f"{rule} from {start}" for rule, start, _ in SHORT]
)
def test_where_months_lack_the_day_the_caller_says_what_is_meant(
    rule: str, start: str, expected: Recurrence
):
    assert Recurrence.from_rrule(rule, start=day(start), short_months=LAST_DAY) == expected
    with pytest.raises(
        RecurrenceError, match=r"^a rule has a day that some months lack, and people read it in two"
    ) as caught:
        Recurrence.from_rrule(rule, start=day(start))
    assert caught.value.expected == "short_months=ShortMonths.LAST_DAY or ShortMonths.SKIP"
    with pytest.raises(RecurrenceError, match=r"^a recurrence leaves no month out: expected short"):
        Recurrence.from_rrule(rule, start=day(start), short_months=ShortMonths.SKIP)


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12", "2026-01-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=24", "2026-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=30;INTERVAL=3", "2026-03-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=1,7", "2026-01-31"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "2026-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=28", "2026-01-28"),
    ],
)
def test_where_every_month_has_the_day_nothing_has_to_be_said(rule: str, start: str):
    assert Recurrence.from_rrule(rule, start=day(start)).start == day(start)


WRITTEN = [
    (Recurrence.weekly(day("2026-01-15")), "FREQ=WEEKLY;BYDAY=TH"),
    (Recurrence.two_weekly(day("2026-01-18"), times=4), "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=4"),
    (Recurrence.monthly(day("2026-01-15")), "FREQ=MONTHLY;BYMONTHDAY=15"),
    (Recurrence.monthly(day("2026-01-28")), "FREQ=MONTHLY;BYMONTHDAY=28"),
    (
        Recurrence.monthly(day("2026-01-29")),
        "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
    ),
    (Recurrence.monthly(day("2026-01-31")), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (Recurrence.monthly(day("2026-02-28"), day=31), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (Recurrence.quarterly(day("2026-01-31")), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
    (Recurrence.quarterly(day("2026-03-30")), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30"),
    (Recurrence.yearly(day("2026-03-31")), "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    (
        Recurrence.yearly(day("2028-02-29"), until=day("2040-02-29")),
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1;UNTIL=20400229",
    ),
    (Recurrence(day("2026-05-04"), 24), "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=4"),
    (
        Recurrence(date(5, 5, 4), until=date(7, 1, 1)),
        "FREQ=MONTHLY;BYMONTHDAY=4;UNTIL=00070101",
    ),
]


@pytest.mark.parametrize(("recurrence", "rule"), WRITTEN, ids=[rule for _, rule in WRITTEN])
def test_a_recurrence_is_written_as_a_rule(recurrence: Recurrence, rule: str):
    assert recurrence.to_rrule() == rule
    assert Recurrence.from_rrule(rule, start=recurrence.start) == recurrence


NOT_REGULAR = "a rule has its days at more than one distance: expected a weekday or a day of the"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=8",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TH",
        "FREQ=DAILY;BYMONTHDAY=15",
        "FREQ=WEEKLY;BYDAY=MO,TU",
        "FREQ=WEEKLY;BYMONTH=1",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYMONTHDAY=1,15;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=28,30;BYSETPOS=-1;BYMONTH=1",
        "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=15;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTH=1,4;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTH=1,4,8,10;BYMONTHDAY=1",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=1",
        "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=1",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,7;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=28,29;BYSETPOS=-1",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYYEARDAY=100;BYMONTHDAY=10",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    ],
)
def test_what_has_no_one_distance_is_another_value(rule: str):
    with pytest.raises(RecurrenceError, match=f"^{NOT_REGULAR}") as caught:
        Recurrence.from_rrule(rule, start=day("2026-01-15"))
    assert caught.value.hint == "RecurrenceRule(rule, start) holds it"


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (
            lambda: Recurrence.from_rrule("FREQ=MONTHLY", start=datetime(2026, 1, 15)),
            DateTypeError,
            (
                "the start of a rule is not a plain date: expected datetime.date, got 2026-01-15 "
                "00:00:00; call .date() on a datetime"
            ),
        ),
        (
            lambda: Recurrence.from_rrule(
                "FREQ=MONTHLY", start=day("2026-01-15"), short_months="skip"
            ),
            WrongTypeError,
            "short_months is of the wrong type: expected ShortMonths or None, got 'skip'",
        ),
        (
            lambda: Recurrence.from_rrule(None, start=day("2026-01-15")),
            WrongTypeError,
            "a recurrence rule is of the wrong type: expected str, got None",
        ),
        (
            lambda: Recurrence.from_rrule(" ", start=day("2026-01-15")),
            BlankTextError,
            "a recurrence rule is blank: expected some text, got ' '",
        ),
        (
            lambda: Recurrence.from_rrule(
                "FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20260209", start=day("2026-01-15")
            ),
            RecurrenceError,
            "a recurrence ends before it starts: expected 2026-02-10 or later, got 2026-02-09",
        ),
        (
            lambda: Recurrence.from_rrule("FREQ=MONTHLY;BYMONTHDAY=10", start=day("9999-12-15")),
            DateRangeError,
            (
                "a step of months from 9999-12-15 leads to no date: expected a step that stays "
                "within the years 1 to 9999, got 1"
            ),
        ),
        (
            lambda: Recurrence.from_rrule("FREQ=WEEKLY;BYDAY=MO", start=date.max),
            DateRangeError,
            (
                "a step of days from 9999-12-31 leads to no date: expected a step that stays "
                "within the years 1 to 9999, got 3"
            ),
        ),
    ],
    ids=["a datetime", "a word", "None", "blank", "until before", "months end", "weeks end"],
)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()
