"""Who looks after an invoice on a day, and what nobody looks after; it knows no people."""

from collections.abc import Iterable
from datetime import date

from milestone_invoicing._checks import require_date, require_type, tuple_of
from milestone_invoicing.billing import Assigned, Invoice
from milestone_invoicing.billing.history.reading import Reading


def owner_of(invoice: Invoice, *, as_of: date) -> str | None:
    """Return who looks after *invoice* on a day: whom it was last assigned to, or its owner.

    The day of an assignment is included. None is nobody.

    Raises:
        WrongTypeError: not an Invoice.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line], owner="Eve")
        >>> assigned = invoice.record(Assigned("Dana", on=date(2026, 6, 4)))
        >>> [owner_of(assigned, as_of=date(2026, 6, day)) for day in (3, 4)]
        ['Eve', 'Dana']

    Source: convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_date(as_of, "as_of")
    return owner_in(invoice, invoice.reading(as_of))


def owner_in(invoice: Invoice, reading: Reading) -> str | None:
    """Return the same by a reading of the invoice."""
    assigned = reading.of_kind(Assigned)
    return assigned[-1].owner if assigned else invoice.owner


def unowned(invoices: Iterable[Invoice], *, as_of: date) -> tuple[Invoice, ...]:
    """Return the invoices with something outstanding that nobody looks after, in their order.

    What is held counts as outstanding. Drafts, voids and what is issued after *as_of* claim
    nothing yet, and are left out.

    Raises:
        WrongTypeError: no collection, or an item is no Invoice.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> [each.number for each in unowned([invoice], as_of=date(2026, 5, 1))]
        ['1']

    Source: convention of this library.
    """
    require_date(as_of, "as_of")
    return tuple(
        invoice
        for invoice in tuple_of(invoices, Invoice, "invoices")
        if not owner_of(invoice, as_of=as_of) and invoice.reading(as_of).outstanding
    )
