"""Where an invoice stands on a day, as tests ask it."""

from datetime import date
from typing import NamedTuple

from milestone_invoicing import Invoice, InvoicePosition, Money


class Amounts(NamedTuple):
    """All amounts of a position, which are equal where two invoices stand alike."""

    payable: Money
    received: Money
    refunded: Money
    paid: Money
    discount: Money
    credited: Money
    withheld: Money
    written_off: Money
    retained: Money
    open: Money
    to_come: Money
    to_certify: Money
    applied: Money
    unapplied: Money
    outstanding: Money
    balance: Money


def position_on(invoice: Invoice, as_of: date) -> Amounts:
    """Return the amounts of an invoice on a day."""
    position = InvoicePosition(invoice, as_of=as_of)
    return Amounts(*(getattr(position, name) for name in Amounts._fields))
