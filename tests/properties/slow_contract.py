"""Where a contract stands, the slow way: milestone by milestone, each line and fact asked anew.

It boxes every amount, reads every work status in full, and shares payments out as fractions.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from milestone_invoicing import (
    ContractPosition,
    CreditEffect,
    EarnedBy,
    GrossPosition,
    Invoice,
    InvoiceKind,
    InvoicePosition,
    Line,
    Money,
    NetPosition,
    Rounding,
    Schedule,
    WorkState,
    round_ratio,
    work_status,
)
from milestone_invoicing.billing.advances.deposits import deposit_states
from milestone_invoicing.billing.document.apportioning import line_taxes
from milestone_invoicing.billing.retainage.kept_back import leaves_off
from milestone_invoicing.billing.taken_back import voids_among, waiting


def slow_position(
    schedule: Schedule,
    invoices: Sequence[Invoice],
    *,
    as_of: date,
    earned_by: EarnedBy = EarnedBy.APPROVAL,
) -> ContractPosition:
    zero = Money.zero(schedule.total.currency)
    keys = [milestone.key for milestone in schedule.agreed_on(as_of).milestones]
    rows = [_net(schedule, key, invoices, as_of, earned_by) for key in keys]
    gross = [
        _gross(invoice, as_of)
        for invoice in invoices
        if invoice.is_issued(as_of) or InvoicePosition(invoice, as_of=as_of).unapplied
    ]
    net = NetPosition(None, *_columns(NetPosition, rows, zero))
    return ContractPosition(
        as_of=as_of,
        milestones=tuple(rows),
        net=attrs.evolve(net, unassigned=_unassigned(invoices, as_of, zero)),
        invoices=tuple(gross),
        gross=GrossPosition(None, *_columns(GrossPosition, gross, zero)),
    )


def _columns(
    kind: type[NetPosition | GrossPosition],
    rows: Sequence[NetPosition | GrossPosition],
    zero: Money,
) -> list[Money]:
    names = [field.name for field in attrs.fields(kind)][1:]
    return [sum((getattr(row, name) for row in rows), zero) for name in names]


def _net(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], as_of: date, earned_by: EarnedBy
) -> NetPosition:
    zero, agreed = Money.zero(schedule.total.currency), schedule.amount(key, as_of=as_of)
    issued = [bill for bill in invoices if bill.is_issued(as_of)]
    voids = voids_among(issued, as_of)
    counted = [bill for bill in issued if bill.number not in voids]
    notes = [bill for bill in counted if bill.kind.is_credit_note]
    credited = -sum((note.net_of(key) for note in notes), zero)
    invoiced = sum((bill.net_of(key) for bill in counted), zero) + credited
    left = agreed - invoiced + credited
    work = work_status(schedule, key, as_of=as_of)
    closed, waits = left, zero
    if work.state is not WorkState.CANCELLED:
        for_good = [note.net_of(key) for note in notes if note.effect is not CreditEffect.REBILL]
        closed = min(-sum(for_good, zero), left)
        of_key = [bill for bill in issued if any(line.milestone == key for line in bill.lines)]
        waits = min(Money(waiting(of_key, voids, key), zero.currency), left - closed)
    earned = agreed - closed if work.was_approved else zero
    if earned_by is EarnedBy.PROGRESS and not work.was_approved:
        done = agreed.times(work.done, rounding=Rounding.HALF_UP)
        earned = min(done, agreed - closed)
    return NetPosition(
        key=key,
        agreed=agreed,
        invoiced=invoiced,
        credited=credited,
        awaiting_decision=waits,
        not_yet_invoiced=left - closed - waits,
        cancelled=closed,
        earned=earned,
        paid=sum((_paid(schedule, key, bill, as_of) for bill in invoices), zero),
        unassigned=zero,
    )


def _paid(schedule: Schedule, key: str, bill: Invoice, as_of: date) -> Money:
    """Return what is paid of one milestone: of all until it, less of all before it."""
    keys = [milestone.key for milestone in schedule.agreed_on(as_of).milestones]
    place, part = keys.index(key), _part(bill, as_of)
    before, until = (
        _times(sum(bill.net_of(each).minor for each in keys[:end]), part)
        for end in (place, place + 1)
    )
    return Money(until - before, schedule.total.currency)


def _part(bill: Invoice, as_of: date) -> Fraction:
    """Return which part of the net amount of the work of a bill is paid."""
    money = InvoicePosition(bill, as_of=as_of)
    if not bill.is_issued(as_of) or bill.is_void_on(as_of):
        return Fraction(0)
    got = money.paid + money.discount + money.withheld + money.credited
    if money.payable.minor < 0:
        got = money.discount - money.applied - money.refunded
    deducted, work, left_off = bill.totals.prepaid.minor, 0, 0
    for line, tax in line_taxes(bill.entries, bill.totals.breakdown):
        if line.deducts is not None and line.milestone is None:
            deducted -= line.net.minor + tax
        elif line.retainage and not _is_release(bill, line):
            left_off += line.net.minor
        else:
            work += line.net.minor
    claimed = work * (bill.payable.minor + deducted)
    return Fraction((got.minor + deducted) * (work + left_off), claimed) if claimed else Fraction(0)


def _is_release(bill: Invoice, line: Line) -> bool:
    return line.retainage and not leaves_off(bill, line)


def _times(net: int, part: Fraction) -> int:
    return round_ratio(net * part.numerator, part.denominator, Rounding.HALF_UP)


def _unassigned(invoices: Sequence[Invoice], as_of: date, zero: Money) -> Money:
    """Return what is received for no milestone: what is left of deposits, and bills of releases."""
    issued = [bill for bill in invoices if bill.is_issued(as_of)]
    voids = voids_among(issued, as_of)
    bills = [b for b in issued if b.number not in voids or b.kind is InvoiceKind.DEPOSIT]
    nets = [group.base for state in deposit_states(bills, as_of) for group in state.groups]
    for bill in bills:
        released = sum(line.net.minor for line in bill.lines if _is_release(bill, line))
        nets.append(Money(_times(released, _part(bill, as_of)), zero.currency))
    return sum(nets, zero)


def _gross(invoice: Invoice, as_of: date) -> GrossPosition:
    money, zero = InvoicePosition(invoice, as_of=as_of), Money.zero(invoice.currency)
    return GrossPosition(
        number=invoice.number,
        payable=max(money.payable, zero),
        paid=money.paid,
        discount=max(money.discount, zero),
        credited=money.credited,
        withheld=money.withheld,
        written_off=money.written_off,
        retained=money.retained,
        open=money.open,
        unapplied=money.unapplied,
    )
