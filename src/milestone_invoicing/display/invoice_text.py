"""An invoice as aligned text: parties, lines, totals, instalments, and its status on a day."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import (
    Adjustment,
    Invoice,
    InvoiceKind,
    Line,
    Party,
    TaxCategory,
)
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.display.formats import format_date, format_number, format_percent
from milestone_invoicing.display.labels import headed, word
from milestone_invoicing.display.money_format import format_money, format_price
from milestone_invoicing.display.status_text import status_text
from milestone_invoicing.display.tables import aligned, one_line, text_table
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.receivables import (
    DiscountStage,
    DiscountState,
    DueItem,
    discount_state,
    due_items,
    invoice_status,
)

# Why no tax is asked for, as the invoice has to say.
_UNTAXED: Final[dict[TaxCategory | str, str]] = {
    TaxCategory.E: "exempt",
    TaxCategory.AE: "reverse charge",
    TaxCategory.K: "intra-Community supply",
    TaxCategory.G: "export outside the EU",
}
_TITLES: Final = {
    InvoiceKind.DEPOSIT: "Deposit invoice",
    InvoiceKind.CORRECTED: "Corrected invoice",
}
# Columns that most invoices have no amount in; they are shown where one has.
_SELDOM: Final[dict[str, Callable[[DueItem], Money]]] = {
    "Discount": lambda item: item.discount,
    "Credited": lambda item: item.credited,
    "Retained": lambda item: item.retained,
}
# Taxes that are not VAT and keep their own names in every language.
_OTHER_TAXES: Final[dict[TaxCategory | str, str]] = {TaxCategory.L: "IGIC", TaxCategory.M: "IPSI"}


def invoice_text(invoice: Invoice, *, locale: str, as_of: date | None = None) -> str:
    """Return an invoice or draft as aligned text, notes included.

    Args:
        invoice: the invoice.
        locale: of numbers, dates and labels.
        as_of: with it, instalments show what is open on that day, and a line the status.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), tax=Tax.standard(21))
        >>> invoice = Invoice(
        ...     "2026-01",
        ...     date(2026, 5, 1),
        ...     Party("acme", "Acme"),
        ...     [line],
        ...     terms=PaymentTerms.net(30),
        ... )
        >>> print(invoice_text(invoice, locale="en"))
        Invoice 2026-01
        Issued on: May 1, 2026
        Buyer: Acme
        <BLANKLINE>
        Description  Quantity      Price        Net
        -----------  --------  ---------  ---------
        Audit               1  €1,000.00  €1,000.00
        <BLANKLINE>
        Total without tax  €1,000.00
        Tax 21%              €210.00
        Payable            €1,210.00
        <BLANKLINE>
        Due              Amount
        ------------  ---------
        May 31, 2026  €1,210.00
    """
    require_type(invoice, Invoice, "the invoice")
    blocks = [
        "\n".join(_head(invoice, locale)),
        _lines(invoice, locale),
        _totals(invoice, locale),
        _exemptions(invoice),
        _installments(invoice, locale, as_of),
        _discounts(invoice, locale, as_of),
        invoice.terms.note.strip(),
        invoice.note.strip(),
    ]
    if as_of is not None:
        blocks.append(_status(invoice, locale, as_of))
    return "\n\n".join(block for block in blocks if block)


def _head(invoice: Invoice, locale: str) -> Iterator[str]:
    kind = word(_title(invoice), locale)
    yield f"{kind} {invoice.number or ''}".rstrip()
    if invoice.issued_on is not None:
        issued_on = format_date(invoice.issued_on, locale=locale)
        yield headed(word("Issued on", locale), issued_on, locale)
    if invoice.preceding:
        preceding = one_line(", ".join(invoice.preceding))
        yield headed(word("Preceding invoice", locale), preceding, locale)
    for title, text in _references(invoice).items():
        if text:
            yield headed(word(title, locale), one_line(text), locale)
    if invoice.seller is not None:
        yield _party("Seller", invoice.seller, locale)
    yield _party("Buyer", invoice.buyer, locale)


def _references(invoice: Invoice) -> dict[str, str]:
    return {
        "Buyer reference": invoice.buyer_reference,
        "Purchase order": invoice.purchase_order,
        "Contract": invoice.contract,
    }


def _title(invoice: Invoice) -> str:
    if invoice.kind.is_credit_note:
        return "Draft credit note" if invoice.is_draft else "Credit note"
    if invoice.is_draft:
        return "Draft"
    return _TITLES.get(invoice.kind, "Invoice")


def _party(role: str, party: Party, locale: str) -> str:
    parts = (party.name, *party.address, party.tax_id)
    shown = one_line(", ".join(part for part in parts if part))
    return headed(word(role, locale), shown, locale)


def _lines(invoice: Invoice, locale: str) -> str:
    titles = [word(title, locale) for title in ("Description", "Quantity", "Price", "Net")]
    rows = [row for line in invoice.lines for row in _line_rows(line, locale)]
    return text_table(titles, rows)


def _line_rows(line: Line, locale: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the row of a line, and one for each allowance and charge that its net amount holds."""
    net = format_money(line.net, locale=locale)
    yield line.description, _quantity(line, locale), _price(line, locale), net
    for sign, several in ((-1, line.allowances), (1, line.charges)):
        for each in several:
            amount = each.amount_on(line.amount) * sign
            yield f"- {_reason(each, locale)}", "", format_money(amount, locale=locale), ""


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


def _totals(invoice: Invoice, locale: str) -> str:
    totals = invoice.totals
    rows = [*_before_tax(invoice, locale)]
    rows += [
        (_tax_title(group.tax.category, rate, locale), group.amount)
        for group in totals.breakdown
        if (rate := group.tax.rate) is not None
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
    if invoice.allowances or invoice.charges:
        yield word("Total of lines", locale), totals.line_total
    for sign, several in ((-1, invoice.allowances), (1, invoice.charges)):
        for each in several:
            yield _reason(each, locale), each.amount_on(totals.line_total) * sign
    yield word("Total without tax", locale), totals.tax_exclusive


def _after_payable(invoice: Invoice, locale: str) -> Iterator[tuple[str, Money]]:
    """Yield what is withheld, what that leaves, and the tax in the seller's own currency."""
    totals = invoice.totals
    for each in invoice.withheld:
        yield _reason(each, locale), -each.amount_on(totals.tax_exclusive)
    if invoice.withheld:
        yield word("Net to pay", locale), totals.net_to_pay
    tax = totals.accounting_tax
    if tax is not None:
        yield f"{word('Tax', locale)} {tax.currency}", tax


def _exemptions(invoice: Invoice) -> str:
    """Return why no tax is asked for, a line for each reason."""
    reasons = (reason for group in invoice.totals.breakdown for reason in group.reasons)
    return "\n".join(one_line(reason) for reason in reasons)


def _tax_title(category: TaxCategory | str, rate: Percent, locale: str) -> str:
    """Return the name and rate of a tax, or why there is none to pay."""
    if category in _UNTAXED:
        return f"{word('Tax', locale)} ({word(_UNTAXED[category], locale)})"
    name = _OTHER_TAXES.get(category) or word("Tax", locale)
    return f"{name} {format_percent(rate, locale=locale)}"


def _installments(invoice: Invoice, locale: str, as_of: date | None) -> str:
    if as_of is None:
        titles = ["Due", "Amount"]
        rows = [
            [_due(part, locale), format_money(part.amount, locale=locale)]
            for part in invoice.installments
        ]
    else:
        items = due_items(invoice, as_of=as_of)
        seldom = [title for title, amount in _SELDOM.items() if any(map(amount, items))]
        titles = ["Due", "Amount", *seldom, "Open"]
        rows = [
            [_due(item, locale), *(format_money(amount, locale=locale) for amount in amounts)]
            for item in items
            for amounts in [[item.amount, *(_SELDOM[each](item) for each in seldom), item.open]]
        ]
    return text_table([word(title, locale) for title in titles], rows) if rows else ""


def _due(part: DueAmount | DueItem, locale: str) -> str:
    """Return the due date, or what it waits for."""
    if part.due_on is not None:
        return format_date(part.due_on, locale=locale)
    if part.held:
        return word("Retained", locale)
    return (
        word("Pending", locale) if part.after is None else f"{word('After', locale)} {part.after}"
    )


def _discounts(invoice: Invoice, locale: str, as_of: date | None) -> str:
    """Return what early payment takes off, level by level; on a day, what settles it in time."""
    day = as_of or invoice.issued_on
    if day is None:
        return ""
    state = discount_state(invoice, as_of=day)
    if as_of is not None:
        return _settles(state, locale)
    rows = [
        [
            format_date(offer.until, locale=locale),
            format_percent(offer.percent, locale=locale),
            format_money(offer.discount, locale=locale),
            format_money(offer.pays, locale=locale),
        ]
        for offer in state.offers
    ]
    titles = [word(title, locale) for title in ("Paid by", "Discount", "Amount", "To pay")]
    return text_table(titles, rows) if rows else ""


def _settles(state: DiscountState, locale: str) -> str:
    """Return until when a discount may be taken, and what then settles the invoice."""
    if state.stage is not DiscountStage.AVAILABLE or state.until is None:
        return ""
    title = f"{word('Paid by', locale)} {format_date(state.until, locale=locale)}"
    return headed(title, format_money(state.settles, locale=locale), locale)


def _status(invoice: Invoice, locale: str, as_of: date) -> str:
    status = status_text(invoice_status(invoice, as_of=as_of), locale=locale)
    title = f"{word('Status', locale)} {format_date(as_of, locale=locale)}"
    return headed(title, status, locale)
