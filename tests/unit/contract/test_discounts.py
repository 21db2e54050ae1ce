"""Early discounts as equations: what they come to, until when, and which do not go together."""

import re
from datetime import date
from fractions import Fraction

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DiscountBase,
    DiscountOffer,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    Installment,
    Money,
    PaymentTerms,
    Percent,
    TaxedAmount,
)
from milestone_invoicing.contract.terms.discounts import (
    always_reduced,
    discounts_in_order,
    offer_of,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateRangeError,
    DateTypeError,
    DiscountError,
    NumberFormatError,
    NumberRangeError,
    NumberTypeError,
    PaymentTermsError,
    WrongTypeError,
)
from tests.unit.bills import april, eur, may

IF_TAKEN, NOT_REDUCED, ALWAYS = DiscountTax
TWO_TEN = EarlyDiscount(2, 10)
ONE_TWENTY = EarlyDiscount(1, 20)
PRICE = TaxedAmount(eur(100), eur(21))
HALVES = [Installment(Percent(50), discounts=[level]) for level in (TWO_TEN, ONE_TWENTY)]


def two_percent(tax: DiscountTax) -> EarlyDiscount:
    return EarlyDiscount(2, 10, tax)


@pytest.mark.parametrize(
    ("days", "start", "last"),
    [
        (10, may(1), may(11)),
        (0, may(1), may(1)),
        (1, date(2028, 2, 28), date(2028, 2, 29)),
        (0, date.max, date.max),
    ],
    ids=str,
)
def test_the_window_ends_so_many_days_after_its_start(days: int, start: date, last: date):
    assert EarlyDiscount(2, days).until(start) == last


@pytest.mark.parametrize("number", [2, "2", Percent(2), Fraction(2)], ids=repr)
def test_a_number_is_a_percentage(number: int | str | Percent | Fraction):
    assert EarlyDiscount(number, 10) == EarlyDiscount(Percent(2), 10, IF_TAKEN)


def test_an_early_discount_has_its_code():
    assert EarlyDiscount.untdid_4279 == "22"


@pytest.mark.parametrize("percent", ["0.0001", "99.9999"])
def test_any_part_of_the_amount_can_be_a_discount(percent: str):
    assert EarlyDiscount(percent, 0).percent == Percent(percent)


OFFERS = {
    "2% of 121.00 = 2.42, of which tax 0.42": (
        two_percent(IF_TAKEN), "121", ("100", "21"), ("2.42", "0.42", "118.58")),
    "2% of 100.00 = 2.00, no tax of 121.00": (
        two_percent(NOT_REDUCED), "121", ("100", "21"), ("2.00", "0", "119.00")),
    "2% of 100.00 = 2.00 of 120.58": (
        two_percent(ALWAYS), "120.58", ("100", "21"), ("2.00", "0", "118.58")),
    "10% of 1725.00 of 1725.05 = 172.50, of which tax 22.50": (
        EarlyDiscount(10, 7), "1725.05", ("1500", "225"), ("172.50", "22.50", "1552.55")),
    "2% of 0.25 = 0.005 = 0.01": (
        EarlyDiscount(2, 1), "0.25", ("0.25", "0"), ("0.01", "0", "0.24")),
    "50% of 0.02 + 0.01 = 0.02, of which tax 0.01": (
        EarlyDiscount(50, 1), "0.03", ("0.02", "0.01"), ("0.02", "0.01", "0.01")),
    "2% of -121.00 = -2.42": (
        two_percent(IF_TAKEN), "-121", ("-100", "-21"), ("-2.42", "-0.42", "-118.58")),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "amount", "parts", "expected"), OFFERS.values(), ids=OFFERS)
def test_what_is_offered_on_the_whole(
    terms: EarlyDiscount, amount: str, parts: tuple[str, str], expected: tuple[str, str, str]
):
    until = terms.until(may(1))
    discount, of_tax, pays = map(eur, expected)
    offer = offer_of(terms, may(1), eur(amount), TaxedAmount(*map(eur, parts)))
    assert offer == DiscountOffer(terms.percent, until, eur(amount), discount, of_tax)
    assert (offer.pays, offer.installment) == (pays, None)


NOTHING = {
    "2% of 0.24 = 0.0048 = 0": (EarlyDiscount(2, 1), "0.24", ("0.24", "0")),
    "50% of 0.01 = 0.005 = 0.01, which is all": (EarlyDiscount(50, 1), "0.01", ("0.01", "0")),
    "2% of 1000.00 = 20.00, which is more than 5.00": (two_percent(IF_TAKEN), "5", ("1000", "0")),
    "2% of 250.00 = 5.00, which is 5.00": (two_percent(IF_TAKEN), "5", ("250", "0")),
    "2% of -50.00 = -1.00 of 100.00": (two_percent(IF_TAKEN), "100", ("-50", "0")),
    "2% of 50.00 = 1.00 of -100.00": (two_percent(IF_TAKEN), "-100", ("50", "0")),
    "2% of nothing": (two_percent(IF_TAKEN), "100", ("0", "0")),
}


@pytest.mark.parametrize(("level", "amount", "parts"), NOTHING.values(), ids=NOTHING)
def test_nothing_is_offered(level: EarlyDiscount, amount: str, parts: tuple[str, str]):
    reducible = TaxedAmount(*map(eur, parts))
    assert offer_of(level, may(1), eur(amount), reducible) is None


def test_an_instalment_has_its_share_of_what_is_reduced():
    # 2 % of 40.00 / 125.00 of 121.00 = 0.7744, and of its tax of 21.00 = 0.1344
    assert offer_of(TWO_TEN, may(1), eur(40), PRICE, whole=eur(125), installment=2) == (
        DiscountOffer(Percent(2), may(11), eur(40), eur("0.77"), eur("0.13"), 2)
    )


def said(offers: tuple[DiscountOffer, ...]) -> list[tuple[int | None, str, str]]:
    return [(offer.installment, str(offer.until), str(offer.pays.amount)) for offer in offers]


GIVEN = {
    "none": (PaymentTerms.net(30), {}, []),
    "2/10, 1/20": (
        PaymentTerms.net(30, discounts=[ONE_TWENTY, TWO_TEN]), {},
        [(None, "2026-05-11", "118.58"), (None, "2026-05-21", "119.79")]),
    "by instalment": (
        PaymentTerms(HALVES), {}, [(1, "2026-05-11", "59.29"), (2, "2026-05-21", "59.89")]),
    "by instalment, sequential: also from the issue date": (
        PaymentTerms([Installment(Percent(50), DueRule((AddDays(5),))), HALVES[1]],
                     sequential=True),
        {}, [(2, "2026-05-21", "59.89")]),
    "of an instalment that waits: none": (
        PaymentTerms([Installment(REST, after="a", discounts=[TWO_TEN]), HALVES[1]]), {},
        [(2, "2026-05-21", "59.89")]),
    "of an instalment whose event came: from then on": (
        PaymentTerms([Installment(REST, after="a", discounts=[TWO_TEN])]), {"a": may(9)},
        [(1, "2026-05-19", "118.58")]),
    "of an instalment whose event came early: from the issue date on": (
        PaymentTerms([Installment(REST, after="a", discounts=[TWO_TEN])]), {"a": april(9)},
        [(1, "2026-05-11", "118.58")]),
    "of the whole, an instalment waiting": (
        PaymentTerms([Installment(REST, after="a")], [TWO_TEN]), {},
        [(None, "2026-05-11", "118.58")]),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "events", "expected"), GIVEN.values(), ids=GIVEN)
def test_what_terms_offer(terms: PaymentTerms, events: dict[str, date], expected):
    assert said(terms.offers(eur(121), may(1), reducible=PRICE, events=events)) == expected


def test_nothing_is_offered_on_nothing():
    zero = TaxedAmount(eur(0), eur(0))
    assert PaymentTerms(HALVES).offers(eur(0), may(1), reducible=zero) == ()


def test_levels_come_by_their_last_day():
    assert PaymentTerms(discounts=[ONE_TWENTY, TWO_TEN]).discounts == (TWO_TEN, ONE_TWENTY)
    assert Installment(REST, discounts=[ONE_TWENTY, TWO_TEN]).discounts == (TWO_TEN, ONE_TWENTY)
    assert PaymentTerms.net(30, discounts=iter([TWO_TEN])).discounts == (TWO_TEN,)
    assert discounts_in_order([]) == ()


@pytest.mark.parametrize(
    ("levels", "percent"),
    [
        pytest.param([], None, id="no level"),
        pytest.param([two_percent(IF_TAKEN)], None, id="reduced if taken"),
        pytest.param([two_percent(NOT_REDUCED)], None, id="not reduced"),
        pytest.param([EarlyDiscount(2, 10, ALWAYS)], Percent(2), id="2%"),
        pytest.param(
            [EarlyDiscount(1, 20, ALWAYS), EarlyDiscount(3, 5, ALWAYS)], Percent(3), id="3% of two"
        ),
    ],
)
def test_the_tax_is_always_reduced_by_the_largest_level(
    levels: list[EarlyDiscount], percent: Percent | None
):
    assert always_reduced(discounts_in_order(levels)) == percent


LONGER = "a discount that lasts longer takes off no less: expected less than 2% after day 10, got "
REFUSALS = {
    "0 %": (
        lambda: EarlyDiscount(0, 10), DiscountError,
        ("an early discount is not a part of the amount: expected more than 0% and less than 100%, "
        "got 0%")),
    "-1 %": (
        lambda: EarlyDiscount(-1, 10), DiscountError,
        ("an early discount is not a part of the amount: expected more than 0% and less than 100%, "
        "got -1%")),
    "100 %": (
        lambda: EarlyDiscount(100, 10), DiscountError,
        ("an early discount is not a part of the amount: expected more than 0% and less than 100%, "
        "got 100%")),
    "a percent in words": (
        lambda: EarlyDiscount("two", 10), NumberFormatError,
        "a percentage does not read as a number: expected a text such as \"1234.50\", got 'two'"),
    "-1 days": (
        lambda: EarlyDiscount(2, -1), NumberRangeError,
        "the days of an early discount is too small: expected 0 or more, got -1"),
    "10.0 days": (
        lambda: EarlyDiscount(2, 10.0), NumberTypeError,
        "the days of an early discount is not a whole number: expected int, got 10.0"),
    "tax in words": (
        lambda: EarlyDiscount(2, 10, "included"), WrongTypeError,
        ("the tax treatment of a discount is of the wrong type: expected DiscountTax, "
        "got 'included'")),
    "a base in words": (
        lambda: EarlyDiscount(2, 10, base="payable"), WrongTypeError,
        "the base of a discount is of the wrong type: expected DiscountBase, got 'payable'"),
    "from no day": (
        lambda: TWO_TEN.until(None), DateTypeError,
        "the day is not a plain date: expected datetime.date, got None"),
    "from the last day of all": (
        lambda: EarlyDiscount(2, 1).until(date.max), DateRangeError,
        ("a step of days from 9999-12-31 leads to no date: expected a step that stays within the "
        "years 1 to 9999, got 1")),
    "2/10 and 2/14": (
        lambda: discounts_in_order([TWO_TEN, EarlyDiscount(2, 14)]), DiscountError,
        f"{LONGER}EarlyDiscount(percent=Percent('2'), days=14, "),
    "2/10 and 3/11": (
        lambda: discounts_in_order([EarlyDiscount(3, 11), TWO_TEN]), DiscountError,
        f"{LONGER}EarlyDiscount(percent=Percent('3'), days=11, "),
    "2/10 and 1/10": (
        lambda: PaymentTerms(discounts=[TWO_TEN, EarlyDiscount(1, 10)]), DiscountError,
        f"{LONGER}EarlyDiscount(percent=Percent('1'), days=10, "),
    "3/5, 2/10 and 2/14": (
        lambda: Installment(REST, discounts=[EarlyDiscount(3, 5), TWO_TEN, EarlyDiscount(2, 14)]),
        DiscountError, f"{LONGER}EarlyDiscount(percent=Percent('2'), days=14, "),
    "two tax treatments": (
        lambda: discounts_in_order([TWO_TEN, EarlyDiscount(1, 20, NOT_REDUCED)]), DiscountError,
        ("two discounts treat the tax differently: expected tax reduced if taken, "
        "got tax not reduced")),
    "two bases": (
        lambda: discounts_in_order([TWO_TEN, EarlyDiscount(1, 20, base=DiscountBase.BILLED)]),
        DiscountError,
        "two discounts are of different amounts: expected payable now, got billed"),
    "a discount alone": (
        lambda: PaymentTerms(discounts=TWO_TEN), WrongTypeError,
        "discounts is not a collection: expected a list or tuple, got EarlyDiscount("),
    "a percent among discounts": (
        lambda: Installment(REST, discounts=[TWO_TEN, Percent(1)]), WrongTypeError,
        "discounts[1] is of the wrong type: expected EarlyDiscount, got 1%"),
    "one instalment that always reduces the tax": (
        lambda: Installment(REST, discounts=[two_percent(ALWAYS)]), DiscountError,
        ("the discount of one instalment cannot always reduce the tax of the invoice: "
        "expected another tax treatment, got tax always reduced; "
        "give the discount to the PaymentTerms")),
    "of the whole and of an instalment": (
        lambda: PaymentTerms([HALVES[0], Installment(REST)], [TWO_TEN]), DiscountError,
        ("the whole and an instalment both have a discount: expected discounts of the terms, or of "
        "their instalments, got (EarlyDiscount(percent=Percent('2'), days=10, ")),
    "an offer on a number": (
        lambda: PaymentTerms().offers(eur(121), may(1), reducible=100), WrongTypeError,
        "what discounts reduce is of the wrong type: expected TaxedAmount, got 100"),
    "an offer in another currency": (
        lambda: PaymentTerms().offers(Money.of(121, "USD"), may(1), reducible=PRICE),
        CurrencyMismatchError,
        ("amounts are in different currencies: expected USD, got EUR 100.00; "
        "convert one of them first")),
    "an offer after another event": (
        lambda: PaymentTerms().offers(eur(121), may(1), reducible=PRICE, events={"a": may(1)}),
        PaymentTermsError,
        "no instalment waits for this event: expected no events, got 'a'"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        build()
