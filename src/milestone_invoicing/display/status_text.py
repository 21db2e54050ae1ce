"""A status as people say it: the label, how late, and what stands beside it."""

from datetime import timedelta
from typing import Final

from babel.dates import format_timedelta

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import known_locale
from milestone_invoicing.display.labels import label, language_of_labels
from milestone_invoicing.receivables import InvoiceStatus, SettlementState, StatusLabel

_NEVER_COARSER: Final = 10**9
_NOT_SAID: Final = frozenset({StatusLabel.OVERDUE, StatusLabel.DUE})


def status_text(status: InvoiceStatus, *, locale: str) -> str:
    """Return the label of a status with the days overdue, part payment and flags.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not an InvoiceStatus.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> invoice = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 5, 1)))
        >>> status_text(invoice_status(invoice, as_of=date(2026, 5, 2)), locale="en")
        'overdue (1 day), part paid, unsent'
    """
    require_type(status, InvoiceStatus, "the status")
    first = label(status.label, locale=locale)
    if status.days_overdue:
        first = f"{first} ({days_text(status.days_overdue, locale)})"
    parts = [first]
    if status.settlement is SettlementState.PART_PAID and status.label in _NOT_SAID:
        parts.append(label(status.settlement, locale=locale))
    flags = sorted(status.flags, key=lambda flag: flag.value)
    return ", ".join((*parts, *(label(flag, locale=locale) for flag in flags)))


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
