"""Prints how a contract stands on several days; the examples of this folder share it."""

from collections.abc import Sequence
from datetime import date

from milestone_invoicing import Invoice, Schedule, age, contract_position
from milestone_invoicing.display import (
    aging_text,
    format_date,
    invoices_text,
    position_text,
    schedule_text,
)


def show_contract(
    title: str,
    schedule: Schedule,
    invoices: Sequence[Invoice],
    *,
    days: Sequence[date],
    locale: str,
) -> None:
    """Print the contract as seen on each of *days*, then the aging report of the last."""
    print(underlined(title, "="))
    for day in days:
        print(underlined(format_date(day, locale=locale), "-"))
        print(schedule_text(schedule, as_of=day, locale=locale, invoices=invoices))
        print()
        if any(invoice.is_issued(day) for invoice in invoices):
            print(invoices_text(invoices, as_of=day, locale=locale))
            print()
        position = contract_position(schedule, invoices, as_of=day)
        print(position_text(position, locale=locale))
        print()
    names = {invoice.buyer.key: invoice.buyer.name for invoice in invoices}
    print(aging_text(age(invoices, as_of=days[-1]), locale=locale, names=names))
    print()


def underlined(text: str, mark: str) -> str:
    """Return *text* with a line below it."""
    return f"{text}\n{mark * len(text)}\n"
