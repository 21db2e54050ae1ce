"""The texts of recurrence rules: how they are kept, and which are none."""

import re

import pytest

from milestone_invoicing.errors import RecurrenceError, TextTooLongError
from milestone_invoicing.timing.rule_parts import read_rule

KEPT = {
    "FREQ=DAILY": "FREQ=DAILY",
    "RRULE:FREQ=WEEKLY": "FREQ=WEEKLY",
    " freq=weekly;byday=mo ": "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=1": "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=02;WKST=MO": "FREQ=WEEKLY;INTERVAL=2",
    "INTERVAL=2;WKST=SU;FREQ=WEEKLY": "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
    "FREQ=MONTHLY;BYDAY=FR,+2TU;COUNT=3".replace("FR,", ""): "FREQ=MONTHLY;BYDAY=2TU;COUNT=3",
    "FREQ=MONTHLY;BYDAY=2TU,-1FR,1MO": "FREQ=MONTHLY;BYDAY=-1FR,1MO,2TU",
    "FREQ=MONTHLY;BYMONTHDAY=15,-1,15,1": "FREQ=MONTHLY;BYMONTHDAY=-1,1,15",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=+1": "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=1",
    "FREQ=MONTHLY;BYMONTH=12,1;BYSETPOS=-1": "FREQ=MONTHLY;BYMONTH=1,12;BYSETPOS=-1",
    "FREQ=YEARLY;UNTIL=20261231;BYWEEKNO=-53,53;BYDAY=SU": (
        "FREQ=YEARLY;BYWEEKNO=-53,53;BYDAY=SU;UNTIL=20261231"
    ),
    "FREQ=YEARLY;BYYEARDAY=366,-366": "FREQ=YEARLY;BYYEARDAY=-366,366",
    "FREQ=YEARLY;BYDAY=53MO,-53SU": "FREQ=YEARLY;BYDAY=-53SU,53MO",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=30": "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=5MO,-5SU": "FREQ=MONTHLY;BYDAY=-5SU,5MO",
    "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=2": "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=2",
    "FREQ=WEEKLY;BYMONTH=5;BYSETPOS=-1": "FREQ=WEEKLY;BYMONTH=5;BYSETPOS=-1",
    "FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=1": "FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=1",
    f"FREQ=DAILY;INTERVAL={10**15 - 1}": f"FREQ=DAILY;INTERVAL={10**15 - 1}",
}


@pytest.mark.parametrize(("rule", "kept"), KEPT.items(), ids=KEPT)
def test_a_rule_is_kept_in_one_order(rule: str, kept: str):
    assert str(read_rule(rule)) == kept
    assert read_rule(kept) == read_rule(rule)


UNKNOWN = (
    "a recurrence rule has an unknown part: expected FREQ, INTERVAL, BYMONTH, BYWEEKNO, BYYEARDAY, "
    "BYMONTHDAY, BYDAY, BYSETPOS, WKST, COUNT, UNTIL with a value, got"
)
NO_TIMES = "a recurrence of days has no times: expected a rule without"
OFTENER = "a recurrence of days comes more than once a day: expected FREQ=DAILY or less often, got"
NO_POSITION = (
    "a day or a week has no such position: expected BYSETPOS with at most as many as the days of "
    "BYDAY, got"
)
NO_DAY = "no month has such a day: expected BYMONTHDAY with a day that a month of BYMONTH has, got"
UNTIMED = "UNTIL has a time: expected a date such as 20261231, got"
TWO_WAYS = (
    "weekdays with a number stand beside others, and engines read that in two ways: expected all "
    "weekdays of BYDAY with a number, or none, got"
)
UNCOUNTED = (
    "a weekday has a number that nothing counts: expected numbers in BYDAY with MONTHLY or YEARLY, "
    "without BYWEEKNO, got"
)
TOO_MANY = "no month has so many weekdays of one name: expected BYDAY with at most 5, got"
NO_WEEKS = (
    "weeks of the year stand without YEARLY or without days: expected FREQ=YEARLY, BYWEEKNO and "
    "BYDAY, got"
)
NO_YEAR = "days of the year stand without YEARLY: expected FREQ=YEARLY and BYYEARDAY, got"
NOTHING = (
    "positions have nothing to be positions in: expected BYSETPOS with another part that begins "
    "with BY, got"
)
REFUSED = {
    "FREQ=HOURLY": f"{OFTENER} HOURLY",
    "FREQ=MINUTELY;BYDAY=MO": f"{OFTENER} MINUTELY",
    "FREQ=SECONDLY": f"{OFTENER} SECONDLY",
    "FREQ=FORTNIGHTLY": "FREQ is unknown: expected YEARLY or MONTHLY or WEEKLY or DAILY, got 'FORT",
    "FREQ=": "FREQ is unknown: expected YEARLY or MONTHLY or WEEKLY or DAILY, got ''",
    "INTERVAL=2": "a recurrence rule has no FREQ: expected FREQ=MONTHLY or the like, got INT",
    "FREQ=DAILY;BYHOUR=9": f"{NO_TIMES} BYHOUR, got BYHOUR=9",
    "FREQ=DAILY;BYMINUTE=0": f"{NO_TIMES} BYMINUTE, got BYMINUTE=0",
    "FREQ=DAILY;BYSECOND=0": f"{NO_TIMES} BYSECOND, got BYSECOND=0",
    "FREQ=YEARLY;BYEASTER=-2": f"{UNKNOWN} BYEASTER=-2",
    "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BACKWARD": f"{UNKNOWN} RSCALE=GREGORIAN",
    "FREQ=DAILY;X-NOTE=1": f"{UNKNOWN} X-NOTE=1",
    "FREQ=DAILY;": f"{UNKNOWN} ''",
    "FREQ=DAILY;COUNT": f"{UNKNOWN} COUNT",
    "monthly": f"{UNKNOWN} MONTHLY",
    "FREQ=MONTHLY; BYDAY=2TU": f"{UNKNOWN} BYDAY=2TU",
    "RRULE;X=1:FREQ=DAILY": f"{UNKNOWN} RRULE",
    "FREQ=DAILY;COUNT=1;COUNT=2": "a recurrence rule says COUNT twice: expected each part once",
    "FREQ=DAILY;INTERVAL=0": "INTERVAL is out of range: expected 1 to 999999999999999, got 0",
    "FREQ=DAILY;INTERVAL=-1": "INTERVAL is out of range: expected 1 to 999999999999999, got -1",
    f"FREQ=DAILY;INTERVAL={10**15}": "INTERVAL is out of range: expected 1 to 999999999999999, got",
    "FREQ=DAILY;COUNT=0": "COUNT is out of range: expected 1 to 999999999999999, got 0",
    "FREQ=DAILY;COUNT=\u0663": "COUNT is out of range: expected 1 to 999999999999999, got \u0663",
    "FREQ=DAILY;COUNT=2.0": "COUNT is out of range: expected 1 to 999999999999999, got 2.0",
    "FREQ=DAILY;BYMONTH=13": "BYMONTH is out of range: expected 1 to 12, got 13",
    "FREQ=DAILY;BYMONTH=-1": "BYMONTH is out of range: expected 1 to 12, got -1",
    "FREQ=DAILY;BYMONTH=1,": "BYMONTH is out of range: expected 1 to 12, got ",
    "FREQ=MONTHLY;BYMONTHDAY=0": "BYMONTHDAY is out of range: expected 1 to 31, or -1 to -31, ",
    "FREQ=MONTHLY;BYMONTHDAY=-32": "BYMONTHDAY is out of range: expected 1 to 31, or -1 to -31,",
    "FREQ=YEARLY;BYYEARDAY=367": "BYYEARDAY is out of range: expected 1 to 366, or -1 to -366, got",
    "FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO": "BYWEEKNO is out of range: expected 1 to 53, or -1 to -53",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367": "BYSETPOS is out of range: expected 1 to 366, or -1 to",
    "FREQ=WEEKLY;BYDAY=XX": "BYDAY is no weekday: expected such as MO, 2TU or -1FR, got XX",
    "FREQ=MONTHLY;BYDAY=0MO": "BYDAY is no weekday: expected such as MO, 2TU or -1FR, got 0MO",
    "FREQ=YEARLY;BYDAY=54MO": "BYDAY is no weekday: expected such as MO, 2TU or -1FR, got 54MO",
    "FREQ=WEEKLY;WKST=1MO": "WKST is no weekday: expected MO or TU or WE or TH or FR or SA or SU,",
    "FREQ=DAILY;UNTIL=20261231T235959Z": f"{UNTIMED} 20261231T235959Z; write the day alone: ",
    "FREQ=DAILY;UNTIL=20261231T235959": f"{UNTIMED} 20261231T235959; write the day alone: ",
    "FREQ=DAILY;UNTIL=2026-12-31": "UNTIL is no date: expected such as 20261231, got 2026-12-31",
    "FREQ=DAILY;UNTIL=20261131": "UNTIL is no date: expected such as 20261231, got 20261131",
    "FREQ=DAILY;COUNT=1;UNTIL=20261231": "a recurrence has two ends: expected COUNT or UNTIL, got",
    "FREQ=WEEKLY;BYDAY=2TU": f"{UNCOUNTED} FREQ=WEEKLY;BYDAY=2TU",
    "FREQ=DAILY;BYDAY=-1FR": f"{UNCOUNTED} FREQ=DAILY;BYDAY=-1FR",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO": f"{UNCOUNTED} FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=TU,3SA": f"{TWO_WAYS} FREQ=MONTHLY;BYDAY=TU,3SA",
    "FREQ=MONTHLY;BYDAY=6MO": f"{TOO_MANY} FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=YEARLY;BYMONTH=5;BYDAY=-6MO": f"{TOO_MANY} FREQ=YEARLY;BYMONTH=5;BYDAY=-6MO",
    "FREQ=YEARLY;BYWEEKNO=20": f"{NO_WEEKS} FREQ=YEARLY;BYWEEKNO=20",
    "FREQ=MONTHLY;BYWEEKNO=20;BYDAY=MO": f"{NO_WEEKS} FREQ=MONTHLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=MONTHLY;BYYEARDAY=100": f"{NO_YEAR} FREQ=MONTHLY;BYYEARDAY=100",
    "FREQ=WEEKLY;BYMONTHDAY=1": "a week has no days of the month: expected BYDAY, got ",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30": f"{NO_DAY} FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31,-31": f"{NO_DAY} FREQ=DAILY;BYMONTH=4,6;BYMO",
    "FREQ=DAILY;BYSETPOS=1": f"{NOTHING} FREQ=DAILY;BYSETPOS=1",
    "FREQ=MONTHLY;BYSETPOS=-1": f"{NOTHING} FREQ=MONTHLY;BYSETPOS=-1",
    "FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=2": f"{NO_POSITION} FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=2",
    "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-3": f"{NO_POSITION} FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-3",
    "FREQ=WEEKLY;BYMONTH=5;BYSETPOS=2": f"{NO_POSITION} FREQ=WEEKLY;BYMONTH=5;BYSETPOS=2",
}


@pytest.mark.parametrize(("rule", "message"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_what_is_no_rule_of_whole_days_is_refused(rule: str, message: str):
    with pytest.raises(RecurrenceError, match=f"^{re.escape(message)}"):
        read_rule(rule)


def test_a_rule_has_a_length():
    read_rule("FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 4_989))
    message = "a recurrence rule is too long: expected at most 10000 characters, got 10001"
    with pytest.raises(TextTooLongError, match=f"^{message}$"):
        read_rule("FREQ=DAILY;X=".ljust(10_001, "1"))
