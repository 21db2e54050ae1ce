"""An application for payment as aligned text: its summary, change orders and schedule of values."""

from collections.abc import Sequence
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import ApplicationLine, ProgressApplication
from milestone_invoicing.display.formats import format_date, format_percent
from milestone_invoicing.display.labels import headed, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import aligned, one_line, text_table
from milestone_invoicing.money import Money, Percent

# The attributes of the summary by their line numbers.
_SUMMARY: Final = (
    ("1", "Original contract sum", "original_sum"),
    ("2", "Change orders", "change_orders"),
    ("3", "Contract sum to date", "contract_sum"),
    ("4", "Completed and stored", "completed_and_stored"),
    ("5a", "Retainage on completed work", "retainage_completed"),
    ("5b", "Retainage on stored materials", "retainage_stored"),
    ("5", "Retainage", "retainage"),
    ("6", "Earned less retainage", "earned_less_retainage"),
    ("7", "Previous certificates", "previous_certificates"),
    ("8", "Payment due", "payment_due"),
    ("9", "Balance to finish, with retainage", "balance_to_finish"),
)
_TITLES: Final = (
    "Item",
    "Description",
    "Scheduled",
    "Previous",
    "This period",
    "Stored",
    "To date",
    "Progress",
    "To finish",
    "Retainage",
)


def application_text(application: ProgressApplication, *, locale: str) -> str:
    """Return an application for payment as aligned text, its lines numbered as on the form.

    The change orders are shown where there are any, and the schedule of values where it has lines;
    percentages have at most two decimals, rounded half up.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a ProgressApplication.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> application = progress_application(schedule, number="1", as_of=date(2026, 5, 31))
        >>> print(application_text(application, locale="en").partition("5a")[0])
        Application for payment 1
        Period to: May 31, 2026
        <BLANKLINE>
        1   Original contract sum              €900.00
        2   Change orders                        €0.00
        3   Contract sum to date               €900.00
        4   Completed and stored                 €0.00
        <BLANKLINE>

    Source: the order of AIA G702 and G703.
    """
    require_type(application, ProgressApplication, "the application")
    until = format_date(application.as_of, locale=locale)
    number = one_line(application.number).strip()
    head = f"{word('Application for payment', locale)} {number}"
    blocks = [
        f"{head}\n{headed(word('Period to', locale), until, locale)}",
        _summary(application, locale),
        _changes(application, locale),
        _lines(application, locale),
    ]
    return "\n\n".join(block for block in blocks if block)


def _summary(application: ProgressApplication, locale: str) -> str:
    rows = [
        (number, word(title, locale), format_money(getattr(application, name), locale=locale))
        for number, title, name in _SUMMARY
    ]
    return aligned(rows, left=(0, 1))


def _changes(application: ProgressApplication, locale: str) -> str:
    changes = application.changes
    if changes is None:
        return ""
    before = (changes.additions_before, changes.deductions_before)
    since = (changes.additions, changes.deductions)
    if not any((*before, *since)):
        return ""
    titles = ("Change orders", "Additions", "Deductions")
    rows = [
        (word(name, locale), *(format_money(amount, locale=locale) for amount in amounts))
        for name, amounts in (("Previous", before), ("This period", since))
    ]
    return text_table([word(title, locale) for title in titles], rows)


def _lines(application: ProgressApplication, locale: str) -> str:
    totals = application.totals
    if totals is None:
        return ""
    cells = [_cells(line, locale) for line in application.lines]
    total = ("", word("Total", locale), *_cells(totals, locale)[2:])
    titles = [word(title, locale) for title in _TITLES]
    return text_table(titles, cells, totals=[total], left=(0, 1))


def _cells(line: ApplicationLine, locale: str) -> Sequence[str]:
    return (
        line.item,
        line.description,
        _money(line.scheduled, locale),
        _money(line.previous, locale),
        _money(line.this_period, locale),
        _money(line.stored, locale),
        _money(line.completed_and_stored, locale),
        _percent(line.percent, locale),
        _money(line.balance, locale),
        _money(line.retainage, locale),
    )


def _money(amount: Money | None, locale: str) -> str:
    return "" if amount is None else format_money(amount, locale=locale)


def _percent(percent: Percent | None, locale: str) -> str:
    return "" if percent is None else format_percent(percent, locale=locale)
