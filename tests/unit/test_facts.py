"""Dated facts: what stands on a day, what a reversal takes back, what was known when."""

import re
from datetime import date, datetime
from types import SimpleNamespace

import attrs
import pytest

from milestone_invoicing import (
    REST,
    Approved,
    Delivered,
    Fact,
    Milestone,
    Money,
    Reason,
    Reversed,
    Schedule,
    as_known_on,
)
from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    ImpossibleFactError,
    NothingToReverseError,
    WrongTypeError,
)
from milestone_invoicing.facts import in_order, of_kind, standing

MAY_4, MAY_5, MAY_6, MAY_7 = (date(2026, 5, day) for day in (4, 5, 6, 7))
NOON = datetime(2026, 5, 4, 12)
DELIVERED = Delivered(on=MAY_4)
APPROVED = Approved("client", on=MAY_6)
TAKEN_BACK = Reversed(DELIVERED, "mistake", on=MAY_6)
AUDIT = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])


@pytest.mark.parametrize(
    ("facts", "as_of", "expected"),
    [
        ((DELIVERED,), date(2026, 5, 3), ()),
        ((DELIVERED,), MAY_4, (DELIVERED,)),
        ((DELIVERED,), MAY_5, (DELIVERED,)),
        ((APPROVED, DELIVERED), MAY_5, (DELIVERED,)),
        ((APPROVED, DELIVERED), MAY_6, (DELIVERED, APPROVED)),
        ((DELIVERED, TAKEN_BACK), MAY_5, (DELIVERED,)),
        ((DELIVERED, TAKEN_BACK), MAY_6, ()),
        ((TAKEN_BACK, DELIVERED), MAY_6, ()),
        ((DELIVERED, DELIVERED, TAKEN_BACK), MAY_6, (DELIVERED,)),
        ((DELIVERED, APPROVED, TAKEN_BACK), MAY_6, (APPROVED,)),
        ((DELIVERED, TAKEN_BACK, APPROVED), MAY_7, (APPROVED,)),
        ((DELIVERED, TAKEN_BACK, attrs.evolve(DELIVERED, on=MAY_6)), MAY_6,
         (attrs.evolve(DELIVERED, on=MAY_6),)),
    ],
    ids=[
        "the day before = nothing", "the day itself = there", "the day after = there",
        "a later fact = invisible", "recorded late = in order",
        "the day before the reversal = there", "the day of the reversal = gone",
        "reversal recorded first = gone", "two equal, one reversed = one",
        "another fact of that day stays", "a fact after the reversal stays", "reversed, then again",
    ],
)  # fmt: skip
def test_what_stands(facts, as_of: date, expected):
    assert standing(facts, as_of) == expected


def test_facts_of_one_day_keep_the_order_in_which_they_were_recorded():
    first, second = Approved("b", on=MAY_4), Approved("a", on=MAY_4)
    assert in_order([APPROVED, first, second]) == (first, second, APPROVED)


def test_facts_of_a_kind_come_in_their_order():
    first, second = Approved("b", on=MAY_4), Approved("a", on=MAY_4)
    assert of_kind((first, DELIVERED, second), Approved) == (first, second)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Fact(on=MAY_4), MAY_4),
        (Fact(on=MAY_4, recorded_on=MAY_6), MAY_6),
        (Fact(on=MAY_6, recorded_on=MAY_4), MAY_4),
        (Reversed(DELIVERED, "mistake", on=MAY_6), MAY_6),
        (Reversed(DELIVERED, "mistake", on=MAY_6, recorded_on=MAY_5), MAY_5),
        (Reversed(attrs.evolve(DELIVERED, recorded_on=MAY_7), "mistake", on=MAY_6), MAY_7),
        (
            Reversed(
                attrs.evolve(DELIVERED, recorded_on=MAY_5), "mistake", on=MAY_6, recorded_on=MAY_7
            ),
            MAY_7,
        ),
    ],
    ids=[
        "on 4 = known 4", "on 4, recorded 6 = known 6", "on 6, recorded 4 = known 4",
        "reversal on 6 = known 6", "reversal recorded 5 = known 5",
        "reversal on 6 of one recorded 7 = known 7", "reversal recorded 7 = known 7",
    ],
)  # fmt: skip
def test_since_when_a_fact_is_known(fact: Fact, expected: date):
    assert fact.known_on == expected


@pytest.mark.parametrize(
    ("day", "expected"), [(MAY_5, 0), (MAY_6, 1), (MAY_7, 1)], ids=["5 = 0", "6 = 1", "7 = 1"]
)
def test_what_was_recorded_later_is_dropped(day: date, expected: int):
    schedule = AUDIT.record("a", Delivered(on=MAY_4, recorded_on=MAY_6))
    assert len(as_known_on(schedule, day).facts) == expected


def test_dropping_records_leaves_the_rest_of_the_value_alone():
    schedule = AUDIT.record("a", DELIVERED)
    assert as_known_on(schedule, MAY_4) == schedule
    assert as_known_on(schedule, date(2026, 5, 3)) == AUDIT


def test_a_reversal_is_not_known_before_what_it_reverses():
    late = Delivered(on=MAY_4, recorded_on=MAY_7)
    schedule = AUDIT.record("a", late, Reversed(late, "mistake", on=MAY_6))
    assert as_known_on(schedule, MAY_6) == AUDIT


def test_a_reason_reads_as_its_rule():
    assert str(Reason("delivered since 2026-05-04", (DELIVERED,))) == "delivered since 2026-05-04"
    assert Reason("planned").facts == ()


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: Fact(on=NOON),
            DateTypeError,
            "on is not a plain date: expected datetime.date, got 2026-05-04 12:00:00; call .date()",
        ),
        (
            lambda: Fact(on="2026-05-04"),
            DateTypeError,
            "on is not a plain date: expected datetime.date, got '2026-05-04'",
        ),
        (
            lambda: Fact(on=None),
            DateTypeError,
            "on is not a plain date: expected datetime.date, got None",
        ),
        (
            lambda: Fact(on=MAY_4, recorded_on=NOON),
            DateTypeError,
            "recorded_on is not a plain date: expected datetime.date, got 2026-05-04 12:00:00",
        ),
        (
            lambda: Reversed("a fact", "mistake", on=MAY_6),
            WrongTypeError,
            "the reversed fact is of the wrong type: expected Fact, got 'a fact'",
        ),
        (
            lambda: Reversed(DELIVERED, " ", on=MAY_6),
            BlankTextError,
            "reason is blank: expected some text, got ' '",
        ),
        (
            lambda: Reversed(DELIVERED, None, on=MAY_6),
            WrongTypeError,
            "reason is of the wrong type: expected str, got None",
        ),
        (
            lambda: standing((TAKEN_BACK,), MAY_6),
            NothingToReverseError,
            ("there is nothing to reverse: expected an equal fact that stands on 2026-05-06, "
            "got Delivered on 2026-05-04"),
        ),
        (
            lambda: standing((DELIVERED, TAKEN_BACK, TAKEN_BACK), MAY_6),
            NothingToReverseError,
            "there is nothing to reverse",
        ),
        (
            lambda: standing((attrs.evolve(DELIVERED, recorded_on=MAY_5), TAKEN_BACK), MAY_6),
            NothingToReverseError,
            "there is nothing to reverse",
        ),
        (
            lambda: standing((Reversed(DELIVERED, "x", on=date(2026, 5, 3)), DELIVERED), MAY_6),
            NothingToReverseError,
            "there is nothing to reverse: expected an equal fact that stands on 2026-05-03",
        ),
        (
            lambda: standing(
                (DELIVERED, TAKEN_BACK, Reversed(TAKEN_BACK, "it did happen", on=MAY_7)), MAY_7
            ),
            ImpossibleFactError,
            "a reversal cannot be reversed: expected a fact other than a reversal, got Reversed on",
        ),
        (
            lambda: as_known_on(AUDIT, NOON),
            DateTypeError,
            "day is not a plain date: expected datetime.date, got 2026-05-04 12:00:00",
        ),
        (
            lambda: as_known_on(5, MAY_4),
            WrongTypeError,
            "this value carries no facts: expected a schedule or an invoice, got 5",
        ),
        (
            lambda: as_known_on(Money.of(5, "EUR"), MAY_4),
            WrongTypeError,
            "this value carries no facts: expected a schedule or an invoice, got EUR 5.00",
        ),
        (
            lambda: as_known_on(SimpleNamespace(facts=()), MAY_4),
            WrongTypeError,
            "this value carries no facts: expected a schedule or an invoice, got namespace(",
        ),
        (
            lambda: as_known_on(
                AUDIT.record("a", Delivered(on=MAY_4, recorded_on=MAY_7), APPROVED), MAY_6
            ),
            ImpossibleFactError,
            ("Approved on 2026-05-06 is impossible for milestone 'a': "
            "expected a delivered milestone, got planned; record Delivered(on=...) first"),
        ),
    ],
    ids=[
        "on a datetime", "on a text", "on None", "recorded on a datetime", "reversed text",
        "blank reason", "no reason", "nothing to reverse", "reversed twice",
        "recorded_on differs", "reversed before it happened", "reversed reversal",
        "known on a datetime", "known of a number", "known of an amount",
        "known of no value", "known too little",
    ],
)  # fmt: skip
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        build()
