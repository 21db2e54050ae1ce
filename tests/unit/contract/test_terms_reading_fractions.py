"""Two numbers with a slash: a share before an event and beside others, a discount before days."""

import re
from fractions import Fraction

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueRule,
    EarlyDiscount,
    EndOfMonth,
    Installment,
    Money,
    PaymentTerms,
    Percent,
)
from milestone_invoicing.display import describe
from milestone_invoicing.errors import DiscountError, SharesError, TermsTextError
from tests.unit.bills import may

THIRD, TWO_THIRDS = Percent(Fraction(100, 3)), Percent(Fraction(200, 3))


def days(number: int) -> DueRule:
    return DueRule((AddDays(number),))


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("1/3 on order, 2/3 on delivery", "delivery"),
        ("1/3 on order; 2/3 on delivery", "delivery"),
        ("1/3 on order and 2/3 on delivery", "delivery"),
        ("Payment terms: 1/3 upon signing, 2/3 after completion.", "completion"),
        ('1/3 now, 2/3 after "letter of credit"', "letter of credit"),
        ("1/3 bij opdracht, 2/3 bij oplevering", "oplevering"),
        ("1/3 bij opdracht en 2/3 na levering", "levering"),
        ("1/3 à la commande, 2/3 à la livraison", "livraison"),
        ("1/3 a la commande et 2/3 apres livraison", "livraison"),
        ("1/3 bei Auftragserteilung, 2/3 bei Lieferung", "Lieferung"),
        ("1/3 bei Bestellung und 2/3 nach Abnahme", "Abnahme"),
        ("2/6 on order, 4/6 on delivery", "delivery"),
    ],
)
def test_fractions_are_exact_shares(text: str, event: str):
    terms = PaymentTerms.parse(text)
    assert terms == PaymentTerms([Installment(THIRD), Installment(TWO_THIRDS, after=event)])
    assert PaymentTerms.parse(describe(terms, locale="en")) == terms
    due = terms.due(Money.of(100, "EUR"), may(1))
    assert [str(part.amount) for part in due] == ["EUR 33.33", "EUR 66.67"]


@pytest.mark.parametrize(
    ("text", "installments"),
    [
        pytest.param(
            "1/3 in 30 days, 1/3 in 60 days, 1/3 in 90 days",
            [Installment(THIRD, days(each)) for each in (30, 60, 90)],
            id="each by days",
        ),
        pytest.param(
            "1/2 on receipt, 1/2 net 30",
            [Installment(Percent(50)), Installment(Percent(50), days(30))],
            id="net days beside another share",
        ),
        pytest.param(
            "1/2 net 30, 1/2 net 60",
            [Installment(Percent(50), days(30)), Installment(Percent(50), days(60))],
            id="net days, beside another share, come first",
        ),
        pytest.param(
            "2/10 EOM, 8/10 on delivery",
            [
                Installment(Percent(20), DueRule((EndOfMonth(),))),
                Installment(Percent(80), after="delivery"),
            ],
            id="a month end beside another share",
        ),
        pytest.param(
            "1/4 on order, 50% on delivery, the rest in 30 days",
            [
                Installment(Percent(25)),
                Installment(Percent(50), after="delivery"),
                Installment(REST, days(30)),
            ],
            id="a percentage and a rest beside it",
        ),
        pytest.param(
            "50% on order, 1/2 30 days after delivery with 2% discount within 10 days",
            [
                Installment(Percent(50)),
                Installment(
                    Percent(50),
                    days(30),
                    after="delivery",
                    discounts=[EarlyDiscount(2, 10)],
                ),
            ],
            id="a discount of an instalment",
        ),
        pytest.param(
            "999999998/999999999 now, the rest on delivery",
            [
                Installment(Percent(Fraction(99_999_999_800, 999_999_999))),
                Installment(REST, after="delivery"),
            ],
            id="the largest numbers",
        ),
    ],
)
def test_a_fraction_beside_other_shares_is_a_share(text: str, installments: list[Installment]):
    assert PaymentTerms.parse(text) == PaymentTerms(installments)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1/3 on order", "200/3%"),
        ("2/3 on delivery", "100/3%"),
        ("1/10 on delivery", "90%"),
        ("2/10 on receipt", "80%"),
        ("2/10, on receipt", None),
        ("2/10 now", "80%"),
        ("2/10 after delivery", "80%"),
        ("2/10 net 30 after delivery", "80%"),
        ('1/2 after "completion"', "50%"),
        ("1/3 bij opdracht", "200/3%"),
        ("2/3 bij levering", "100/3%"),
        ("1/3 à la commande", "200/3%"),
        ("2/3 à la livraison", "100/3%"),
        ("1/3 bei Auftragserteilung", "200/3%"),
        ("2/3 bei Lieferung", "100/3%"),
    ],
)
def test_before_an_event_it_is_never_a_discount(text: str, left: str | None):
    match = f"the instalments leave {left} of the payable over: expected 100% in all, got "
    if left is None:
        match = "this text reads as no payment terms"
    error = TermsTextError if left is None else SharesError
    with pytest.raises(error, match=f"^{re.escape(match)}"):
        PaymentTerms.parse(text)


@pytest.mark.parametrize(
    ("text", "discounts", "due"),
    [
        ("2/10 net 30", [EarlyDiscount(2, 10)], days(30)),
        ("2/10, net 30", [EarlyDiscount(2, 10)], days(30)),
        ("2/10, 1/20, net 30", [EarlyDiscount(2, 10), EarlyDiscount(1, 20)], days(30)),
        ("1/3 net 30", [EarlyDiscount(1, 3)], days(30)),
        ("2.5/10 n/30", [EarlyDiscount("2.5", 10)], days(30)),
    ],
)
def test_before_days_it_is_a_discount(text: str, discounts: list[EarlyDiscount], due: DueRule):
    expected = PaymentTerms([Installment(Percent(100), due)], discounts)
    assert PaymentTerms.parse(text) == expected


@pytest.mark.parametrize(("text", "got"), [("0/3 on order", "0%"), ("100/30 on order", "100%")])
def test_what_is_neither_a_share_nor_a_discount_is_refused(text: str, got: str):
    with pytest.raises(DiscountError, match=rf"is not a part of the amount: .*, got {got}$"):
        PaymentTerms.parse(text)


def test_before_shares_of_other_kinds_it_is_a_discount_of_the_whole():
    assert PaymentTerms.parse("2/10, 50% in 30 days, 50% on delivery") == PaymentTerms(
        [Installment(Percent(50), days(30)), Installment(Percent(50), after="delivery")],
        [EarlyDiscount(2, 10)],
    )
    assert PaymentTerms.parse("2/10, 100% on delivery").discounts == (EarlyDiscount(2, 10),)
