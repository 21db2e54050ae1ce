"""A schedule as aligned text: shares, amounts, triggers, and where each milestone stands."""

from collections.abc import Iterable, Sequence
from datetime import date

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.billing import Invoice
from milestone_invoicing.contract import Milestone, Schedule, Share, Weight, work_status
from milestone_invoicing.display.formats import format_percent
from milestone_invoicing.display.labels import label, trigger_label, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.receivables import milestone_status


def schedule_text(
    schedule: Schedule,
    *,
    as_of: date,
    locale: str,
    invoices: Iterable[Invoice] | None = None,
) -> str:
    """Return a schedule as aligned text, one line per milestone and one for the total.

    Args:
        schedule: the contract.
        as_of: the day of amounts and states.
        locale: of numbers, dates and labels.
        invoices: with them the last column says how far each milestone is invoiced and paid;
            without, how far its work is.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        OverbillingError, NumberRangeError: the invoices bill more of a milestone than was agreed,
            or less than nothing.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice that bills a milestone is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [Milestone("a", "Audit", Percent(40)), Milestone("b", "Advice", REST)],
        ... )
        >>> print(schedule_text(schedule, as_of=date(2026, 5, 1), locale="en"))
        Milestone  Share   Amount  Invoiced when  Status
        ---------  -----  -------  -------------  -------
        Audit        40%  €360.00  on approval    planned
        Advice      rest  €540.00  on approval    planned
        ---------  -----  -------  -------------  -------
        Total             €900.00
    """
    require_type(schedule, Schedule, "the schedule")
    bills = None if invoices is None else tuple_of(invoices, Invoice, "invoices")
    titles = ("Milestone", "Share", "Amount", "Invoiced when", "Status")
    agreed = schedule.agreed_on(as_of)
    rows = [
        (
            milestone.title,
            _share(milestone.share, locale),
            format_money(amount, locale=locale),
            trigger_label(milestone.trigger, locale=locale),
            _state(schedule, milestone, bills, as_of, locale),
        )
        for milestone, amount in zip(agreed.milestones, agreed.amounts, strict=True)
    ]
    total = (word("Total", locale), "", format_money(agreed.total, locale=locale), "", "")
    return text_table(
        [word(title, locale) for title in titles], rows, totals=[total], left=(0, 3, 4)
    )


def _share(share: Share, locale: str) -> str:
    if isinstance(share, Percent):
        return format_percent(share, locale=locale)
    if isinstance(share, Money):
        return format_money(share, locale=locale)
    return word("rest", locale) + (f" x {share.n}" if share != Weight(1) else "")


def _state(
    schedule: Schedule,
    milestone: Milestone,
    invoices: Sequence[Invoice] | None,
    as_of: date,
    locale: str,
) -> str:
    if invoices is None:
        return label(work_status(schedule, milestone.key, as_of=as_of).state, locale=locale)
    status = milestone_status(schedule, milestone.key, invoices, as_of=as_of)
    return label(status.label, locale=locale)
