"""Schedules: what is worth what, what is recorded, and what does not make a schedule."""

import copy
import inspect
import pickle
import re
from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    REST,
    Approved,
    Cleared,
    Delivered,
    Fact,
    Installment,
    Milestone,
    Money,
    PaymentTerms,
    Percent,
    Remainder,
    Reversed,
    Schedule,
    Started,
    WorkRecord,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    DependencyError,
    DuplicateKeyError,
    ImpossibleFactError,
    NothingToReverseError,
    RemainderSignError,
    ScheduleError,
    SharesError,
    UnknownMilestoneError,
    WrongTypeError,
)

MAY_4, MAY_6 = date(2026, 5, 4), date(2026, 5, 6)
NOON = datetime(2026, 5, 4, 12)
TOTAL = Money.of(900, "EUR")
A, B, C = (Milestone(key, key.upper(), REST) for key in "abc")
PAIR = Schedule(TOTAL, [Milestone("a", "A", Percent(40)), B])
DELIVERED = Delivered(on=MAY_4)


def eur(*amounts: str) -> tuple[Money, ...]:
    return tuple(Money.of(amount, "EUR") for amount in amounts)


def chain(**needs: str) -> list[Milestone]:
    """Return one milestone per keyword that depends on each letter of its text."""
    return [Milestone(key, key, REST, depends_on=tuple(text)) for key, text in needs.items()]


@pytest.mark.parametrize(
    ("total", "shares", "remainder", "expected"),
    [
        ("5000", ["40", "30", "30"], Remainder.LARGEST, ["2000", "1500", "1500"]),
        # 184333.37 x 20 % = 36866.674, x 30 % = 55300.011: one cent is left, for the largest rest.
        ("184333.37", ["20", "30", "30", "20"], Remainder.LARGEST,
         ["36866.68", "55300.01", "55300.01", "36866.67"]),
        ("184333.37", ["20", "30", "30", "20"], Remainder.LAST,
         ["36866.67", "55300.01", "55300.01", "36866.68"]),
        ("102.30", ["25", "25", "25", "25"], Remainder.BALANCE,
         ["25.58", "25.58", "25.58", "25.56"]),
    ],
    ids=["5000 by 40/30/30", "184333.37 by 20/30/30/20", "the same, LAST", "102.30 in four"],
)  # fmt: skip
def test_amounts(total: str, shares: list[str], remainder: Remainder, expected: list[str]):
    milestones = [Milestone(f"m{n}", "M", Percent(share)) for n, share in enumerate(shares)]
    schedule = Schedule(*eur(total), milestones, remainder=remainder)
    assert schedule.amounts(as_of=MAY_4) == eur(*expected)


def test_the_amount_of_one_milestone():
    assert PAIR.amount("a", as_of=MAY_4) == Money.of(360, "EUR")
    assert PAIR.amount("b", as_of=MAY_4) == Money.of(540, "EUR")


def test_a_milestone_by_its_key():
    assert PAIR.milestone("b") == B


def test_facts_are_kept_in_the_order_they_were_recorded():
    later = Started(on=MAY_6)
    pair = attrs.evolve(PAIR, milestones=[A, attrs.evolve(B, trigger=MANUAL)])
    schedule = pair.record("b", later).record("a", DELIVERED)
    schedule = schedule.record("b", Cleared("office", on=MAY_4))
    assert [record.key for record in schedule.facts] == ["b", "a", "b"]
    assert schedule.facts_of("a") == (DELIVERED,)
    assert PAIR.facts == ()


def test_recording_nothing_changes_nothing():
    assert PAIR.record("a") == PAIR


def test_recorded_is_constructed():
    facts = [WorkRecord("a", DELIVERED), WorkRecord("a", Approved("client", on=MAY_6))]
    recorded = PAIR.record("a", *(record.fact for record in facts))
    assert recorded == attrs.evolve(PAIR, facts=facts)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (WorkRecord("a", DELIVERED), MAY_4),
        (WorkRecord("a", Delivered(on=MAY_4, recorded_on=MAY_6)), MAY_6),
    ],
    ids=["on 4 = known 4", "recorded 6 = known 6"],
)
def test_since_when_a_record_is_known(record: WorkRecord, expected: date):
    assert record.known_on == expected


@pytest.mark.parametrize(
    "twin", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]
)
def test_a_twin_is_equal_and_knows_its_amounts(twin):
    schedule = PAIR.record("a", DELIVERED)
    assert twin(schedule) == schedule
    assert twin(schedule).amounts(as_of=MAY_4) == schedule.amounts(as_of=MAY_4)


@pytest.mark.parametrize(
    "milestones",
    [
        chain(a="", b="a", c="ab"),
        chain(a="bc", b="c", c=""),
        chain(a="", b="aa"),
        chain(a="", b="a", c="a", d="bc"),
    ],
    ids=["a < b < c", "c < b < a", "named twice", "a diamond"],
)
def test_an_order_without_a_circle_is_accepted(milestones: list[Milestone]):
    assert len(Schedule(TOTAL, milestones).milestones) == len(milestones)


def test_a_total_of_zero_and_a_gate_without_a_price_are_accepted():
    gate = Milestone("gate", "Go or no go", Percent(0))
    assert Schedule(Money.zero("EUR"), [gate, A]).amounts(as_of=MAY_4) == eur("0", "0")
    assert Schedule(TOTAL, [gate, A]).amounts(as_of=MAY_4) == eur("0", "900")


CIRCLE = (
    "milestones depend on each other in a circle: "
    "expected an order in which each comes after those it depends on, got "
)
REFUSALS = {
    "total 900": (
        lambda: Schedule(900, [A]), WrongTypeError,
        "the total is of the wrong type: expected Money, got 900"),
    "total -0.01": (
        lambda: Schedule(*eur("-0.01"), [A]), ScheduleError,
        "a contract's total is below zero: expected zero or more, got EUR -0.01"),
    "no milestones": (
        lambda: Schedule(TOTAL, []), ScheduleError,
        ("a schedule has no milestones: expected at least one Milestone, got (); "
        "one bill for all is a single milestone with share=REST")),
    "a milestone alone": (
        lambda: Schedule(TOTAL, A), WrongTypeError,
        "milestones is not a collection: expected a list or tuple, got Milestone(key='a', title="),
    "a text among milestones": (
        lambda: Schedule(TOTAL, [A, "b"]), WrongTypeError,
        "milestones[1] is of the wrong type: expected Milestone, got 'b'"),
    "signed on a datetime": (
        lambda: Schedule(TOTAL, [A], signed_on=NOON), DateTypeError,
        ("signed_on is not a plain date: expected datetime.date, got 2026-05-04 12:00:00; "
        "call .date() on a datetime")),
    "remainder in words": (
        lambda: Schedule(TOTAL, [A], remainder="last"), WrongTypeError,
        "remainder is of the wrong type: expected Remainder, got 'last'"),
    "terms in words": (
        lambda: Schedule(TOTAL, [A], terms="net 30"), WrongTypeError,
        ("the terms of the schedule is of the wrong type: expected PaymentTerms or None, "
        "got 'net 30'")),
    "facts without keys": (
        lambda: Schedule(TOTAL, [A], facts=[DELIVERED]), WrongTypeError,
        "facts[0] is of the wrong type: expected WorkRecord, got Delivered on 2026-05-04"),
    "shares of 90%": (
        lambda: Schedule(TOTAL, [Milestone("a", "A", Percent(90))]), SharesError,
        ("the shares leave 10% of the total over: expected 100% in all, got 90%; "
        "add a milestone or instalment with share=REST")),
    "a fixed share in dollars": (
        lambda: Schedule(TOTAL, [Milestone("a", "A", Money.of(1, "USD")), B]),
        CurrencyMismatchError,
        "amounts are in different currencies"),
    "0.03 in five, BALANCE": (
        lambda: Schedule(
            *eur("0.03"), [Milestone(key, key, REST) for key in "abcde"],
            remainder=Remainder.BALANCE),
        RemainderSignError, "the last part would have the wrong sign"),
    "one key twice": (
        lambda: Schedule(TOTAL, [A, B, A]), DuplicateKeyError,
        "two milestones have one key: expected unique keys, got 'a'"),
    "depends on what is not there": (
        lambda: Schedule(TOTAL, chain(a="", b="axw")), DependencyError,
        "milestone 'b' depends on a key that is not there: expected one of a, b, got 'w'"),
    "depends on itself": (
        lambda: Schedule(TOTAL, chain(a="a")), DependencyError, f"{CIRCLE}'a -> a'"),
    "two in a circle": (
        lambda: Schedule(TOTAL, chain(a="b", b="a")), DependencyError, f"{CIRCLE}'a -> b -> a'"),
    "a circle behind others": (
        lambda: Schedule(TOTAL, chain(z="", a="zb", b="zc", c="d", d="b")), DependencyError,
        f"{CIRCLE}'b -> c -> d -> b'"),
    "two circles": (
        lambda: Schedule(TOTAL, chain(a="cb", b="a", c="a")), DependencyError,
        f"{CIRCLE}'a -> b -> a'"),
    "a record without a key": (
        lambda: WorkRecord("", DELIVERED), BlankTextError,
        "the key of a record is blank: expected some text, got ''"),
    "a record of a bare fact": (
        lambda: WorkRecord("a", Fact(on=MAY_4)), WrongTypeError,
        ("the fact for milestone 'a' is of the wrong type: expected Started or ProgressReported or "
        "MaterialsStored or Delivered or Approved or Rejected or Cleared or Cancelled or Reversed, "
        "got Fact on 2026-05-04")),
    "a record for nobody": (
        lambda: Schedule(TOTAL, [A], facts=[WorkRecord("b", DELIVERED)]), UnknownMilestoneError,
        "no milestone has this key: expected one of a, got 'b'"),
    "an impossible record": (
        lambda: Schedule(TOTAL, [A], facts=[WorkRecord("a", Cleared("me", on=MAY_4))]),
        ImpossibleFactError,
        ("Cleared on 2026-05-04 is impossible for milestone 'a': "
        "expected a milestone with trigger=MANUAL, got 'on approval'")),
    "an impossible record of the second": (
        lambda: PAIR.record("a", DELIVERED).record("b", Approved("client", on=MAY_4)),
        ImpossibleFactError, "Approved on 2026-05-04 is impossible for milestone 'b': "),
    "a reversal of the other's fact": (
        lambda: PAIR.record("a", DELIVERED).record("b", Reversed(DELIVERED, "why", on=MAY_6)),
        NothingToReverseError, "there is nothing to reverse: "),
    "record for nobody": (
        lambda: PAIR.record("c", DELIVERED), UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, got 'c'"),
    "record nothing for nobody": (
        lambda: PAIR.record("c"), UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, got 'c'"),
    "record a text": (
        lambda: PAIR.record("a", "delivered"), WrongTypeError,
        "the fact for milestone 'a' is of the wrong type: expected Started or "),
    "facts of nobody": (
        lambda: PAIR.facts_of("c"), UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, got 'c'"),
    "amount of nobody": (
        lambda: PAIR.amount("c", as_of=MAY_4), UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, got 'c'"),
    "amounts on a datetime": (
        lambda: PAIR.amounts(as_of=NOON), DateTypeError,
        "as_of is not a plain date: expected datetime.date, got 2026-05-04 12:00:00"),
    "amount on a text": (
        lambda: PAIR.amount("a", as_of="2026-05-04"), DateTypeError,
        "as_of is not a plain date: expected datetime.date, got '2026-05-04'"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        build()


@pytest.mark.parametrize(
    ("kind", "positional"),
    [
        (Milestone, ["key", "title", "share"]),
        (Schedule, ["total", "milestones"]),
        (PaymentTerms, ["installments", "discounts"]),
        (Installment, ["share", "due"]),
    ],
)
def test_only_what_names_itself_goes_without_a_name(kind: type, positional: list[str]):
    parameters = inspect.signature(kind).parameters.values()
    by_name = {
        parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY
    }
    assert [field.name for field in attrs.fields(kind) if field.name not in by_name] == positional


def test_a_schedule_holds_what_was_agreed():
    terms = PaymentTerms.net(14)
    manual = Milestone("a", "A", REST, trigger=MANUAL)
    schedule = Schedule(TOTAL, iter([manual]), signed_on=MAY_4, terms=terms)
    assert schedule.milestones == (manual,)
    assert (schedule.signed_on, schedule.terms) == (MAY_4, terms)
