"""Instalments as equations: shares of what is left and of the untaxed amount, steps, events."""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DayOfMonth,
    DueAmount,
    DueRule,
    EndOfMonth,
    Installment,
    InstallmentShare,
    Money,
    PaymentTerms,
    Percent,
    PercentOfRest,
    PercentOfUntaxed,
    Remainder,
    Rounding,
    Weight,
)
from milestone_invoicing.contract.terms.installments import installment_amounts
from tests.unit.bills import april, eur, june, may

REST_50, REST_100 = PercentOfRest(50), PercentOfRest(100)
UNTAXED_40 = PercentOfUntaxed(40)
TEN_DAYS = DueRule((AddDays(10),))
HUNDRED = eur(100)
FIVE_CENTS, TENS = eur("0.05"), eur(10)


def pct(points: str | int) -> Percent:
    return Percent(points)


def amounts(payable: str, shares: list[InstallmentShare], **options: Any) -> list[str]:
    parts = installment_amounts(eur(payable), shares, **options)
    return [str(part.amount) for part in parts]


OF_REST = {
    "50% of 100, 50% of 50, 25 left": (
        "100", [REST_50, REST_50, REST], ["50.00", "25.00", "25.00"]),
    "50% of 100, all of 50, no rest": (
        "100", [REST_50, REST_100, REST], ["50.00", "50.00", "0.00"]),
    "50% of 100, all of 50": ("100", [REST_50, REST_100], ["50.00", "50.00"]),
    "all of 100": ("100", [REST_100], ["100.00"]),
    "0% of 100, all": ("100", [PercentOfRest(0), REST], ["0.00", "100.00"]),
    "50% of 0.01 = 0.005 = 0.01, 0": ("0.01", [REST_50, REST], ["0.01", "0.00"]),
    "50% of 0.03 = 0.015 = 0.02, 50% of 0.01 = 0.01, 0": (
        "0.03", [REST_50, REST_50, REST], ["0.02", "0.01", "0.00"]),
    "-50% of 0.03 = -0.02, -0.01": ("-0.03", [REST_50, REST], ["-0.02", "-0.01"]),
    "20 of 100, 50% of 80, 40": ("100", [eur(20), REST_50, REST], ["20.00", "40.00", "40.00"]),
    "50% of 100, 20, 30": ("100", [REST_50, eur(20), REST], ["50.00", "20.00", "30.00"]),
    "50% of 100, 20, 50% of 30, 15": (
        "100", [REST_50, eur(20), REST_50, REST], ["50.00", "20.00", "15.00", "15.00"]),
    "30% of 100, 50% of 70, 35": ("100", [pct(30), REST_50, REST], ["30.00", "35.00", "35.00"]),
    "50% of 100, 30% of 100, 20": ("100", [REST_50, pct(30), REST], ["50.00", "30.00", "20.00"]),
    "50% of 100, 30% of 100, 50% of 20, 10": (
        "100", [REST_50, pct(30), REST_50, REST], ["50.00", "30.00", "10.00", "10.00"]),
    "50% of 100, weights 1 and 3 of 50": (
        "100", [REST_50, Weight(1), Weight(3)], ["50.00", "12.50", "37.50"]),
    "100 of 100, 50% of nothing, nothing": (
        "100", [HUNDRED, REST_50, REST], ["100.00", "0.00", "0.00"]),
}  # fmt: skip


@pytest.mark.parametrize(("payable", "shares", "expected"), OF_REST.values(), ids=OF_REST)
def test_percents_of_what_is_left(payable: str, shares, expected: list[str]):
    assert amounts(payable, shares) == expected


OF_UNTAXED = {
    "40% of 1000, 810 of 1210": ("1210", "1000", [UNTAXED_40, REST], ["400.00", "810.00"]),
    "40% of -1000, -810": ("-1210", "-1000", [UNTAXED_40, REST], ["-400.00", "-810.00"]),
    "all of 1000, 210 of tax": ("1210", "1000", [PercentOfUntaxed(100), REST],
                                ["1000.00", "210.00"]),
    "all of 100 in thirds, then the tax": (
        "121", "100", [PercentOfUntaxed("100/3")] * 3 + [REST],
        ["33.33", "33.33", "33.34", "21.00"]),
    "40% of 0": ("10", "0", [UNTAXED_40, REST], ["0.00", "10.00"]),
    "40% of 100, 50% of 81, 40.50": (
        "121", "100", [UNTAXED_40, REST_50, REST], ["40.00", "40.50", "40.50"]),
    "40% of 100, 50% of 121, 20.50": (
        "121", "100", [UNTAXED_40, pct(50), REST], ["40.00", "60.50", "20.50"]),
    "10, 40% of 100, all of 71": (
        "121", "100", [eur(10), UNTAXED_40, REST_100], ["10.00", "40.00", "71.00"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("payable", "untaxed", "shares", "expected"), OF_UNTAXED.values(), ids=OF_UNTAXED
)
def test_percents_of_the_untaxed_amount(payable: str, untaxed: str, shares, expected: list[str]):
    assert amounts(payable, shares, untaxed=eur(untaxed)) == expected


def test_the_remainder_policy_divides_the_untaxed_amount():
    third = PercentOfUntaxed("100/3")
    shares = [third, third, third, REST]
    first = amounts("121", shares, untaxed=HUNDRED, remainder=Remainder.FIRST)
    assert first == ["33.34", "33.33", "33.33", "21.00"]


def test_nothing_is_divided_into_nothing():
    nothing = ["0.00", "0.00", "0.00"]
    assert amounts("0", [pct(50), REST_50, REST]) == nothing
    assert amounts("0", [UNTAXED_40, REST_50, REST], untaxed=eur(0), step=TENS) == nothing


def test_what_is_rare_is_given_by_name():
    with pytest.raises(TypeError, match="positional arguments"):
        Installment(REST, DueRule(), "a")
    with pytest.raises(TypeError, match="positional arguments"):
        PaymentTerms([Installment(REST)], [], True)


def test_shares_print_as_words():
    assert (str(REST_50), str(UNTAXED_40)) == ("50% of the rest", "40% of the amount without tax")
    assert PercentOfRest(Percent(50)) == PercentOfRest("50") == REST_50


STEPS = {
    "100.07 in thirds by 0.05": (
        "100.07", [Weight(1)] * 3, FIVE_CENTS, "half_up", ["33.35", "33.35", "33.37"]),
    "-100.07 in thirds by 0.05": (
        "-100.07", [Weight(1)] * 3, FIVE_CENTS, "half_up", ["-33.35", "-33.35", "-33.37"]),
    "33% of 100 by 10 = 30": ("100", [pct(33), REST], TENS, "half_up", ["30.00", "70.00"]),
    "33% of 100 by 10, up = 40": ("100", [pct(33), REST], TENS, "up", ["40.00", "60.00"]),
    "35% of 100 by 10 = 40": ("100", [pct(35), pct(65)], TENS, "half_up", ["40.00", "60.00"]),
    "35% of 100 by 10, half down = 30": (
        "100", [pct(35), pct(65)], TENS, "half_down", ["30.00", "70.00"]),
    "39% of 100 by 10, down = 30": ("100", [pct(39), REST], TENS, "down", ["30.00", "70.00"]),
    "a fixed 17, then 40 and 43": (
        "100", [eur(17), Weight(1), Weight(1)], TENS, "half_up", ["17.00", "40.00", "43.00"]),
    "a fixed last, the movable before it has the balance": (
        "100", [pct(33), REST, eur(17)], TENS, "half_up", ["30.00", "53.00", "17.00"]),
    "only fixed ones": ("27", [eur(17), eur(10)], TENS, "half_up", ["17.00", "10.00"]),
    "50% of 100, 50% of 50 by 10 = 30, 20": (
        "100", [REST_50, REST_50, REST], TENS, "half_up", ["50.00", "30.00", "20.00"]),
    "47 of 100, 50% of 53 by 10 = 30": (
        "100", [eur(47), REST_50, REST], TENS, "half_up", ["47.00", "30.00", "23.00"]),
    "30% of 100, weights 1 and 3 of 70 by 10 = 20, 50": (
        "100", [pct(30), Weight(1), Weight(3)], TENS, "half_up", ["30.00", "20.00", "50.00"]),
    "weights first, 30% last": (
        "100", [Weight(1), Weight(1), pct(30)], TENS, "half_up", ["40.00", "40.00", "20.00"]),
    "9 by 10, down = 0, 9": ("9", [pct(50), REST], TENS, "down", ["0.00", "9.00"]),
    "all of it rounded up, nothing left": ("10", [pct(50), REST], TENS, "up", ["10.00", "0.00"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("payable", "shares", "step", "rounding", "expected"), STEPS.values(), ids=STEPS
)
def test_amounts_in_steps(payable: str, shares, step: Money, rounding: str, expected: list[str]):
    assert amounts(payable, shares, step=step, step_rounding=Rounding(rounding)) == expected


def test_a_step_rounds_percents_of_the_untaxed_amount():
    options = {"untaxed": eur(1010), "step": TENS}
    assert amounts("1222.10", [UNTAXED_40, REST], **options) == ["400.00", "822.10"]
    assert amounts("-1222.10", [UNTAXED_40, REST], step=TENS, untaxed=eur(-1010)) == [
        "-400.00",
        "-822.10",
    ]


def test_the_smallest_step_is_one_cent():
    by_cents = PaymentTerms([Installment(Weight(1))] * 3, step=eur("0.01"))
    assert [part.amount for part in by_cents.due(eur("0.05"), may(1))] == [
        eur("0.02"),
        eur("0.02"),
        eur("0.01"),
    ]


def test_terms_pass_on_their_step_and_rounding():
    terms = PaymentTerms(
        [Installment(pct(33)), Installment(REST)], step=TENS, step_rounding=Rounding.UP
    )
    assert [str(part.amount) for part in terms.due(HUNDRED, may(1))] == ["EUR 40.00", "EUR 60.00"]
    plain = PaymentTerms([Installment(pct(35)), Installment(REST)], step=TENS)
    assert plain.due(HUNDRED, may(1))[0].amount == eur(40)


def terms(*rules: tuple[str | None, DueRule], sequential: bool = False) -> PaymentTerms:
    parts = [Installment(REST, rule, after=after) for after, rule in rules]
    return PaymentTerms(parts, sequential=sequential)


BACK = DueRule((AddDays(-10),), may_precede=True)
NO_RULE = DueRule()
DAYS = {
    "10 and 10 days, each from the issue date": (
        terms((None, TEN_DAYS), (None, TEN_DAYS)), {}, [may(11), may(11)]),
    "10 and 10 days, one after the other": (
        terms((None, TEN_DAYS), (None, TEN_DAYS), sequential=True), {}, [may(11), may(21)]),
    "10 days, then at once": (
        terms((None, TEN_DAYS), (None, NO_RULE), sequential=True), {}, [may(11), may(11)]),
    "waiting": (terms(("a", TEN_DAYS)), {}, [None]),
    "10 days after the event": (terms(("a", TEN_DAYS)), {"a": may(5)}, [may(15)]),
    "10 days after an event that leads to the issue date": (
        terms(("a", TEN_DAYS)), {"a": april(21)}, [may(1)]),
    "10 days after an event that leads to the day after": (
        terms(("a", TEN_DAYS)), {"a": april(22)}, [may(2)]),
    "10 days after an event long ago": (terms(("a", TEN_DAYS)), {"a": april(1)}, [may(1)]),
    "an event long ago, back allowed": (
        terms(("a", BACK)), {"a": april(21)}, [april(11)]),
    "back from the issue date": (terms((None, BACK)), {}, [april(21)]),
    "at once after the event": (terms(("a", NO_RULE)), {"a": may(5)}, [may(5)]),
    "two events, one of which happened": (
        terms(("a", TEN_DAYS), ("b", TEN_DAYS)), {"b": may(5)}, [None, may(15)]),
    "one event for both": (
        terms(("a", NO_RULE), ("a", TEN_DAYS)), {"a": may(5)}, [may(5), may(15)]),
    "after what waits: it waits too": (
        terms(("a", TEN_DAYS), (None, TEN_DAYS), sequential=True), {}, [None, None]),
    "after what waited": (
        terms(("a", TEN_DAYS), (None, TEN_DAYS), sequential=True), {"a": may(5)},
        [may(15), may(25)]),
    "after what waited and came early: from the issue date": (
        terms(("a", TEN_DAYS), (None, TEN_DAYS), sequential=True), {"a": april(5)},
        [may(1), may(11)]),
    "an event counts by itself, also in a sequence": (
        terms(("a", TEN_DAYS), ("b", TEN_DAYS), (None, TEN_DAYS), sequential=True),
        {"b": may(5)}, [None, may(15), may(25)]),
    "not sequential: the next waits for nothing": (
        terms(("a", TEN_DAYS), (None, TEN_DAYS)), {}, [None, may(11)]),
}  # fmt: skip


@pytest.mark.parametrize(("found", "events", "expected"), DAYS.values(), ids=DAYS)
def test_days(found: PaymentTerms, events: dict[str, date], expected: list[date | None]):
    parts = found.due(HUNDRED, may(1), events=events)
    assert [part.due_on for part in parts] == expected
    assert [part.after for part in parts] == [part.after for part in found.installments]


def test_what_waits_has_its_amount_and_no_day():
    assert terms(("letter of credit", TEN_DAYS)).due(HUNDRED, may(1)) == (
        DueAmount(None, HUNDRED, "letter of credit"),
    )
    assert terms(("a", TEN_DAYS)).due(eur(0), may(1)) == (DueAmount(may(1), eur(0), None),)


def test_the_events_of_terms_come_once_each_in_definition_order():
    found = terms(("b", NO_RULE), (None, NO_RULE), ("a", NO_RULE), ("b", TEN_DAYS))
    assert found.events == ("b", "a")
    assert PaymentTerms().events == ()


EXPLAINED = {
    "at once": (terms((None, NO_RULE)), {}, [[]]),
    "30 days, then EOM": (
        terms((None, DueRule((AddDays(30), EndOfMonth())))), {}, [[may(31), may(31)]]),
    "one after the other": (
        terms((None, TEN_DAYS), (None, TEN_DAYS), sequential=True), {}, [[may(11)], [may(21)]]),
    "each from the issue date": (
        terms((None, TEN_DAYS), (None, TEN_DAYS)), {}, [[may(11)], [may(11)]]),
    "waiting": (terms(("a", TEN_DAYS)), {}, [[]]),
    "after the event": (terms(("a", TEN_DAYS)), {"a": may(5)}, [[may(15)]]),
    "an event too early": (terms(("a", TEN_DAYS)), {"a": april(5)}, [[]]),
    "an event that leads to the issue date": (
        terms(("a", TEN_DAYS)), {"a": april(21)}, [[may(1)]]),
    "an event too early, back allowed": (terms(("a", BACK)), {"a": april(21)}, [[april(11)]]),
    "after what came too early": (
        terms(("a", TEN_DAYS), (None, TEN_DAYS), sequential=True), {"a": april(5)},
        [[], [may(11)]]),
}  # fmt: skip


@pytest.mark.parametrize(("found", "events", "expected"), EXPLAINED.values(), ids=EXPLAINED)
def test_steps_and_the_days_they_reach(found: PaymentTerms, events: dict[str, date], expected):
    steps = found.explain(may(1), events=events)
    assert [[day for _, day in part] for part in steps] == expected


def test_an_explanation_names_each_step():
    found = terms((None, DueRule((AddDays(30), DayOfMonth(10, months=1)))))
    assert found.explain(may(1)) == (
        ((AddDays(30), may(31)), (DayOfMonth(10, months=1), june(10))),
    )


CODES = {
    "on receipt": (PaymentTerms(), "10"),
    "net 30": (PaymentTerms.net(30), "1"),
    "EOM": (PaymentTerms.end_of_month(), "2"),
    "instalments": (PaymentTerms.monthly(2), "21"),
    "one instalment": (PaymentTerms.monthly(1), "1"),
}


@pytest.mark.parametrize(("found", "code"), CODES.values(), ids=CODES)
def test_the_code_of_terms(found: PaymentTerms, code: str | None):
    assert found.untdid_4279 == code
