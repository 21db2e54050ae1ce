"""The lines and totals of an invoice as aligned text; it knows no due dates and no status."""

from collections.abc import Iterator
from typing import Final

from milestone_invoicing.billing import (
    Adjustment,
    Delivery,
    Invoice,
    Line,
    Tax,
    TaxCategory,
    tax_reduction,
)
from milestone_invoicing.billing.document.entries import UNTAXED
from milestone_invoicing.billing.document.totals import withholding_base
from milestone_invoicing.display.formats import format_date, format_number, format_percent
from milestone_invoicing.display.labels import headed, word
from milestone_invoicing.display.money_format import format_money, format_price
from milestone_invoicing.display.tables import aligned, one_line, text_table
from milestone_invoicing.money import Money, Percent

# Why no tax is asked for, as the invoice has to say.
_UNTAXED: Final[dict[TaxCategory | str, str]] = {
    TaxCategory.E: "exempt",
    TaxCategory.AE: "reverse charge",
    TaxCategory.K: "intra-Community supply",
    TaxCategory.G: "export outside the EU",
}
# Taxes that are not VAT and keep their own names in every language.
_OTHER_TAXES: Final[dict[TaxCategory | str, str]] = {TaxCategory.L: "IGIC", TaxCategory.M: "IPSI"}
# What drafting calls the lines that it adds.
_OWN_TITLES: Final = ("Less", "Less deposit", "Retainage")


def lines_text(invoice: Invoice, locale: str) -> str:
    """Return the table of the lines."""
    titles = [word(title, locale) for title in ("Description", "Quantity", "Price", "Net")]
    rows = [row for line in invoice.lines for row in _line_rows(line, locale)]
    return text_table(titles, rows)


def _line_rows(line: Line, locale: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the row of a line, and one for each allowance and charge that its net amount holds."""
    net = format_money(line.net, locale=locale)
    yield _description(line, locale), _quantity(line, locale), _price(line, locale), net
    for mark, several in (("-", line.allowances), ("+", line.charges)):
        for each in several:
            amount = each.amount_on(line.amount) * (-1 if mark == "-" else 1)
            yield f"{mark} {_reason(each, locale)}", "", format_money(amount, locale=locale), ""


def _description(line: Line, locale: str) -> str:
    """Return what a line bills; what this library itself calls a line is put in the language."""
    if line.deducts is not None:
        title = line.description.removesuffix(line.deducts).rstrip()
        if title in _OWN_TITLES:
            return f"{word(title, locale)} {line.deducts}"
    title, colon, rest = line.description.partition(": ")
    if line.retainage and colon and title in _OWN_TITLES:
        return headed(word(title, locale), rest, locale)
    return line.description


def deliveries_text(invoice: Invoice, locale: str) -> str:
    """Return what was delivered and who approved it, a line for each line that says so."""
    rows: list[str] = []
    for line in invoice.lines:
        parts = [] if line.delivery is None else list(_delivery(line.delivery, locale))
        if parts:
            rows.append(headed(one_line(line.description), ", ".join(parts), locale))
    return "\n".join(rows)


def _delivery(delivery: Delivery, locale: str) -> Iterator[str]:
    if delivery.delivered_on is not None:
        yield f"{word('delivered', locale)} {format_date(delivery.delivered_on, locale=locale)}"
    if delivery.approved_by:
        yield f"{word('approved by', locale)} {one_line(', '.join(delivery.approved_by))}"


def _reason(each: Adjustment, locale: str) -> str:
    """Return why an amount goes off or on, with its percentage."""
    if isinstance(each.amount, Money):
        return each.reason
    return f"{each.reason} {format_percent(each.amount, locale=locale)}"


def _quantity(line: Line, locale: str) -> str:
    return f"{format_number(line.quantity, locale=locale)} {line.unit}".rstrip()


def _price(line: Line, locale: str) -> str:
    """Return the price with all its decimals, and the quantity it is for if that is not one."""
    price = line.price
    if isinstance(price, Money):
        shown = format_money(price, locale=locale)
    else:
        shown = format_price(price, locale=locale)
    if line.base_quantity == 1:
        return shown
    return f"{shown} / {format_number(line.base_quantity, locale=locale)}"


def totals_text(invoice: Invoice, locale: str) -> str:
    """Return the totals, from the lines to what is payable, and what follows from that."""
    totals = invoice.totals
    rows = [*_before_tax(invoice, locale)]
    rows += [
        (_tax_title(group.tax, locale), group.amount)
        for group in totals.breakdown
        if group.tax.rate is not None
    ]
    if invoice.prepaid or totals.rounding_minor:
        rows.append((word("Total with tax", locale), totals.tax_inclusive))
    rows += [(f"{word('Deposit', locale)} {each.number}", -each.gross) for each in invoice.prepaid]
    if totals.rounding_minor:
        rows.append((word("Rounding", locale), totals.rounding))
    rows.append((word("Payable", locale), totals.payable))
    rows += _after_payable(invoice, locale)
    return aligned([(title, format_money(amount, locale=locale)) for title, amount in rows])


def _before_tax(invoice: Invoice, locale: str) -> Iterator[tuple[str, Money]]:
    """Yield the total without tax, and how allowances and charges of the document lead to it."""
    totals = invoice.totals
    off, on = tax_reduction(invoice)
    if invoice.allowances or invoice.charges or on:
        yield word("Total of lines", locale), totals.line_total
    for sign, several, reduced in ((-1, invoice.allowances, off), (1, invoice.charges, on)):
        for each in several:
            yield _reason(each, locale), each.amount_on(totals.line_total) * sign
        for each in reduced:
            yield _reduction(each, locale), each.amount_on(totals.line_total) * sign
    yield word("Total without tax", locale), totals.tax_exclusive


def _reduction(each: Adjustment, locale: str) -> str:
    """Return what a discount that always reduces the tax takes from a tax, or leaves untaxed."""
    title = word(each.reason, locale)
    return title if each.tax is None else f"{title}, {_tax_title(each.tax, locale)}"


def _after_payable(invoice: Invoice, locale: str) -> Iterator[tuple[str, Money]]:
    """Yield what is withheld or lapses, what that leaves, and the tax in the seller's currency."""
    totals = invoice.totals
    base = withholding_base(totals, invoice.prepaid)
    for each in invoice.withheld:
        yield _reason(each, locale), -each.amount_on(base)
    less = invoice.discount_taken
    if less is not None:
        yield word("Discount", locale), less
        yield word("Net to pay", locale), totals.net_to_pay + less
    elif invoice.withheld:
        # It asks for what settles the bill now; what is held is asked for once it is released.
        held = None if invoice.kind.is_credit_note else invoice.held
        if held:
            yield word("Retained", locale), -held
        yield word("Net to pay", locale), totals.net_to_pay - held if held else totals.net_to_pay
    tax = totals.accounting_tax
    if tax is not None:
        yield f"{word('Tax', locale)} {tax.currency}", tax


def exemptions_text(invoice: Invoice, locale: str) -> str:
    """Return why no tax is asked for, a line for each reason; our own is put in the language."""
    reasons = (reason for group in invoice.totals.breakdown for reason in group.reasons)
    shown = (word(each, locale) if each == UNTAXED.reason else each for each in reasons)
    return "\n".join(dict.fromkeys(map(one_line, shown)))


def _tax_title(tax: Tax, locale: str) -> str:
    """Return the name and rate of a tax, or why there is none to pay."""
    if tax.category in _UNTAXED:
        return f"{word('Tax', locale)} ({word(_UNTAXED[tax.category], locale)})"
    name = _OTHER_TAXES.get(tax.category) or word("Tax", locale)
    return f"{name} {format_percent(tax.rate or Percent(0), locale=locale)}"
