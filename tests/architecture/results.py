"""Prints what the library computes; the same text is expected in every environment."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import milestone_invoicing as mi
from milestone_invoicing import display
from tests.architecture.samples import JULY_2, application, bill, contract, samples

AMOUNT = mi.Money.of("184333.37", "EUR")
LOCALES = ("en", "nl_NL", "fr_FR", "ar", "fa", "hi", "de_CH", "ja")
LONG_AFTER = date(2061, 12, 31)  # more days late than a context of four digits can hold


def main() -> None:
    """Print samples, and figures that need more than four digits."""
    for value in samples():
        print(repr(value))
    print_money()
    print_billing()
    print_display()


def print_money() -> None:
    for remainder in mi.Remainder:
        print(remainder.name, *mi.allocate(AMOUNT, ("20", "30", "30", "20"), remainder=remainder))
        print(remainder.name, *mi.split_evenly(-AMOUNT, 7, remainder=remainder))
    for rounding in mi.Rounding:
        print(rounding.name, AMOUNT.times(mi.Percent("33.335"), rounding=rounding))


def print_billing() -> None:
    price = mi.Price("12345.678901", "EUR")
    lines = [mi.Line(f"{n}", f"{n}.125", price, tax=mi.Tax.standard("8.875")) for n in range(1, 9)]
    invoice = mi.Invoice("1", JULY_2, mi.Party("acme", "Acme"), lines)
    for amount in (invoice.totals.line_total, invoice.totals.tax, invoice.totals.payable):
        print(amount)
    terms = mi.PaymentTerms.monthly(7, first_days=10)
    print(*(f"{part.due_on} {part.amount}" for part in terms.due(invoice.payable, JULY_2)))
    for day in (JULY_2, LONG_AFTER):
        status = mi.invoice_status(invoice, as_of=day)
        print(status.label.value, status.open, status.days_overdue, status.next_change)
        print(*mi.age([invoice], as_of=day).totals[0].buckets)


def print_display() -> None:
    schedule, invoice = contract(), bill()
    for locale in LOCALES:
        for currency in ("EUR", "IQD", "JPY", "INR"):
            print(
                display.format_money(mi.Money(-123456789, mi.Currency.of(currency)), locale=locale)
            )
        print(display.format_percent(mi.Percent("100/7"), locale=locale, digits=9))
        print(display.format_number("1234567.8901", locale=locale))
        print(*(display.format_date(JULY_2, locale=locale, style=one) for one in display.DateStyle))
        print(display.schedule_text(schedule, as_of=JULY_2, locale=locale, invoices=[invoice]))
        print(display.invoice_text(invoice, locale=locale, as_of=LONG_AFTER))
        print(display.invoices_text([invoice], as_of=JULY_2, locale=locale))
        print(display.application_text(application(), locale=locale))
        position = mi.contract_position(schedule, [invoice], as_of=JULY_2)
        print(display.position_text(position, locale=locale))
        print(display.aging_text(mi.age([invoice], as_of=LONG_AFTER), locale=locale))
        reminders = mi.due_reminders([invoice], mi.ReminderPolicy.standard(), as_of=LONG_AFTER)
        print(display.reminder_subject(reminders, locale=locale))
        print(display.reminder_text(reminders, locale=locale))


if __name__ == "__main__":
    main()
