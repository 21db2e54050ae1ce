"""An invoice as aligned text: parties, lines, totals, instalments, and its status on a day."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import (
    DueItem,
    Invoice,
    InvoiceKind,
    Party,
    due_items,
)
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.display.document_text import (
    deliveries_text,
    exemptions_text,
    lines_text,
    totals_text,
)
from milestone_invoicing.display.formats import format_date, format_percent
from milestone_invoicing.display.labels import headed, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.status_text import status_text
from milestone_invoicing.display.tables import one_line, text_table
from milestone_invoicing.money import Money
from milestone_invoicing.receivables import (
    DiscountStage,
    DiscountState,
    discount_state,
    invoice_status,
)

_TITLES: Final = {
    InvoiceKind.DEPOSIT: "Deposit invoice",
    InvoiceKind.CORRECTED: "Corrected invoice",
    InvoiceKind.PARTIAL: "Partial invoice",
    InvoiceKind.PARTIAL_CONSTRUCTION: "Partial construction invoice",
    InvoiceKind.PARTIAL_FINAL_CONSTRUCTION: "Partial final construction invoice",
    InvoiceKind.FINAL_CONSTRUCTION: "Final construction invoice",
}
# Columns that most invoices have no amount in; they are shown where one has.
_SELDOM: Final[dict[str, Callable[[DueItem], Money]]] = {
    "Discount": lambda item: item.discount,
    "Credited": lambda item: item.credited,
    "Retained": lambda item: item.retained,
    "Withheld": lambda item: item.to_certify,
}


def invoice_text(invoice: Invoice, *, locale: str, as_of: date | None = None) -> str:
    """Return an invoice or draft as aligned text, notes included.

    Args:
        invoice: the invoice.
        locale: of numbers, dates and labels.
        as_of: with it, instalments show what is open on that day, and a line the status. Of tax
            that the client withholds they show what still lacks its certificate.

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
        lines_text(invoice, locale),
        deliveries_text(invoice, locale),
        totals_text(invoice, locale),
        exemptions_text(invoice, locale),
        _installments(invoice, locale, as_of),
        _discounts(invoice, locale, as_of),
        _bank_account(invoice, locale),
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
    parts = (party.name, *party.address, party.tax_id, party.legal_id, party.contact)
    shown = one_line(", ".join(part for part in parts if part))
    return headed(word(role, locale), shown, locale)


def _bank_account(invoice: Invoice, locale: str) -> str:
    """Return where to pay, where there is something to pay."""
    account = "" if invoice.seller is None else one_line(invoice.seller.bank_account)
    if not account or invoice.totals.payable_minor <= 0:
        return ""
    return headed(word("Bank account", locale), account, locale)


def _installments(invoice: Invoice, locale: str, as_of: date | None) -> str:
    if as_of is None:
        titles, rows = _as_agreed(invoice, locale)
    else:
        items = due_items(invoice, as_of=as_of)
        if any(item.plan for item in items):  # what it divides anew is nothing to read any more
            items = tuple(item for item in items if item.amount)
        seldom = [title for title, amount in _SELDOM.items() if any(map(amount, items))]
        # What only lacks its certificate is open, and nothing to pay.
        titles = ["Due", "Amount", *seldom, "To pay" if "Withheld" in seldom else "Open"]
        rows = [
            [_due(item, locale), *(format_money(amount, locale=locale) for amount in amounts)]
            for item in items
            for amounts in [[item.amount, *(_SELDOM[each](item) for each in seldom), item.cash]]
        ]
    return text_table([word(title, locale) for title in titles], rows) if rows else ""


def _as_agreed(invoice: Invoice, locale: str) -> tuple[list[str], list[list[str]]]:
    """Return titles and rows of what is due when, with the tax that the client keeps of it."""
    kept = () if invoice.claim is None else invoice.claim.withheld_last
    rows = [
        [_due(part, locale), *(format_money(each, locale=locale) for each in amounts)]
        for part, minor in zip(invoice.installments, kept, strict=True)
        for withheld in [Money(minor, invoice.currency)]
        for amounts in [[part.amount, *([withheld, part.amount - withheld] if any(kept) else [])]]
    ]
    return ["Due", "Amount", *(["Withheld", "To pay"] if any(kept) else [])], rows


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
