"""Whether a deposit is left, or still claimed, once the work is billed; it corrects nothing."""

from collections.abc import Iterable, Iterator
from datetime import date

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.advances.recouping import is_final, work_net
from milestone_invoicing.billing.billed import milestone_billing
from milestone_invoicing.billing.books.deposit_checks import BookedDeposit, deposits_among
from milestone_invoicing.billing.books.entered import EnteredBills
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import Recoupment, Schedule
from milestone_invoicing.errors import NumberRangeError, OverbillingError
from milestone_invoicing.findings import Finding, Severity


def check_draft(
    draft: Invoice, schedule: Schedule, *, invoices: Iterable[Invoice], as_of: date
) -> tuple[Finding, ...]:
    """Return what of a deposit a draft leaves, before it is issued; nothing is raised for it.

    ========================= ============= ====================================================
    code                      severity      found when
    ========================= ============= ====================================================
    ``deposit_still_claimed`` warning, note a deposit invoice is open, and the draft asks for the
                                            same money; a note where a later bill takes it off
    ``deposit_left_over``     warning       nothing is left to bill after the draft, which leaves a
                                            part of what was received for a deposit
    ========================= ============= ====================================================

    Args:
        draft: of the contract.
        schedule: the contract.
        invoices: all its invoices so far; the draft may be among them.
        as_of: the day on which it is drafted.

    Order: by deposit invoice, in the order of the invoices.

    Raises: as ``milestone_billing``.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ...     deposit=Deposit(Percent(30)),
        ... )
        >>> acme, day = Party("acme", "Acme"), date(2026, 5, 4)
        >>> unpaid = issue(draft_deposit(schedule, invoices=[], buyer=acme), number="D-1", on=day)
        >>> draft = draft_invoice(schedule, "a", invoices=[unpaid], as_of=day, buyer=acme)
        >>> for finding in check_draft(draft, schedule, invoices=[unpaid], as_of=day):
        ...     print(finding.path, finding.code)
        invoices.D-1 deposit_still_claimed

    Source: convention of this library.
    """
    require_type(draft, Invoice, "the draft")
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    others = tuple(each for each in books_of(invoices) if each != draft)
    books = EnteredBills.on(others, as_of)
    final = is_final(draft, schedule, others, as_of=as_of)
    waits = _recoup(schedule) is Recoupment.AT_END
    drafts = (*(each for each in others if each.is_draft), draft)
    found: list[Finding] = []
    for deposit in deposits_among(books, *drafts):
        if deposit.claimed.minor > 0 and (final or not waits):
            severity = Severity.WARNING if final else Severity.NOTE
            found.append(_still_claimed(deposit, severity))
        if final and deposit.state.left.minor > 0:
            found.append(_left_over(deposit))
    return tuple(found)


def rest_findings(books: EnteredBills, schedule: Schedule | None) -> Iterator[Finding]:
    """Yield the deposits that are left, or that are claimed beside the bills.

    Without the contract nobody knows whether the last bill is issued. Then a deposit of which
    nothing came is found once work is billed, and one that is left once a bill has no room for it.
    """
    closed = schedule is not None and _is_billed(schedule, books)
    for deposit in deposits_among(books):
        if deposit.claimed.minor > 0 and _is_beside(deposit, schedule, books, closed=closed):
            yield _still_claimed(deposit, Severity.WARNING)
        used = schedule is None and deposit.state.deducted.minor > 0
        if deposit.state.left.minor > 0 and (closed or (used and _has_no_room(deposit, books))):
            yield _left_over(deposit)


def _is_beside(
    deposit: BookedDeposit, schedule: Schedule | None, books: EnteredBills, *, closed: bool
) -> bool:
    """Say whether bills ask for what a deposit claims; where they take it off, that is found."""
    state = deposit.state
    if closed:
        return state.left.minor > 0 or not state.deducted
    last = schedule is not None and _recoup(schedule) is Recoupment.AT_END
    untouched = not state.deducted and not state.received
    return not last and untouched and _has_work_since(deposit.invoice, books)


def _recoup(schedule: Schedule) -> Recoupment:
    return Recoupment.AT_END if schedule.deposit is None else schedule.deposit.recoup


def _still_claimed(deposit: BookedDeposit, severity: Severity) -> Finding:
    message = (
        f"{deposit.claimed} is still claimed, and the bills ask for it too: collect it before the"
        " last one, or credit it"
    )
    path = f"invoices.{deposit.state.number}"
    return Finding(path, "deposit_still_claimed", message, severity)


def _left_over(deposit: BookedDeposit) -> Finding:
    state = deposit.state
    message = (
        f"{state.left} of {state.received} is left, and no bill takes it off: credit it, and"
        " refund it or set it against another invoice"
    )
    return Finding(f"invoices.{state.number}", "deposit_left_over", message, Severity.WARNING)


def _is_billed(schedule: Schedule, books: EnteredBills) -> bool:
    """Say whether nothing is left to bill of a contract; more than agreed is all of it."""
    bills = [each for each in books.by_number.values() if each.currency == schedule.total.currency]
    for key in schedule.agreed_on(books.as_of).by_key:
        try:
            terms = milestone_billing(schedule, key, bills, as_of=books.as_of)
        except OverbillingError:
            continue
        except NumberRangeError:  # credit notes without their invoice
            return False
        if terms.not_yet_invoiced or terms.awaiting_decision:
            return False
    return True


def _has_work_since(deposit: Invoice, books: EnteredBills) -> bool:
    """Say whether work of a deposit's client is billed since, and not credited."""
    whose = (deposit.buyer.key, deposit.currency, deposit.project)
    nets = (
        work_net(bill).minor
        for bill in books.counted
        if (bill.buyer.key, bill.currency, bill.project) == whose and _day(bill) >= _day(deposit)
    )
    return sum(nets) > 0


def _has_no_room(deposit: BookedDeposit, books: EnteredBills) -> bool:
    """Say whether the last bill that takes a deposit off leaves nothing to pay."""
    number = deposit.state.number
    taking = [
        bill
        for bill in books.counted
        if not bill.kind.is_credit_note
        and (
            any(each.number == number for each in bill.prepaid)
            or any(line.deducts == number for line in bill.lines)
        )
    ]
    return bool(taking) and not max(taking, key=_day).payable_now


def _day(bill: Invoice) -> date:
    return bill.issued_on or date.max
