"""A status as people say it: the label, how late, what is left over, and what stands beside it."""

from datetime import timedelta
from typing import Final

from babel.dates import format_timedelta

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import known_locale
from milestone_invoicing.display.labels import label, language_of_labels, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.receivables import InvoiceStatus, SettlementState, StatusLabel

_NEVER_COARSER: Final = 10**9
_NOT_SAID: Final = frozenset({StatusLabel.OVERDUE, StatusLabel.DUE})


def status_text(status: InvoiceStatus, *, locale: str) -> str:
    """Return the label of a status with the days overdue, part payment, money left over and flags.

    What is left over, and so the client's, stands as an amount: of an invoice that is overpaid, of
    a credit note that is not used up, and of money that came for a draft or a void.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not an InvoiceStatus.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> invoice = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 5, 1)))
        >>> status_text(invoice_status(invoice, as_of=date(2026, 5, 2)), locale="en")
        'overdue (1 day), part paid, unsent'
        >>> invoice = invoice.record(Payment(Money.of(650, "EUR"), on=date(2026, 5, 3)))
        >>> status_text(invoice_status(invoice, as_of=date(2026, 5, 3)), locale="en")
        'paid, overpaid €50.00, unsent'
    """
    require_type(status, InvoiceStatus, "the status")
    parts = [_first(status, locale)]
    if status.settlement is SettlementState.PART_PAID and status.label in _NOT_SAID:
        parts.append(label(status.settlement, locale=locale))
    if status.unapplied and status.label is not StatusLabel.CREDIT_OPEN:
        parts.append(_left_over(status, locale))
    flags = sorted(status.flags, key=lambda flag: flag.value)
    return ", ".join((*parts, *(label(flag, locale=locale) for flag in flags)))


def _first(status: InvoiceStatus, locale: str) -> str:
    """Return the label, with what makes it tell: how many days, or how much credit."""
    text = label(status.label, locale=locale)
    if status.days_overdue:
        return f"{text} ({days_text(status.days_overdue, locale)})"
    if status.label is StatusLabel.CREDIT_OPEN:
        return f"{text} {format_money(status.unapplied, locale=locale)}"
    return text


def _left_over(status: InvoiceStatus, locale: str) -> str:
    """Return what is left over for the client, and how that is called."""
    paid = status.label is StatusLabel.PAID
    name = label(SettlementState.OVERPAID, locale=locale) if paid else word("unapplied", locale)
    return f"{name} {format_money(status.unapplied, locale=locale)}"


def days_text(number: int, locale: str, *, ahead: bool = False) -> str:
    """Return so many days in the language of the label beside them; *ahead*: in so many days.

    The threshold keeps Babel from turning to weeks or months.
    """
    return format_timedelta(
        timedelta(days=number),
        granularity="day",
        add_direction=ahead,
        threshold=_NEVER_COARSER,
        locale=known_locale(language_of_labels(locale)),
    )
