"""What each share gets of a total, as equations; then how shares that miss it are refused."""

import re
from datetime import date
from fractions import Fraction

import pytest

from milestone_invoicing import REST, Milestone, Money, Percent, Remainder, Schedule, Weight
from milestone_invoicing.contract.shares import Share, percents_over, resolve_shares
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    MilestoneInvoicingError,
    NumberRangeError,
    NumberTypeError,
    RemainderSignError,
    SharesError,
    WrongTypeError,
)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def pct(points: str) -> Percent:
    return Percent(points)


THIRD = Percent(Fraction(100, 3))
LARGEST, FIRST, LAST, CUMULATIVE, BALANCE = Remainder
SPLITS = [
    ("100", [pct("40"), pct("30"), pct("30")], LARGEST, ["40", "30", "30"]),
    ("100", [THIRD, THIRD, THIRD], LARGEST, ["33.34", "33.33", "33.33"]),
    ("100", [THIRD, THIRD, THIRD], FIRST, ["33.34", "33.33", "33.33"]),
    ("100", [THIRD, THIRD, THIRD], LAST, ["33.33", "33.33", "33.34"]),
    ("100", [THIRD, THIRD, THIRD], CUMULATIVE, ["33.33", "33.34", "33.33"]),
    ("100", [THIRD, THIRD, THIRD], BALANCE, ["33.33", "33.33", "33.34"]),
    ("100", [eur("60"), eur("40")], LARGEST, ["60", "40"]),
    ("100", [REST], LARGEST, ["100"]),
    ("100", [Weight(2), Weight(1), Weight(1)], LARGEST, ["50", "25", "25"]),
    ("1", [Weight(2), Weight(3), Weight(1)], LARGEST, ["0.33", "0.50", "0.17"]),
    ("1", [Weight(2), Weight(3), Weight(1)], FIRST, ["0.34", "0.50", "0.16"]),
    ("100", [pct("30"), eur("20"), REST], LARGEST, ["30", "20", "50"]),
    ("100", [REST, pct("30"), eur("20")], LARGEST, ["50", "30", "20"]),
    ("100", [pct("30"), eur("20"), Weight(3), Weight(1)], LARGEST, ["30", "20", "37.5", "12.5"]),
    ("100", [pct("80"), eur("20")], LARGEST, ["80", "20"]),
    ("100", [eur("20"), pct("80")], LARGEST, ["20", "80"]),
    ("100", [eur("15"), pct("80"), eur("5")], LARGEST, ["15", "80", "5"]),
    # Percents and the share they leave are one split: the part left stands where the last share
    # that is no percent stands, which decides ties and who is last.
    ("0.01", [pct("50"), REST], LARGEST, ["0.01", "0"]),
    ("0.01", [REST, pct("50")], LARGEST, ["0.01", "0"]),
    ("0.01", [REST, pct("50"), REST], LARGEST, ["0", "0.01", "0"]),
    ("0.03", [pct("50"), REST], BALANCE, ["0.02", "0.01"]),
    ("0.03", [REST, pct("50")], BALANCE, ["0.02", "0.01"]),
    ("0.01", [pct("50"), REST], LAST, ["0", "0.01"]),
    # Zero is a gate without a price.
    ("100", [pct("0"), REST], LARGEST, ["0", "100"]),
    ("100", [pct("0"), pct("100")], LARGEST, ["0", "100"]),
    ("100", [eur("0"), REST], LARGEST, ["0", "100"]),
    ("100", [eur("0"), pct("100")], LARGEST, ["0", "100"]),
    ("100", [eur("100"), REST], LARGEST, ["100", "0"]),
    ("100", [pct("100"), REST], LARGEST, ["100", "0"]),
    ("0", [pct("50"), pct("50")], LARGEST, ["0", "0"]),
    ("0", [eur("0"), REST], LARGEST, ["0", "0"]),
    # The mirror: a credit has the same parts, negated; fixed shares follow the sign.
    ("-100", [pct("30"), eur("20"), REST], LARGEST, ["-30", "-20", "-50"]),
    ("-0.03", [pct("50"), pct("50")], BALANCE, ["-0.02", "-0.01"]),
    ("-0.01", [eur("0.01")], LARGEST, ["-0.01"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("total", "shares", "remainder", "expected"),
    SPLITS,
    ids=[f"{t} by {', '.join(map(str, s))} {r.value} = {' + '.join(e)}" for t, s, r, e in SPLITS],
)
def test_resolve(total: str, shares: list[Share], remainder: Remainder, expected: list[str]):
    assert resolve_shares(eur(total), shares, remainder) == tuple(map(eur, expected))


MISSES = [
    ("100", [pct("50"), pct("40")], pct("10"),
     ("the shares leave 10% of the total over: expected 100% in all, got 90%; "
     "add a milestone or instalment with share=REST")),
    ("100", [THIRD, THIRD], THIRD,
     "the shares leave 100/3% of the total over: expected 100% in all, got 200/3%"),
    ("100", [pct("0")], pct("100"), "the shares leave 100% of the total over"),
    ("100", [pct("60"), pct("50")], pct("-10"),
     "the shares ask for 10% more than the total: expected 100% in all, got 110%"),
    ("100", [pct("60"), pct("50"), REST], pct("-10"), "the shares ask for 10% more than the total"),
    ("0", [pct("101"), REST], pct("-1"), "the shares ask for 1% more than the total"),
    ("100", [eur("60"), eur("39.99")], eur("0.01"),
     ("the shares leave EUR 0.01 of the total over: expected EUR 100.00 in all, "
     "got EUR 99.99; add a milestone or instalment with share=REST")),
    ("100", [eur("60"), eur("40.01")], eur("-0.01"),
     ("the shares ask for EUR 0.01 more than the total: "
     "expected EUR 100.00 in all, got EUR 100.01")),
    ("100", [eur("100.01"), REST], eur("-0.01"),
     "the shares ask for EUR 0.01 more than the total"),
    ("100", [pct("50"), eur("49")], eur("1"), "the shares leave EUR 1.00 of the total over"),
    ("100", [pct("50"), eur("51")], eur("-1"), "the shares ask for EUR 1.00 more than the total"),
    ("100", [pct("100"), eur("1")], eur("-1"), "the shares ask for EUR 1.00 more than the total"),
    ("0", [eur("1")], eur("-1"), "the shares ask for EUR 1.00 more than the total"),
    ("-100", [eur("99")], eur("1"), "the shares leave EUR 1.00 of the total over"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("total", "shares", "difference", "message"),
    MISSES,
    ids=[f"{t} - ({' + '.join(map(str, s))}) = {d}" for t, s, d, _ in MISSES],
)
def test_shares_that_miss_the_total(total: str, shares, difference: Share, message: str):
    with pytest.raises(SharesError, match=f"^{re.escape(message)}") as caught:
        resolve_shares(eur(total), shares, LARGEST)
    assert caught.value.difference == difference
    # The hint mends it, so it stands where something is left over and nowhere else.
    left_over = (difference.fraction if isinstance(difference, Percent) else difference.minor) > 0
    assert bool(caught.value.hint) is left_over


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([], "100"),
        ([REST, eur("5")], "100"),
        ([pct("30"), REST, pct("30")], "40"),
        ([pct("100")], "0"),
    ],
    ids=["nothing = 100", "no percents = 100", "30 + 30 = 40", "100 = 0"],
)
def test_what_percents_leave(shares: list[Share], expected: str):
    assert percents_over(shares) == pct(expected)


REFUSALS = {
    "share -1%": (
        lambda: Milestone("a", "Audit", pct("-1")),
        SharesError,
        "the share of milestone 'a' is below zero: expected a share of zero or more, got -1%",
    ),
    "share -0.01": (
        lambda: Milestone("a", "Audit", eur("-0.01")),
        SharesError,
        "the share of milestone 'a' is below zero: expected a share of zero or more, got EUR -0.01",
    ),
    "share 0.4": (
        lambda: Milestone("a", "Audit", 0.4),
        WrongTypeError,
        (
            "the share of milestone 'a' is of the wrong type: expected Percent or Money or Weight, "
            "got 0.4"
        ),
    ),
    "Weight(0)": (
        lambda: Weight(0),
        NumberRangeError,
        "a weight is too small: expected 1 or more, got 0",
    ),
    "Weight(-1)": (
        lambda: Weight(-1),
        NumberRangeError,
        "a weight is too small: expected 1 or more, got -1",
    ),
    "Weight(0.5)": (
        lambda: Weight(0.5),
        NumberTypeError,
        "a weight is not a whole number: expected int, got 0.5",
    ),
    "Weight(True)": (
        lambda: Weight(True),
        NumberTypeError,
        "a weight is not a whole number: expected int, got True",
    ),
    "fixed in another currency": (
        lambda: resolve_shares(eur("100"), [Money.of(100, "USD")], LARGEST),
        CurrencyMismatchError,
        "amounts are in different currencies",
    ),
    "zero in another currency": (
        lambda: resolve_shares(eur("100"), [Money.zero("USD"), REST], LARGEST),
        CurrencyMismatchError,
        "amounts are in different currencies",
    ),
    "0.03 by five, BALANCE": (
        lambda: resolve_shares(eur("0.03"), [REST] * 5, BALANCE),
        RemainderSignError,
        "the last part would have the wrong sign",
    ),
}


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        build()


def test_a_negative_share_is_carried_by_its_error():
    with pytest.raises(SharesError, match="below zero") as caught:
        Milestone("a", "Audit", pct("-1"))
    assert caught.value.difference == pct("-1")


def test_a_weight_reads_as_words():
    assert str(Weight(2)) == "weight 2"
    assert Weight(1) == REST


def test_the_shares_of_a_schedule_are_resolved_by_its_policy():
    milestones = [Milestone(key, key, REST) for key in "abc"]
    amounts = Schedule(eur("100"), milestones, remainder=LAST).amounts(as_of=date(2026, 5, 1))
    assert amounts == (eur("33.33"), eur("33.33"), eur("33.34"))
