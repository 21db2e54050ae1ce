"""Early discounts of other systems, from the invoice to what settles it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from milestone_invoicing import (
    DiscountStage,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    SettlementState,
    Tax,
    discount_state,
    invoice_status,
)
from tests.conformance.shared_cases import case_id, cases

Given = dict[str, Any]

TAX_MODES = {
    "included": DiscountTax.REDUCED_IF_TAKEN,
    "excluded": DiscountTax.NOT_REDUCED,
    "mixed": DiscountTax.ALWAYS_REDUCED,
    "total": DiscountTax.REDUCED_IF_TAKEN,
    "untaxed": DiscountTax.NOT_REDUCED,
}
SOME_DAY = "2026-05-01"


def lines(given: Given) -> list[Line]:
    """Return the line of a case; a fixed tax is a line that no discount reduces."""
    code = given.get("currency", "EUR")
    net = Money.of(given.get("untaxed") or given["total"], code)
    taxes = given.get("taxes") or [{"percent": rate} for rate in [_rate(given)] if rate]
    rates = [tax["percent"] for tax in taxes if "percent" in tax]
    fixed = [tax["fixed"] for tax in taxes if "fixed" in tax]
    tax = Tax.standard(rates[0]) if rates else Tax.outside_scope()
    line = Line("Work", 1, net, tax=tax)
    return [line, *(Line("Levy", 1, Money.of(levy, code), discountable=False) for levy in fixed)]


def _rate(given: Given) -> str | None:
    """Return the rate, which some cases give by its amount."""
    if "tax" in given:
        share = Money.of(given["tax"], "EUR").ratio_to(Money.of(given["untaxed"], "EUR"))
        return str(share * 100)
    return given.get("tax_percent")


def bill(given: Given) -> Invoice:
    mode = TAX_MODES[given.get("tax_mode") or given.get("base") or "included"]
    discount = EarlyDiscount(given["percent"], given.get("days", 7), mode)
    issued_on = date.fromisoformat(given.get("invoice_date", SOME_DAY))
    terms = PaymentTerms.net(given.get("net_days", 30), discounts=[discount])
    return Invoice("1", issued_on, Party("client", "Client"), lines(given), terms=terms)


def figures(given: Given) -> dict[str, Money | date]:
    """Return what the invoice of a case says, under the names that the cases use."""
    invoice = bill(given)
    assert invoice.issued_on is not None
    state = discount_state(invoice, as_of=invoice.issued_on)
    offer = state.offers[0]
    return {
        "total": invoice.payable,
        "discount": offer.discount,
        "discount_base": offer.discount - offer.tax_discount,
        "discount_tax": offer.tax_discount,
        "paid": state.settles,
        "discounted": state.settles,
        "total_with_discount": state.settles,
        "discount_until": offer.until,
        "due_date": invoice.installments[0].due_on or date.max,
    }


def is_batch(case: Given) -> bool:
    return "invoices" in case["given"]


def is_state(case: Given) -> bool:
    return "state" in case["expected"]


def chosen(test: Callable[[Given], bool]) -> list[Any]:
    return [pytest.param(case, id=case_id(case)) for case in cases("early_discount") if test(case)]


@pytest.mark.parametrize("case", chosen(lambda case: not is_batch(case) and not is_state(case)))
def test_the_figures_of_one_invoice(case: Given):
    known = figures(case["given"])
    for name, expected in case["expected"].items():
        if name.startswith("pay_by_"):
            day = date.fromisoformat(name.removeprefix("pay_by_"))
            settles = discount_state(bill(case["given"]), as_of=day).settles
            assert str(settles.amount) == expected
        else:
            said = known[name]
            assert str(said.amount if isinstance(said, Money) else said) == expected


@pytest.mark.parametrize("case", chosen(is_batch))
def test_the_sums_of_several_invoices(case: Given):
    known = [figures({**case["given"], "total": total}) for total in case["given"]["invoices"]]
    for name, expected in case["expected"].items():
        assert str(sum(one[name] for one in known).amount) == expected


@pytest.mark.parametrize("case", chosen(is_state))
def test_the_state_after_a_payment(case: Given):
    given = case["given"]
    invoice = bill(given)
    paid_on = invoice.issued_on + timedelta(given["paid_after_days"])
    paid = invoice.record(Payment(Money.of(given["pay"], "EUR"), on=paid_on))
    states = {"paid": SettlementState.PAID, "partial": SettlementState.PART_PAID}
    stages = {"paid": DiscountStage.TAKEN, "partial": DiscountStage.LAPSED}
    expected = case["expected"]["state"]
    assert invoice_status(paid, as_of=paid_on).settlement is states[expected]
    assert discount_state(paid, as_of=paid_on).stage is stages[expected]
