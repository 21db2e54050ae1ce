"""What a bill takes off for a deposit: which part of it, and how the bill shows it.

A bill takes off exact amounts of the deposit's own invoice, net and tax by tax, never computed
anew; and only of what was received. What is unpaid stays claimed by the deposit invoice, and what
was credited is owed to the client: neither is taken off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from milestone_invoicing.billing.account.books import Books, books_of
from milestone_invoicing.billing.advances.deposits import DepositState, deposits_left
from milestone_invoicing.billing.billed import ContractRoom, contract_room
from milestone_invoicing.billing.document.apportioning import part_of_whole, taken_of
from milestone_invoicing.billing.document.breakdown import Prepaid, TaxSubtotal
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import DeductedAs, Deposit, Recoupment, Schedule
from milestone_invoicing.money import Money, Rounding, TaxedAmount
from milestone_invoicing.money.waterfall import waterfall


def with_deposits_deducted(
    draft: Invoice, schedule: Schedule, invoices: Books, *, as_of: date
) -> Invoice:
    """Return a draft of the contract that takes deposits off, as the schedule says.

    Raises: as ``milestone_billing``.
    """
    deposit = schedule.deposit
    if deposit is None:
        return draft
    states = deposits_left(invoices, as_of=as_of)
    before = contract_room(schedule, invoices, as_of)
    total = schedule.agreed_on(as_of).total
    wanted = _wanted(draft, total, deposit, states, before)
    prepaid = tuple(_parts(states, wanted))
    if deposit.deducted_as is DeductedAs.PREPAID:
        return attrs.evolve(draft, prepaid=(*draft.prepaid, *prepaid))
    lines = [_line_of(each.number, group) for each in prepaid for group in each.groups]
    return attrs.evolve(draft, lines=(*draft.lines, *lines))


def _parts(states: Iterable[DepositState], wanted: Money) -> Iterator[Prepaid]:
    """Yield so much of the deposits that are left, the first invoice first."""
    limits = ((state, state.left.minor) for state in states)
    for state, part in waterfall(wanted.minor, limits):
        groups = {each.tax: TaxedAmount(each.base, each.amount) for each in state.groups}
        taken = taken_of(groups, Money(part, wanted.currency))
        yield Prepaid(
            state.number, (TaxSubtotal(tax, each.net, each.tax) for tax, each in taken.items())
        )


def _line_of(number: str, group: TaxSubtotal) -> Line:
    return Line(
        f"Less deposit {number}",
        -1 if group.base.minor > 0 else 1,
        abs(group.base),
        tax=group.tax,
        tax_amount=-group.amount if group.tax.has_rate else None,
        deducts=number,
        discountable=False,
    )


def _wanted(
    draft: Invoice,
    agreed: Money,
    deposit: Deposit,
    states: Sequence[DepositState],
    before: ContractRoom,
) -> Money:
    """Return the most that a draft is to take off, with tax, of a contract worth so much."""
    room = draft.payable - (draft.held or Money.zero(draft.currency))
    work = work_net(draft).minor
    if before.left <= work:
        return room
    if deposit.recoup is Recoupment.AT_END:
        return Money.zero(draft.currency)
    if deposit.recoup is Recoupment.PRO_RATA:
        # The part that goes with what is billed to date, rounded half up on the running total, less
        # what is taken. Drafts count on both sides.
        whole = sum(state.asked.minor for state in states)
        taken = sum(state.deducted.minor for state in states)
        target = part_of_whole(whole, before.taken + work, agreed.minor)
        room = min(room, Money(target - taken, draft.currency))
    if deposit.cap is not None:
        room = min(room, draft.payable.times(deposit.cap, rounding=Rounding.HALF_UP))
    return room


def work_net(invoice: Invoice) -> Money:
    """Return what an invoice bills of milestones, net."""
    nets = (line.net for line in invoice.lines if line.milestone is not None)
    return Money.total(nets, currency=invoice.currency)


def is_final(
    draft: Invoice, schedule: Schedule, invoices: Sequence[Invoice], *, as_of: date
) -> bool:
    """Say whether nothing is left to bill of the contract after a draft."""
    return contract_room(schedule, books_of(invoices), as_of).left <= work_net(draft).minor
