"""What puts the money of a contract at risk on a day, each with its reason; it changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing.billing import Disputed, Invoice, Promised
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.contract import Schedule, WorkState, work_status
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Currency, Money, Percent
from milestone_invoicing.receivables.metrics.habits import habitually_late
from milestone_invoicing.receivables.positions import contract_position
from milestone_invoicing.receivables.rows import row_order
from milestone_invoicing.receivables.status import InvoiceStatus, invoice_status
from milestone_invoicing.receivables.status_axes import Flag
from milestone_invoicing.receivables.worklists import unbilled_work

_HALF: Final = Percent(50)
_MOST_OVERDUE: Final = 60


def risk_flags(  # noqa: PLR0913  # each threshold by name
    schedule: Schedule,
    invoices: Iterable[Invoice],
    *,
    as_of: date,
    book: Iterable[Invoice] | None = None,
    most_exposed: Percent | Money = _HALF,
    longest_overdue: int = _MOST_OVERDUE,
    longest_ready: int = 14,
    longest_retained: int = 365,
    most_days_late: int = 7,
    fewest_paid: int = 3,
    largest_share: Percent = _HALF,
) -> tuple[Finding, ...]:
    """Return what puts the money of a contract at risk on a day.

    ===================== ======== ==============================================================
    code                  severity found when
    ===================== ======== ==============================================================
    ``exposed``           warning  earned less paid is more than *most_exposed*
    ``work_goes_on``      warning  a milestone is in progress while an invoice is overdue
    ``long_overdue``      error    an invoice is overdue for more than *longest_overdue* days
    ``promise_broken``    warning  a promised day passed, and the money did not come
    ``disputed``          warning  the client disputes an invoice
    ``unbilled``          warning  work is ready and not billed for more than *longest_ready* days
    ``long_retained``     note     money is held for more than *longest_retained* days
    ``late_client``       warning  the client pays late as a rule
    ``large_client``      note     the client owes more than *largest_share* of all that is open
    ===================== ======== ==============================================================

    Args:
        schedule: the contract.
        invoices: all its invoices, and no others.
        as_of: the day; what is dated after it is invisible.
        book: all invoices of the seller, for the last two codes; by default *invoices*, in which
            nobody is a large client.
        most_exposed: net, an amount or a part of the contract; exactly so much is fine.
        longest_overdue: in days; exactly so many are fine.
        longest_ready: in days; exactly so many are fine.
        longest_retained: in days since the issue; exactly so many are fine.
        most_days_late: on average; exactly so many are fine.
        fewest_paid: invoices that cash came for, before a client has a habit.
        largest_share: of what is open in one currency; exactly so much is fine.

    Order: the contract, its invoices as given, its work, then its clients.

    Raises:
        UnknownMilestoneError, OverbillingError, NumberRangeError, DuplicateNumberError,
            CurrencyMismatchError: as ``contract_position``; the latter also for *most_exposed*.
        NumberTypeError, NumberRangeError: a number of days or invoices is no int or too small.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ... )
        >>> for finding in risk_flags(schedule, [], as_of=date(2026, 5, 31)):
        ...     print(finding)
        warning: milestones.a: EUR 900.00 is ready and not billed for 27 days (unbilled)

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    require_type(most_exposed, (Percent, Money), "most_exposed")
    require_type(largest_share, Percent, "largest_share")
    for name, days in (
        ("longest_overdue", longest_overdue),
        ("longest_ready", longest_ready),
        ("longest_retained", longest_retained),
    ):
        require_int(days, name, at_least=0)
    known = books_of(invoices)
    others = known if book is None else books_of(book)
    clients = {bill.buyer.key for bill in known if bill.is_issued(as_of)}
    late = habitually_late(others, as_of=as_of, more_than=most_days_late, at_least=fewest_paid)
    return (
        *_exposed(schedule, known, as_of, most_exposed),
        *_of_invoices(known, as_of, longest_overdue, longest_retained),
        *_of_work(schedule, known, as_of, longest_ready),
        *(
            _warning(f"clients.{each.party}", "late_client", str(each.reasons[0]))
            for each in late
            if each.party in clients
        ),
        *(_large(others, clients, as_of, largest_share) if book is not None else ()),
    )


def _warning(path: str, code: str, message: str) -> Finding:
    return Finding(path, code, message, Severity.WARNING)


def _exposed(
    schedule: Schedule, invoices: Sequence[Invoice], as_of: date, most: Percent | Money
) -> Iterator[Finding]:
    net = contract_position(schedule, invoices, as_of=as_of).net
    if isinstance(most, Money):
        over, words = net.exposure > most, str(most)
    else:
        over = net.exposure.minor > net.agreed.minor * most.fraction
        words = f"{most} of {net.agreed}"
    if over:
        message = f"{net.exposure} is earned and not paid, more than {words}"
        yield _warning("schedule", "exposed", message)


def _of_invoices(
    invoices: Iterable[Invoice], as_of: date, longest_overdue: int, longest_retained: int
) -> Iterator[Finding]:
    for invoice in invoices:
        status = invoice_status(invoice, as_of=as_of)
        path = f"invoices.{invoice.number}"
        if status.days_overdue > longest_overdue:
            message = f"{status.overdue} is overdue for {status.days_overdue} days"
            yield Finding(path, "long_overdue", message, Severity.ERROR)
        yield from _said(status, path)
        held = 0 if invoice.issued_on is None else (as_of - invoice.issued_on).days
        if status.retained and held > longest_retained:
            message = f"{status.retained} is held for {held} days: ask for its release"
            yield Finding(path, "long_retained", message, Severity.NOTE)


def _said(status: InvoiceStatus, path: str) -> Iterator[Finding]:
    """Yield what the client said about an invoice, in the words of its status."""
    for reason in status.reasons:
        for fact in reason.facts:
            if isinstance(fact, Promised) and Flag.PROMISE_BROKEN in status.flags:
                yield _warning(path, "promise_broken", reason.rule)
            elif isinstance(fact, Disputed):
                yield _warning(path, "disputed", reason.rule)


def _of_work(
    schedule: Schedule, invoices: Sequence[Invoice], as_of: date, longest: int
) -> Iterator[Finding]:
    """Yield work that goes on unpaid, and work that waits for its bill."""
    late = [
        invoice.number
        for invoice in invoices
        if invoice_status(invoice, as_of=as_of).days_overdue > 0
    ]
    for milestone in schedule.agreed_on(as_of).milestones if late else ():
        if work_status(schedule, milestone.key, as_of=as_of).state is WorkState.IN_PROGRESS:
            message = f"work goes on while invoice {late[0]} is overdue"
            yield _warning(f"milestones.{milestone.key}", "work_goes_on", message)
    for ready in unbilled_work(schedule, invoices, as_of=as_of):
        if ready.days_waiting > longest:
            message = f"{ready.amount} is ready and not billed for {ready.days_waiting} days"
            yield _warning(f"milestones.{ready.key}", "unbilled", message)


def _large(
    book: Iterable[Invoice], clients: Iterable[str], as_of: date, most: Percent
) -> Iterator[Finding]:
    """Yield the clients of the contract that owe too large a part of what is open."""
    owed: dict[tuple[str, Currency], int] = {}
    whole: dict[Currency, int] = {}
    for invoice in book:
        left, currency = invoice.reading(as_of).open, invoice.currency
        key = invoice.buyer.key, currency
        owed[key] = owed.get(key, 0) + left
        whole[currency] = whole.get(currency, 0) + left
    for party, currency in sorted(owed, key=lambda at: row_order(*at)):
        left = owed[party, currency]
        if party in clients and left > whole[currency] * most.fraction:
            parts = Money(left, currency), Money(whole[currency], currency)
            message = f"{parts[0]} of {parts[1]} that is open, more than {most}"
            yield Finding(f"clients.{party}", "large_client", message, Severity.NOTE)
