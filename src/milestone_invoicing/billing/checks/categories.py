"""What each tax category asks of the rest of an invoice: identifiers, reasons, company."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from milestone_invoicing.billing.adjustments import document_allowances, document_charges
from milestone_invoicing.billing.checks.parties import (
    has_legal_id,
    has_tax_id,
    has_vat_id,
    seller_of,
)
from milestone_invoicing.billing.checks.rules import Rule, broken
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.findings import Finding, Severity

# What the rules of a category are called; a code of a country's own list has none.
RULES_OF: Final = {
    TaxCategory.S: "BR-S",
    TaxCategory.Z: "BR-Z",
    TaxCategory.E: "BR-E",
    TaxCategory.AE: "BR-AE",
    TaxCategory.K: "BR-IC",
    TaxCategory.G: "BR-G",
    TaxCategory.O: "BR-O",
    TaxCategory.L: "BR-AF",
    TaxCategory.M: "BR-AG",
}
_REASONED: Final = {
    TaxCategory.E,
    TaxCategory.AE,
    TaxCategory.K,
    TaxCategory.G,
}
_Categories = set[TaxCategory | str]


class _Demand(NamedTuple):
    """What categories ask of a party, wherever they are used (rules -02 to -04)."""

    categories: tuple[TaxCategory, ...]
    path: str
    message: str
    is_broken: Callable[[Invoice], bool]


def _seller_has_no_tax_id(invoice: Invoice) -> bool:
    return not has_tax_id(seller_of(invoice))


def _seller_has_vat_id(invoice: Invoice) -> bool:
    return has_vat_id(seller_of(invoice))


def _seller_has_no_vat_id(invoice: Invoice) -> bool:
    return not has_vat_id(seller_of(invoice))


def _buyer_has_vat_id(invoice: Invoice) -> bool:
    return has_vat_id(invoice.buyer)


def _buyer_has_no_vat_id(invoice: Invoice) -> bool:
    return not has_vat_id(invoice.buyer)


def _buyer_has_no_id(invoice: Invoice) -> bool:
    return not has_vat_id(invoice.buyer) and not has_legal_id(invoice.buyer)


_DEMANDS: Final = (
    _Demand(
        (
            TaxCategory.S,
            TaxCategory.Z,
            TaxCategory.E,
            TaxCategory.AE,
            TaxCategory.L,
            TaxCategory.M,
        ),
        "seller.tax_id",
        "the seller needs a tax identifier: fill in tax_id",
        _seller_has_no_tax_id,
    ),
    _Demand(
        (TaxCategory.K, TaxCategory.G),
        "seller.tax_id",
        "the seller needs a tax identifier with its country: fill in tax_id",
        _seller_has_no_vat_id,
    ),
    _Demand(
        (TaxCategory.AE,),
        "buyer.tax_id",
        "the buyer owes the tax and needs an identifier: fill in tax_id or legal_id",
        _buyer_has_no_id,
    ),
    _Demand(
        (TaxCategory.K,),
        "buyer.tax_id",
        "the buyer needs a tax identifier with its country: fill in tax_id",
        _buyer_has_no_vat_id,
    ),
    _Demand(
        (TaxCategory.O,),
        "seller.tax_id",
        "outside the scope of tax the seller may show no tax identifier with a country: leave it "
        "off, or bill as exempt, with the reason",
        _seller_has_vat_id,
    ),
    _Demand(
        (TaxCategory.O,),
        "buyer.tax_id",
        "outside the scope of tax the buyer may show no tax identifier with a country: leave it "
        "off, or bill as exempt, with the reason",
        _buyer_has_vat_id,
    ),
)


def rules_of(tax: Tax) -> str:
    """Return what the rules of the category of *tax* are called; empty where it has none."""
    return RULES_OF.get(tax.category, "") if isinstance(tax.category, TaxCategory) else ""


def categories_found(invoice: Invoice) -> Iterator[Finding]:
    """Yield what the categories of an invoice ask for and do not find."""
    yield from _identifiers(invoice)
    yield from _reasons(invoice)
    yield from broken(_MIXTURES, invoice)


def _used_by(taxes: Iterable[Tax]) -> _Categories:
    return {tax.category for tax in taxes}


def _taxes_of(adjustments: Iterable[Adjustment]) -> list[Tax]:
    return [each.tax for each in adjustments if each.tax is not None]


def _places(invoice: Invoice) -> tuple[tuple[str, _Categories], ...]:
    """Return the categories of lines, allowances and charges, by the number of their rule."""
    return (
        ("02", _used_by(line.tax for line in invoice.lines)),
        ("03", _used_by(_taxes_of(document_allowances(invoice)))),
        ("04", _used_by(_taxes_of(document_charges(invoice)))),
    )


def _taxes(invoice: Invoice) -> list[Tax]:
    lines = [line.tax for line in invoice.lines]
    return [*lines, *_taxes_of(document_allowances(invoice)), *_taxes_of(document_charges(invoice))]


def _identifiers(invoice: Invoice) -> Iterator[Finding]:
    places = _places(invoice)
    for demand in _DEMANDS:
        for category in demand.categories:
            for number, used in places:
                if category in used and demand.is_broken(invoice):
                    code = f"{RULES_OF[category]}-{number}"
                    message = f"{category.value}: {demand.message}"
                    yield Finding(demand.path, code, message, Severity.ERROR)


def _reasons(invoice: Invoice) -> Iterator[Finding]:
    """Yield the groups without a reason that they need, or with one that they may not have."""
    taxes = _taxes(invoice)
    for group in dict.fromkeys(tax.group for tax in taxes):
        if group.category is TaxCategory.O:
            continue  # the category is the reason: only one code goes with it
        rules = rules_of(group)
        has_reason = any(tax.reason or tax.code for tax in taxes if tax.group == group)
        if rules and has_reason is not (group.category in _REASONED):
            needs = "may give no reason" if has_reason else "needs a reason or its code"
            message = f"tax {group} {needs} for asking no tax: see reason and code of Tax"
            yield Finding(f"breakdown.{group}", f"{rules}-10", message, Severity.ERROR)


def _has(invoice: Invoice, category: TaxCategory) -> bool:
    return any(tax.category is category for tax in _taxes(invoice))


def _beside_o(taxes: Callable[[Invoice], Iterable[Tax]]) -> Callable[[Invoice], bool]:
    """Return a test for other categories among these, where one is outside the scope of tax."""

    def mixes(invoice: Invoice) -> bool:
        others = _used_by(taxes(invoice)) - {TaxCategory.O}
        return _has(invoice, TaxCategory.O) and bool(others)

    return mixes


def _has_no_day_of_supply(invoice: Invoice) -> bool:
    days = [line.delivery and line.delivery.delivered_on for line in invoice.lines]
    return _has(invoice, TaxCategory.K) and invoice.period is None and not any(days)


def _has_no_destination(invoice: Invoice) -> bool:
    return _has(invoice, TaxCategory.K) and not invoice.buyer.country.strip()


def _splits_abroad(invoice: Invoice) -> bool:
    countries = {seller_of(invoice).country, invoice.buyer.country}
    return _has(invoice, TaxCategory.B) and countries != {"IT"}


def _splits_some(invoice: Invoice) -> bool:
    return _has(invoice, TaxCategory.B) and _has(invoice, TaxCategory.S)


_MIXTURES: Final = (
    Rule(
        "BR-IC-11",
        "lines",
        "a supply to another member state needs its day: fill in delivered_on, or the period",
        _has_no_day_of_supply,
    ),
    Rule(
        "BR-IC-12",
        "buyer.country",
        "a supply to another member state needs its country: fill in the buyer's country",
        _has_no_destination,
    ),
    Rule(
        "BR-O-11",
        "breakdown",
        "what is outside the scope of tax stands on an invoice of its own",
        _beside_o(_taxes),
    ),
    Rule(
        "BR-O-12",
        "lines",
        "lines with tax stand beside what is outside its scope",
        _beside_o(lambda invoice: [line.tax for line in invoice.lines]),
    ),
    Rule(
        "BR-O-13",
        "allowances",
        "allowances with tax stand beside what is outside its scope",
        _beside_o(lambda invoice: _taxes_of(document_allowances(invoice))),
    ),
    Rule(
        "BR-O-14",
        "charges",
        "charges with tax stand beside what is outside its scope",
        _beside_o(lambda invoice: _taxes_of(document_charges(invoice))),
    ),
    Rule(
        "BR-B-01",
        "breakdown",
        "a split payment is for a seller and a buyer in Italy",
        _splits_abroad,
    ),
    Rule(
        "BR-B-02",
        "breakdown",
        "a split payment does not stand beside tax of the standard rate",
        _splits_some,
    ),
)
