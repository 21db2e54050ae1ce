"""A list of invoices as aligned text: a line each, with what is open and the status on a day."""

from collections.abc import Iterable
from datetime import date

from milestone_invoicing._checks import require_date, tuple_of
from milestone_invoicing.billing import Invoice
from milestone_invoicing.display.formats import format_date
from milestone_invoicing.display.labels import word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.status_text import status_text
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.receivables import invoice_status


def invoices_text(invoices: Iterable[Invoice], *, as_of: date, locale: str) -> str:
    """Return the invoices that are issued on a day, a line each, in the order given.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> print(invoices_text([invoice], as_of=date(2026, 5, 2), locale="en"))
        Invoice  Issued on      Payable       Open  Status
        -------  -----------  ---------  ---------  -----------------------
        2026-01  May 1, 2026  €1,000.00  €1,000.00  overdue (1 day), unsent
    """
    require_date(as_of, "as_of")
    titles = ("Invoice", "Issued on", "Payable", "Open", "Status")
    rows = [
        _row(invoice, as_of, locale)
        for invoice in tuple_of(invoices, Invoice, "invoices")
        if invoice.is_issued(as_of)
    ]
    return text_table([word(title, locale) for title in titles], rows, left=(0, 1, 4))


def _row(invoice: Invoice, as_of: date, locale: str) -> tuple[str, ...]:
    status = invoice_status(invoice, as_of=as_of)
    return (
        str(invoice.number),
        format_date(invoice.issued_on, locale=locale) if invoice.issued_on else "",
        format_money(status.payable, locale=locale),
        format_money(status.open, locale=locale),
        status_text(status, locale=locale),
    )
