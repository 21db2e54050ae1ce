"""Where a percentage comes to all that is payable, or below zero: then nothing is offered."""

import pytest

from milestone_invoicing import (
    REST,
    DiscountStage,
    DiscountTax,
    EarlyDiscount,
    EventOccurred,
    Installment,
    Invoice,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Tax,
    TaxCategory,
    discount_state,
    due_items,
    invoice_status,
)
from tests.unit.bills import ACME, eur, may

TWO_TEN = EarlyDiscount(2, 10)
CAME = EventOccurred("a", on=may(3))
ADVANCE = [Line("Work", 1, eur(1000)), Line("Advance", -1, eur(995), discountable=False)]
REBATE = [Line("Work", 1, eur(150), discountable=False), Line("Rebate", -1, eur(50))]
CENT = [Line("Work", 1, eur("0.01"))]


def issued(lines: list[Line], terms: PaymentTerms) -> Invoice:
    return Invoice("1", may(1), ACME, lines, terms=terms)


def on_an_instalment(percent: int, after: str | None = None) -> PaymentTerms:
    level = EarlyDiscount(percent, 10)
    return PaymentTerms([Installment(REST, after=after, discounts=[level])])


@pytest.mark.parametrize("lines", [ADVANCE, CENT], ids=["20.00 of 5.00", "0.01 of 0.01"])
def test_what_would_leave_nothing_to_pay_is_not_offered(lines: list[Line]):
    state = discount_state(
        issued(lines, PaymentTerms(discounts=[EarlyDiscount(50, 10)])), as_of=may(1)
    )
    assert (state.stage, state.offers) == (DiscountStage.NONE, ())
    assert state.settles == Money.total((line.net for line in lines), currency="EUR")


@pytest.mark.parametrize(
    "terms", [PaymentTerms(discounts=[TWO_TEN]), on_an_instalment(2)], ids=["whole", "instalment"]
)
def test_no_discount_is_below_zero(terms: PaymentTerms):
    state = discount_state(issued(REBATE, terms), as_of=may(1))
    assert (state.available, state.settles) == (eur(0), eur(100))


def test_no_more_is_applied_than_is_payable():
    invoice = issued(REBATE, on_an_instalment(2)).record(Payment(eur(101), on=may(2)))
    (item,) = due_items(invoice, as_of=may(2))
    assert (item.paid, item.discount, item.open) == (eur(100), eur(0), eur(0))


@pytest.mark.parametrize(
    ("lines", "terms"),
    [
        pytest.param(CENT, on_an_instalment(50, "a"), id="50% of 0.01 = 0.01"),
        pytest.param(
            ADVANCE,
            PaymentTerms([Installment(REST, after="a")], [TWO_TEN]),
            id="20.00 on 5.00",
        ),
    ],
)
def test_items_and_status_agree_on_a_discount_that_leaves_nothing(
    lines: list[Line], terms: PaymentTerms
):
    invoice = issued(lines, terms).record(CAME)
    (item,) = due_items(invoice, as_of=may(3))
    status = invoice_status(invoice, as_of=may(3))
    assert (item.discount, item.open) == (status.discount, status.open)


def test_a_group_without_tax_keeps_its_base():
    reverse_charge = Tax(TaxCategory.AE, Percent(0))
    terms = PaymentTerms(discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])
    invoice = issued([Line("Work", 1, eur(100), tax=reverse_charge)], terms)
    assert [(group.tax, group.base) for group in invoice.totals.breakdown] == [
        (reverse_charge, eur(100))
    ]
