"""What instalments and payment terms refuse, each message in full."""

import re

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueRule,
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
from milestone_invoicing.contract.terms.installments import check_shares, installment_amounts
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateRangeError,
    DateTypeError,
    DueBeforeStartError,
    NumberFormatError,
    NumberRangeError,
    PaymentTermsError,
    RemainderSignError,
    SharesError,
    StepError,
    WrongTypeError,
)
from tests.unit.bills import eur, may

REST_50 = PercentOfRest(50)
UNTAXED_40 = PercentOfUntaxed(40)
DOLLARS = Money.of(5, "USD")
WAITING = PaymentTerms([Installment(Percent(50), after="a"), Installment(REST, after="b")])
BACK = DueRule((AddDays(-1),))


def of(*shares: InstallmentShare, **options) -> PaymentTerms:
    return PaymentTerms([Installment(share) for share in shares], **options)


NO_UNTAXED = (
    "a percent of the untaxed amount has none to be of: expected untaxed=Money of the sign of the "
    "payable, got "
)
BELOW = "the share of an instalment is below zero: expected a share of zero or more, got "
MORE = "the shares ask for 10% more than the total: expected 100% in all, got 110%"
WRONG_SIGN = (
    "an instalment would have the wrong sign: expected amounts of the sign of the payable, got "
)
OTHER_CURRENCY = (
    "amounts are in different currencies: expected EUR, got USD 5.00; convert one of them first"
)
AFTER_WEIGHT = (
    "nothing is left after a weight: expected weights after the percents of what is left, "
    "got 50% of the rest"
)
REFUSALS = {
    "-1 % of the rest": (lambda: PercentOfRest(-1), SharesError, f"{BELOW}-1%"),
    "-1 % of the untaxed amount": (lambda: PercentOfUntaxed(-1), SharesError, f"{BELOW}-1%"),
    "half of the rest": (
        lambda: PercentOfRest("half"), NumberFormatError,
        "a percentage does not read as a number: expected a text such as \"1234.50\", got 'half'"),
    "a blank event": (
        lambda: Installment(REST, after=" "), BlankTextError,
        "the event of an instalment is blank: expected some text, got ' '"),
    "a number as event": (
        lambda: Installment(REST, after=1), WrongTypeError,
        "the event of an instalment is of the wrong type: expected str, got 1"),
    "60 % and 50 % of the untaxed amount": (
        lambda: of(PercentOfUntaxed(60), PercentOfUntaxed(50), REST), SharesError, MORE),
    "60 % and 50 %, one of the rest between": (
        lambda: of(Percent(60), REST_50, Percent(50)), SharesError, MORE),
    "50 % of the rest after the rest": (lambda: of(REST, REST_50), PaymentTermsError, AFTER_WEIGHT),
    "50 % of the rest between two weights": (
        lambda: of(Weight(2), REST_50, REST), PaymentTermsError, AFTER_WEIGHT),
    "sequential in words": (
        lambda: PaymentTerms(sequential="yes"), WrongTypeError,
        "sequential is of the wrong type: expected bool, got 'yes'"),
    "step 5": (
        lambda: PaymentTerms(step=5), WrongTypeError,
        "the step is of the wrong type: expected Money or None, got 5"),
    "step rounding in words": (
        lambda: PaymentTerms(step_rounding="up"), WrongTypeError,
        "step_rounding is of the wrong type: expected Rounding, got 'up'"),
    "step 0.00": (
        lambda: PaymentTerms(step=eur(0)), StepError,
        "a step is not above zero: expected above zero, got EUR 0.00"),
    "step -0.01": (
        lambda: PaymentTerms(step=eur("-0.01")), StepError,
        "a step is not above zero: expected above zero, got EUR -0.01"),
    "a step and LARGEST": (
        lambda: PaymentTerms(step=eur(5), remainder=Remainder.LARGEST), PaymentTermsError,
        ("with a step the last instalment takes the balance: expected Remainder.BALANCE, "
        "got Remainder.LARGEST")),
    "too many months": (
        lambda: PaymentTerms.monthly(12 * 9999 + 1), NumberRangeError,
        "there are not so many months: expected at most 119988, got 119989"),
    "no untaxed amount": (
        lambda: of(UNTAXED_40, REST).due(eur(5), may(1)), PaymentTermsError, f"{NO_UNTAXED}None"),
    "an untaxed amount of the other sign": (
        lambda: of(UNTAXED_40, REST).due(eur(5), may(1), untaxed=eur("-0.01")), PaymentTermsError,
        f"{NO_UNTAXED}EUR -0.01"),
    "40 % of 1000 of 399.99": (
        lambda: of(UNTAXED_40, REST).due(eur("399.99"), may(1), untaxed=eur(1000)), SharesError,
        ("the shares ask for EUR 0.01 more than the total: expected EUR 399.99 in all, "
        "got EUR 400.00")),
    "40 % of 1000 of 399.99, half of the rest": (
        lambda: of(UNTAXED_40, REST_50).due(eur("399.99"), may(1), untaxed=eur(1000)), SharesError,
        ("the shares ask for EUR 0.01 more than the total: expected EUR 399.99 in all, "
        "got EUR 400.00")),
    "the untaxed amount 5": (
        lambda: PaymentTerms().due(eur(5), may(1), untaxed=5), WrongTypeError,
        "the untaxed amount is of the wrong type: expected Money or None, got 5"),
    "dollars untaxed": (
        lambda: PaymentTerms().due(eur(5), may(1), untaxed=DOLLARS), CurrencyMismatchError,
        OTHER_CURRENCY),
    "a step in dollars, of nothing": (
        lambda: PaymentTerms(step=DOLLARS).due(eur(0), may(1)), CurrencyMismatchError,
        OTHER_CURRENCY),
    "amounts by a step in dollars": (
        lambda: installment_amounts(eur(5), [REST], step=DOLLARS), CurrencyMismatchError,
        OTHER_CURRENCY),
    "amounts by a step of zero": (
        lambda: installment_amounts(eur(5), [REST], step=eur(0)), StepError,
        "a cash step has no width: expected a step above zero, got EUR 0.00"),
    "amounts of dollars, half of the rest": (
        lambda: installment_amounts(eur(9), [DOLLARS, REST_50, REST]), CurrencyMismatchError,
        OTHER_CURRENCY),
    "60 + 50 of 100, then half of the rest": (
        lambda: of(eur(60), eur(50), REST_50, REST).due(eur(100), may(1)), SharesError,
        ("the shares ask for EUR 10.00 more than the total: expected EUR 100.00 in all, "
        "got EUR 110.00")),
    "all of the rest, then 20": (
        lambda: of(PercentOfRest(100), eur(20), REST).due(eur(100), may(1)), SharesError,
        ("the shares ask for EUR 20.00 more than the total: expected EUR 100.00 in all, "
        "got EUR 120.00")),
    "half of the rest and half of that": (
        lambda: of(REST_50, REST_50).due(eur(100), may(1)), SharesError,
        ("the shares leave EUR 25.00 of the total over: expected EUR 100.00 in all, "
        "got EUR 75.00; add a milestone or instalment with share=REST")),
    "50 % of 10 up to a hundred": (
        lambda: of(Percent(50), REST, step=eur(100), step_rounding=Rounding.UP).due(
            eur(10), may(1)),
        RemainderSignError,
        f"{WRONG_SIGN}EUR -90.00; choose a smaller step, or another rounding to it"),
    "50 % of -10 up to a hundred": (
        lambda: of(Percent(50), REST, step=eur(100), step_rounding=Rounding.UP).due(
            eur(-10), may(1)),
        RemainderSignError,
        f"{WRONG_SIGN}EUR -90.00; choose a smaller step, or another rounding to it"),
    "events in a list": (
        lambda: WAITING.due(eur(5), may(1), events=["a"]), WrongTypeError,
        "events is of the wrong type: expected Mapping or None, got ['a']"),
    "an event that nothing waits for": (
        lambda: WAITING.due(eur(5), may(1), events={"a": may(1), "c": may(1)}), PaymentTermsError,
        "no instalment waits for this event: expected 'a' or 'b', got 'c'"),
    "an event on terms without events, of nothing": (
        lambda: PaymentTerms().due(eur(0), may(1), events={"a": may(1)}), PaymentTermsError,
        "no instalment waits for this event: expected no events, got 'a'"),
    "an explanation after another event": (
        lambda: WAITING.explain(may(1), events={"c": may(1)}), PaymentTermsError,
        "no instalment waits for this event: expected 'a' or 'b', got 'c'"),
    "an event on no day": (
        lambda: WAITING.due(eur(5), may(1), events={"a": "2026-05-01"}), DateTypeError,
        "the date of 'a' is not a plain date: expected datetime.date, got '2026-05-01'"),
    "an explanation from no day": (
        lambda: WAITING.explain(None), DateTypeError,
        "the issue date is not a plain date: expected datetime.date, got None"),
    "an event on the last day of all": (
        lambda: PaymentTerms([Installment(REST, DueRule((AddDays(9),)), after="a")]).due(
            eur(1), may(1), events={"a": may(1).replace(9999, 12, 31)}),
        DateRangeError,
        ("a step of days from 9999-12-31 leads to no date: expected a step that stays within the "
        "years 1 to 9999, got 9")),
    "the day before the event": (
        lambda: PaymentTerms([Installment(REST, BACK, after="a")]).due(
            eur(1), may(1), events={"a": may(9)}),
        DueBeforeStartError,
        ("a due rule leads back in time: expected 2026-05-09 or later, got 2026-05-08; "
        "allow it with DueRule(..., may_precede=True)")),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


ACCEPTED = {
    "half of the rest, then weights": [REST_50, Weight(2), REST],
    "100 % of the untaxed amount": [PercentOfUntaxed(60), PercentOfUntaxed(40), REST],
    "60 % and 60 % of the untaxed amount": [Percent(60), PercentOfUntaxed(60), REST],
    "90 % and a percent of the rest": [Percent(90), REST_50],
    "90 % and a percent of the untaxed amount": [Percent(90), UNTAXED_40],
    "a fixed amount alone": [eur(5)],
}


@pytest.mark.parametrize("shares", ACCEPTED.values(), ids=ACCEPTED)
def test_shares_that_can_make_up_some_payable(shares: list[InstallmentShare]):
    check_shares(shares)
    assert [part.share for part in of(*shares).installments] == shares


def test_the_difference_is_carried():
    with pytest.raises(SharesError, match=r"^the shares ask for EUR 10\.00 more") as caught:
        installment_amounts(eur(100), [eur(110), REST_50, REST])
    assert caught.value.difference == eur(-10)
    with pytest.raises(
        SharesError, match=r"^the instalments leave 1% of the payable over: "
    ) as caught:
        check_shares([Percent(99)])
    assert caught.value.difference == Percent(1)


def test_the_most_months_are_accepted():
    assert len(PaymentTerms.monthly(12 * 9999).installments) == 119988


def test_half_alone_is_no_whole():
    with pytest.raises(SharesError, match="expected 100% in all, got 50%"):
        installment_amounts(eur(100), [Percent(50)])
