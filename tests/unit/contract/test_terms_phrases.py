"""Between steps and phrases: which phrases say a step, and which steps a phrase says."""

from datetime import date

import pytest

from milestone_invoicing import RollConvention, SameDay
from milestone_invoicing.contract.terms.phrases import (
    PLACES,
    Numbers,
    numbers_in,
    pattern,
    phrases_of,
    said,
    steps_read,
)
from milestone_invoicing.contract.terms.words import LANGUAGES
from milestone_invoicing.timing import (
    AddDays,
    AddMonths,
    BusinessCalendar,
    DayOfMonth,
    DueStep,
    EndOfMonth,
    FixedDate,
    NextDayOfMonth,
    Proximo,
    RollToBusinessDay,
    SkipClosedPeriods,
)

PHRASES: list[tuple[DueStep, bool, tuple[tuple[str, Numbers], ...]]] = [
    (AddDays(30), True, (("days", Numbers(n=30)),)),
    (AddDays(30), False, (("days later", Numbers(n=30)),)),
    (AddDays(0), True, (("days", Numbers()),)),
    (AddDays(0), False, (("days later", Numbers()),)),
    (AddDays(-3), True, (("days earlier", Numbers(n=3)),)),
    (AddDays(-3), False, (("days earlier", Numbers(n=3)),)),
    (AddMonths(2), True, (("months", Numbers(n=2)),)),
    (AddMonths(2), False, (("months later", Numbers(n=2)),)),
    (AddMonths(-2), True, (("months earlier", Numbers(n=2)),)),
    (EndOfMonth(), True, (("month end", Numbers()),)),
    (EndOfMonth(1), True, (("next month end", Numbers()),)),
    (EndOfMonth(2), True, (("month end ahead", Numbers(n=2)),)),
    (EndOfMonth(-1), True, (("month end before", Numbers(n=1)),)),
    (EndOfMonth(0, SameDay.MOVE), True, (("month end after", Numbers()),)),
    (
        EndOfMonth(1, SameDay.MOVE),
        True,
        (("month end after", Numbers()), ("next month end", Numbers())),
    ),
    (DayOfMonth(10), True, (("day", Numbers(a=10)),)),
    (DayOfMonth(10, 1), True, (("day of next month", Numbers(a=10)),)),
    (DayOfMonth(10, 2), True, (("day ahead", Numbers(a=10, n=2)),)),
    (DayOfMonth(10, -1), True, (("day before", Numbers(a=10, n=1)),)),
    (FixedDate(date(2026, 12, 31)), True, (("date", Numbers(on=date(2026, 12, 31))),)),
    (FixedDate(date(2026, 12, 31)), False, (("date", Numbers(on=date(2026, 12, 31))),)),
    (NextDayOfMonth((20, 5)), True, (("next day", Numbers(days=(5, 20))),)),
    (NextDayOfMonth((5,), SameDay.MOVE), True, (("next day after", Numbers(days=(5,))),)),
    (Proximo(20, 15), True, (("proximo", Numbers(a=20, b=15)),)),
    (Proximo(20, 0), True, (("proximo, month end", Numbers(a=20)),)),
    (Proximo(20, -1), True, (("proximo, before month end", Numbers(a=20, n=1)),)),
    (SkipClosedPeriods(()), False, (("closed", Numbers()),)),
    *(
        (RollToBusinessDay(BusinessCalendar(), each), False, ((each.value, Numbers()),))
        for each in RollConvention
    ),
]


@pytest.mark.parametrize(("step", "first", "phrases"), PHRASES)
def test_which_phrases_say_a_step(step: DueStep, first: bool, phrases):
    assert phrases_of(step, first=first) == phrases


def test_no_text_is_no_steps():
    assert steps_read("") == [()]
    assert steps_read("soon") == []
    assert steps_read("in 3 days, then soon") == []


@pytest.mark.parametrize("then", ["then", "THEN", "Dan", "PUIS", "Dann"])
def test_case_does_not_matter_between_two_steps(then: str):
    read = [(AddDays(3), EndOfMonth())]
    assert steps_read(f"in 3 days, {then} EOM") == steps_read(f"3 days {then} eom") == read


def test_the_two_words_of_one_number_both_read():
    assert steps_read("in 1 days") == steps_read("in 1 day") == [(AddDays(1),)]
    assert steps_read("in 30 day") == steps_read("in 30 days") == [(AddDays(30),)]


@pytest.mark.parametrize("text", ["netto 30", "n/30", "30 mois", "EOM+30"])
def test_a_text_of_two_languages_or_expressions_reads_once(text: str):
    assert len(steps_read(text)) == 1


def test_a_number_takes_at_most_eighteen_digits():
    assert steps_read(f"net {'9' * 18}") == [(AddDays(10**18 - 1),)]
    assert steps_read(f"net {'9' * 19}") == []
    assert PLACES["n"] == r"(?P<n>[0-9]{1,18})"


@pytest.mark.parametrize("place", ["a", "b", "days"])
def test_an_ordinal_takes_at_most_six_digits(place: str):
    found = pattern(f"{{{place}}}")
    assert numbers_in(found.fullmatch("999999th")) == Numbers(
        **{place: (999_999,) if place == "days" else 999_999}
    )
    assert found.fullmatch("1000000th") is None
    assert steps_read("next 1000000th") == []


@pytest.mark.parametrize("digits", ["\u0663\u0660", "\u00b3\u2070", "\uff13\uff10"], ids=ascii)
@pytest.mark.parametrize("place", ["n", "a", "b", "days", "p"])
def test_a_place_takes_ascii_digits_only(place: str, digits: str):
    found = pattern(f"{{{place}}}")
    behind = "%" if place == "p" else ""
    assert found.fullmatch(f"30{behind}") is not None
    assert found.fullmatch(f"{digits}{behind}") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 31 November 2026", []),
        ("on 30 February 2028", []),
        ("on 29/2/2027", []),
        ("on 0/5/2026", []),
        ("on 13/13/2026", []),
        ("on 2026-13-01", []),
        ("on 31 December 0000", []),
        ("on 31 December 26", []),
        ("on 31 Decembre 2026", [(FixedDate(date(2026, 12, 31)),)]),
        ("on 31 December 0026", [(FixedDate(date(26, 12, 31)),)]),
        ("on 5/6/2026", [(FixedDate(date(2026, 6, 5)),), (FixedDate(date(2026, 5, 6)),)]),
        ("op 5/6/2026", [(FixedDate(date(2026, 6, 5)),)]),
        ("5.6.2026", [(FixedDate(date(2026, 6, 5)),)]),
        ("6/6/2026", [(FixedDate(date(2026, 6, 6)),)]),
        ("in 30 days, then on 5 June 2026", []),
        ("on 5 June 2026, then on 5 June 2026", []),
        (
            "on 5 June 2026, then in 30 days",
            [(FixedDate(date(2026, 6, 5)), AddDays(30))],
        ),
    ],
)
def test_a_date_is_read_as_all_that_it_may_mean(text: str, expected: list[tuple[DueStep, ...]]):
    assert steps_read(text) == expected


AFTER: dict[str, tuple[DueStep, list[str]]] = {
    "days after": (AddDays(30), ["30 days", "30 dagen", "30 jours", "30 Tage"]),
    "months after": (AddMonths(3), ["3 months", "3 maanden", "3 mois", "3 Monate"]),
}
ONE_AFTER: dict[str, tuple[DueStep, list[str]]] = {
    "days after": (AddDays(1), ["1 day", "1 dag", "1 jour", "1 Tag"]),
    "months after": (AddMonths(1), ["1 month", "1 maand", "1 mois", "1 Monat"]),
}


@pytest.mark.parametrize("table", [AFTER, ONE_AFTER], ids=["many", "one"])
@pytest.mark.parametrize("kind", AFTER)
def test_the_days_and_months_before_an_event_are_said_and_read(table, kind: str):
    step, texts = table[kind]
    match step:
        case AddDays(number) | AddMonths(number):
            numbers = Numbers(n=number)
    told = [said(each.phrases[kind], each, numbers) for each in LANGUAGES.values()]
    assert told == texts
    assert [steps_read(text) for text in told] == [[(step,)]] * 4
