"""The laws of instalments of every kind: amounts add up, days go forward, explanations replay."""

from datetime import date, timedelta
from decimal import localcontext
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    Installment,
    InstallmentShare,
    Money,
    PaymentTerms,
    PercentOfRest,
    PercentOfUntaxed,
    Remainder,
    Rounding,
    Weight,
)
from milestone_invoicing.contract.terms.installments import installment_amounts
from milestone_invoicing.errors import RemainderSignError
from milestone_invoicing.money import round_ratio
from tests.architecture.environment import HOSTILE
from tests.properties.agreements import days, due_rules, forward_steps
from tests.properties.discounted_bills import EVENTS, payables

Drawn = tuple[Money, Money, list[InstallmentShare]]

REMAINDERS = st.sampled_from(Remainder)
ROUNDINGS = st.sampled_from(Rounding)
WIDTHS = st.sampled_from([1, 5, 10, 100])


def amounts(drawn: Drawn, **options) -> list[int]:
    """Return the amounts; a step or BALANCE may say that it cannot divide this payable."""
    payable, untaxed, shares = drawn
    try:
        parts = installment_amounts(payable, shares, untaxed=untaxed, **options)
    except RemainderSignError:
        assume(False)
        raise
    assert Money.total(parts, currency="JPY") == payable
    assert len(parts) == len(shares)
    return [part.minor for part in parts]


def mirrored(drawn: Drawn) -> Drawn:
    payable, untaxed, shares = drawn
    return -payable, -untaxed, shares


def exact(drawn: Drawn, parts: list[int]) -> list[Fraction]:
    """Return what each share is of by itself, given what the ones before it got."""
    payable, untaxed, shares = drawn
    found: list[Fraction] = []
    for index, share in enumerate(shares):
        match share:
            case Money():
                found.append(Fraction(share.minor))
            case PercentOfUntaxed():
                found.append(untaxed.minor * share.percent.fraction)
            case PercentOfRest():
                left = payable.minor - sum(parts[:index])
                found.append(left * share.percent.fraction)
            case Weight():
                found.append(_of_the_weights(payable.minor, shares, parts) * share.n)
            case _:
                found.append(payable.minor * share.fraction)
    return found


def _of_the_weights(payable: int, shares: list[InstallmentShare], parts: list[int]) -> Fraction:
    pairs = list(zip(shares, parts, strict=True))
    others = sum(part for share, part in pairs if not isinstance(share, Weight))
    weights = sum(share.n for share in shares if isinstance(share, Weight))
    return Fraction(payable - others, weights)


@given(payables(), REMAINDERS)
def test_instalments_of_every_kind_sum_to_the_payable_and_none_is_below_zero(
    drawn: Drawn, remainder: Remainder
):
    assert min(amounts(drawn, remainder=remainder)) >= 0


@given(payables(), REMAINDERS, st.none() | WIDTHS, ROUNDINGS)
def test_a_negative_payable_has_the_negated_amounts(
    drawn: Drawn, remainder: Remainder, width: int | None, rounding: Rounding
):
    step = None if width is None else Money.of(width, "JPY")
    options = {"remainder": remainder, "step": step, "step_rounding": rounding}
    opposite = amounts(mirrored(drawn), **options)
    assert opposite == [-amount for amount in amounts(drawn, **options)]


@given(payables(), REMAINDERS)
def test_no_amount_is_further_from_its_share_than_the_units_that_were_left(
    drawn: Drawn, remainder: Remainder
):
    parts = amounts(drawn, remainder=remainder)
    offs = zip(parts, exact(drawn, parts), strict=True)
    assert all(abs(part - share) <= len(parts) for part, share in offs)


@given(payables())
def test_fixed_amounts_stand_and_percents_of_what_is_left_are_rounded_half_up(drawn: Drawn):
    parts = amounts(drawn)
    for share, part, whole in zip(drawn[2], parts, exact(drawn, parts), strict=True):
        if isinstance(share, Money):
            assert part == share.minor
        if isinstance(share, PercentOfRest):
            assert part == round_ratio(whole.numerator, whole.denominator, Rounding.HALF_UP)


@given(payables(), WIDTHS, ROUNDINGS)
def test_with_a_step_all_but_the_last_movable_amount_are_multiples_of_it(
    drawn: Drawn, width: int, rounding: Rounding
):
    shares = drawn[2]
    parts = amounts(drawn, step=Money.of(width, "JPY"), step_rounding=rounding)
    movable = [index for index, share in enumerate(shares) if not isinstance(share, Money)]
    for index in movable[:-1]:
        assert parts[index] % width == 0
    for share, part in zip(shares, parts, strict=True):
        assert not isinstance(share, Money) or part == share.minor


@given(payables(), WIDTHS, ROUNDINGS)
def test_with_a_step_each_amount_is_its_share_rounded_once(
    drawn: Drawn, width: int, rounding: Rounding
):
    shares = drawn[2]
    assume(sum(isinstance(share, Weight) for share in shares) <= 1)
    parts = amounts(drawn, step=Money.of(width, "JPY"), step_rounding=rounding)
    movable = [index for index, share in enumerate(shares) if not isinstance(share, Money)]
    wholes = exact(drawn, parts)
    for index in movable[:-1]:
        if not isinstance(shares[index], Weight):
            whole = wholes[index] / width
            rounded = round_ratio(whole.numerator, whole.denominator, rounding)
            assert parts[index] == rounded * width


@given(payables(), REMAINDERS, st.none() | WIDTHS)
def test_the_ambient_decimal_context_changes_no_amount(
    drawn: Drawn, remainder: Remainder, width: int | None
):
    step = None if width is None else Money.of(width, "JPY")
    parts = amounts(drawn, remainder=remainder, step=step)
    with localcontext(HOSTILE):
        assert amounts(drawn, remainder=remainder, step=step) == parts


installments = st.lists(
    st.builds(
        lambda rule, after: Installment(REST, rule, after=after),
        due_rules(forward_steps()),
        st.sampled_from([None, None, *EVENTS]),
    ),
    min_size=1,
    max_size=3,
)
terms = st.builds(
    lambda parts, sequential: PaymentTerms(parts, sequential=sequential),
    installments,
    st.booleans(),
)
known_days = st.dictionaries(st.sampled_from(EVENTS), days(), max_size=2)
THOUSAND = Money.of(1000, "EUR")


def awaited(found: PaymentTerms, events: dict[str, date]) -> dict[str, date]:
    return {event: on for event, on in events.items() if event in found.events}


def dues(found: PaymentTerms, issued_on: date, events: dict[str, date]) -> list[date | None]:
    known = awaited(found, events)
    return [part.due_on for part in found.due(THOUSAND, issued_on, events=known)]


@given(installments, days())
def test_in_a_sequence_days_never_fall(parts: list[Installment], issued_on: date):
    plain = [attrs.evolve(part, after=None) for part in parts]
    found = dues(PaymentTerms(plain, sequential=True), issued_on, {})
    assert [issued_on, *found] == sorted([issued_on, *found])


@given(installments, days())
def test_a_sequence_is_each_rule_from_the_day_before(parts: list[Installment], issued_on: date):
    plain = [attrs.evolve(part, after=None) for part in parts]
    start = issued_on
    for part, due_on in zip(
        plain, dues(PaymentTerms(plain, sequential=True), issued_on, {}), strict=True
    ):
        start = part.due.due_on(start)
        assert due_on == start


@given(terms, days(), known_days, st.integers(0, 400))
def test_no_part_of_a_later_invoice_is_due_earlier(
    found: PaymentTerms, issued_on: date, events: dict[str, date], later: int
):
    before = dues(found, issued_on, events)
    after = dues(found, issued_on + timedelta(later), events)
    for one, other in zip(before, after, strict=True):
        assert (one is None) is (other is None)
        assert one is None or one <= other


@given(terms, days(), known_days, st.integers(0, 400))
def test_no_part_is_due_earlier_after_a_later_event(
    found: PaymentTerms, issued_on: date, events: dict[str, date], later: int
):
    moved = {event: on + timedelta(later) for event, on in events.items()}
    pairs = zip(dues(found, issued_on, events), dues(found, issued_on, moved), strict=True)
    assert all(one is None or one <= other for one, other in pairs)


@given(terms, days(), known_days)
def test_a_part_has_a_day_once_its_event_has_one_and_never_before_the_issue_date(
    found: PaymentTerms, issued_on: date, events: dict[str, date]
):
    days_due = dues(found, issued_on, events)
    waits = False
    for part, due_on in zip(found.installments, days_due, strict=True):
        if part.after is not None:
            waits = part.after not in events
        elif not found.sequential:
            waits = False
        assert (due_on is None) is waits
        assert due_on is None or due_on >= issued_on


@given(terms, days(), known_days)
def test_what_waits_for_no_event_is_not_moved_by_one(
    found: PaymentTerms, issued_on: date, events: dict[str, date]
):
    assume(not found.sequential)
    pairs = zip(dues(found, issued_on, {}), dues(found, issued_on, events), strict=True)
    assert all(one is None or one == other for one, other in pairs)


@given(terms, days(), known_days)
def test_an_explanation_replays_to_the_day(
    found: PaymentTerms, issued_on: date, events: dict[str, date]
):
    days_due = dues(found, issued_on, events)
    explained = found.explain(issued_on, events=awaited(found, events))
    previous: date | None = issued_on
    for part, steps, due_on in zip(found.installments, explained, days_due, strict=True):
        start = previous if found.sequential else issued_on
        if part.after is not None:
            start = events.get(part.after)
        if steps:
            assert tuple(step for step, _ in steps) == part.due.steps
            for step, reached in steps:
                start = step.apply(start)
                assert start == reached
        elif start is not None:
            start = max(start, issued_on)
        assert start == due_on
        previous = due_on
