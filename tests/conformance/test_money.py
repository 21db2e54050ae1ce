"""Splits and roundings of other money libraries, read from ``../shared/cases``."""

from fractions import Fraction
from typing import Any

import pytest

from milestone_invoicing import (
    Currency,
    Money,
    PrecisionError,
    Price,
    Remainder,
    Rounding,
    allocate,
    round_ratio,
    split_evenly,
)
from tests.conformance.shared_cases import case_id, cases

# A case that contradicts our convention: its source, then why ours differs.
OTHER_SPLITS: dict[str, str] = {}
OTHER_ROUNDINGS: dict[str, str] = {}

SPLITS = cases("money_allocate")
ROUNDINGS = cases("money_round")


def hold_against(ours: object, theirs: object, reason: str | None) -> None:
    """Compare a result of ours with that of *theirs*; a listed one must really differ."""
    if reason is None:
        assert ours == theirs
    else:
        assert ours != theirs, f"no longer different, though listed: {reason}"


def currency(case: dict[str, Any]) -> Currency:
    """Return the currency of *case*; one of our own where the case gives another scale."""
    code = case["currency"]
    return Currency(f"{code}X", case["scale"]) if "scale" in case else Currency.of(code)


def our_split(case: dict[str, Any]) -> list[int]:
    unit = currency(case)
    step = Money(case["step_minor"], unit) if "step_minor" in case else None
    total, policy = Money(case["total_minor"], unit), Remainder[case["remainder"]]
    if "weights" in case:
        parts = allocate(total, case["weights"], remainder=policy, step=step)
    else:
        parts = split_evenly(total, case["parts"], remainder=policy, step=step)
    return [part.minor for part in parts]


@pytest.mark.parametrize("case", SPLITS, ids=case_id)
def test_a_total_is_split_as_elsewhere(case: dict[str, Any]):
    hold_against(our_split(case), case["expected_minor"], OTHER_SPLITS.get(case["source"]))


def rounding(case: dict[str, Any]) -> Rounding | None:
    return None if case["mode"] == "EXACT" else Rounding[case["mode"]]


def width(case: dict[str, Any]) -> Fraction:
    """Return what the result must be a multiple of."""
    return case.get("step_minor", 1) / Fraction(10) ** case["digits"]


def our_rounding(case: dict[str, Any]) -> Fraction:
    """Return the amount of *case* in whole steps, times the step."""
    steps = Price(Fraction(case["amount"]) / width(case), Currency("STEPS", 0))
    return steps.times(1, rounding=rounding(case)).minor * width(case)


@pytest.mark.parametrize("case", ROUNDINGS, ids=case_id)
def test_a_number_is_rounded_as_elsewhere(case: dict[str, Any]):
    if case["expected"] == "ERROR":
        with pytest.raises(PrecisionError, match="finer than its currency"):
            our_rounding(case)
        return
    reason = OTHER_ROUNDINGS.get(case["source"])
    hold_against(our_rounding(case), Fraction(case["expected"]), reason)


@pytest.mark.parametrize("case", [c for c in ROUNDINGS if c["mode"] != "EXACT"], ids=case_id)
def test_the_kernel_rounds_as_elsewhere(case: dict[str, Any]):
    exact = Fraction(case["amount"]) / width(case)
    steps = round_ratio(exact.numerator, exact.denominator, Rounding[case["mode"]])
    reason = OTHER_ROUNDINGS.get(case["source"])
    hold_against(steps * width(case), Fraction(case["expected"]), reason)


WRITTEN = [
    case
    for case in ROUNDINGS
    if case["digits"] >= 0 and "/" not in case["amount"] and "step_minor" not in case
]


@pytest.mark.parametrize("case", WRITTEN, ids=case_id)
def test_an_amount_is_taken_as_elsewhere(case: dict[str, Any]):
    unit = Currency("OWN", case["digits"])
    if case["expected"] == "ERROR":
        with pytest.raises(PrecisionError, match="finer than its currency"):
            Money.of(case["amount"], unit)
        return
    taken = Money.of(case["amount"], unit, rounding=rounding(case))
    reason = OTHER_ROUNDINGS.get(case["source"])
    hold_against(Fraction(taken.amount), Fraction(case["expected"]), reason)


IN_STEPS = [
    case
    for case in ROUNDINGS
    if "step_minor" in case
    and case["mode"] != "EXACT"
    and (Fraction(case["amount"]) * 10 ** case["digits"]).denominator == 1
]


@pytest.mark.parametrize("case", IN_STEPS, ids=case_id)
def test_an_amount_reaches_a_cash_step_as_elsewhere(case: dict[str, Any]):
    unit = Currency("OWN", case["digits"])
    amount = Money.of(case["amount"], unit)
    reached = amount.rounded_to(Money(case["step_minor"], unit), rounding=Rounding[case["mode"]])
    reason = OTHER_ROUNDINGS.get(case["source"])
    hold_against(Fraction(reached.amount), Fraction(case["expected"]), reason)


def test_every_listed_difference_is_among_the_cases():
    assert {case["source"] for case in SPLITS} >= set(OTHER_SPLITS)
    assert {case["source"] for case in ROUNDINGS} >= set(OTHER_ROUNDINGS)
