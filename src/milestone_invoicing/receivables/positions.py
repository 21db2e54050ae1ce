"""Where a contract stands: net by milestone, gross by invoice, each in terms that sum up."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import unique
from fractions import Fraction

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import (
    Invoice,
    InvoiceKind,
    Line,
    MilestoneBilling,
    milestone_billing,
)
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.account.position import InvoicePosition
from milestone_invoicing.billing.advances.deposits import deposit_states
from milestone_invoicing.billing.document.apportioning import line_taxes
from milestone_invoicing.billing.retainage.kept_back import leaves_off
from milestone_invoicing.billing.taken_back import voids_among
from milestone_invoicing.contract import Schedule, work_status
from milestone_invoicing.money import Money, Rounding, round_ratio


@unique
class EarnedBy(Worded):
    """When work counts as earned: approved milestones whole, or as far as progress is reported."""

    APPROVAL = "approval"
    PROGRESS = "progress"


@attrs.frozen
class NetPosition(Answer):
    """Net amounts of a milestone, or of the whole contract.

    agreed = invoiced - credited + awaiting_decision + not_yet_invoiced + cancelled, no term below
    zero.

    For the whole contract ``unbilled`` and ``in_advance`` are what is left when the milestones are
    set against each other, so that one of them is zero.

    Attributes:
        key: of the milestone; None for the whole contract.
        agreed: what it is worth.
        invoiced: on invoices that are issued and not void.
        credited: on credit notes that are issued and not void.
        awaiting_decision: voided or credited for it, and neither billed again nor cancelled.
        not_yet_invoiced: what is left to bill.
        cancelled: what never will be billed.
        earned: the value of accepted work.
        paid: which part of what is invoiced of it is paid, without tax; each invoice's payments
            are shared out by net amount, rounded half up on running totals. An allowance of the
            whole invoice is paid with the rest, and a charge is in no milestone.
        unassigned: received for no milestone, without tax: what is left of deposits, and retainage
            that was released on a bill of its own; zero of a milestone. Below zero where bills took
            off more for a deposit than was received.
    """

    key: str | None
    agreed: Money
    invoiced: Money
    credited: Money
    awaiting_decision: Money
    not_yet_invoiced: Money
    cancelled: Money
    earned: Money
    paid: Money
    unassigned: Money

    @property
    def billed(self) -> Money:
        """What is invoiced and not credited."""
        return self.invoiced - self.credited

    @property
    def unbilled(self) -> Money:
        """What is earned and not invoiced: work that waits to be billed."""
        return max(self.earned - self.billed, Money.zero(self.earned.currency))

    @property
    def in_advance(self) -> Money:
        """What is invoiced and not earned."""
        return max(self.billed - self.earned, Money.zero(self.earned.currency))

    @property
    def exposure(self) -> Money:
        """What is earned and not paid: what the seller would lose today; may be negative."""
        return self.earned - self.paid - self.unassigned


@attrs.frozen
class GrossPosition(Answer):
    """Amounts of an invoice with tax, or of all.

    payable = paid + discount + credited + withheld + written_off + retained + open

    Attributes:
        number: of the invoice; None for all.
        payable: what it claims; zero for a void. A negative claim stands in ``unapplied``.
        paid: what cash is applied to it.
        discount: what early discounts took off.
        credited: what credit notes took off.
        withheld: what the client paid to the state for the seller.
        written_off: what is given up and not recovered.
        retained: what is held and not released.
        open: what may be collected.
        unapplied: received for it and not applied, or owed to the client.
    """

    number: str | None
    payable: Money
    paid: Money
    discount: Money
    credited: Money
    withheld: Money
    written_off: Money
    retained: Money
    open: Money
    unapplied: Money


@attrs.frozen
class ContractPosition(Answer):
    """Where a contract stands on a day.

    Attributes:
        as_of: the day.
        milestones: net, in the order of the schedule.
        net: their sum.
        invoices: gross, the issued ones and those with money on them, in the order given.
        gross: their sum.
    """

    as_of: date
    milestones: tuple[NetPosition, ...]
    net: NetPosition
    invoices: tuple[GrossPosition, ...]
    gross: GrossPosition


def contract_position(
    schedule: Schedule,
    invoices: Sequence[Invoice],
    *,
    as_of: date,
    earned_by: EarnedBy = EarnedBy.APPROVAL,
) -> ContractPosition:
    """Return where a contract stands on a day: net by milestone, gross by invoice.

    Args:
        schedule: the contract.
        invoices: all its invoices, and no others: their lines name its milestones.
        as_of: the day; facts and issue dates after it are invisible.
        earned_by: when work counts as earned.

    Raises:
        UnknownMilestoneError: a line bills a milestone that the schedule does not have.
        OverbillingError, NumberRangeError: the invoices bill more of a milestone than was agreed,
            or less than nothing.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice is in another currency.
        DateTypeError, WrongTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> schedule = schedule.record("a", Delivered(on=date(2026, 5, 4)))
        >>> schedule = schedule.record("a", Approved("Eve", on=date(2026, 5, 6)))
        >>> str(contract_position(schedule, [], as_of=date(2026, 5, 6)).net.unbilled)
        'EUR 900.00'

    Source: contract assets and liabilities by their usual names; the terms are a convention of
    this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    require_type(earned_by, EarnedBy, "earned_by")
    bills = books_of(invoices)
    _require_known_keys(schedule, (bill for bill in bills if bill.is_issued(as_of)))
    paid = _paid_net(schedule, bills, as_of)
    rows: list[NetPosition] = []
    agreed = schedule.agreed_on(as_of)
    for key in schedule.keys:
        if key not in agreed.by_key:  # nothing may be billed of it, and this says so
            milestone_billing(schedule, key, bills, as_of=as_of)
    for milestone in agreed.milestones:
        terms = milestone_billing(schedule, milestone.key, bills, as_of=as_of)
        earned = _earned(schedule, terms, as_of, earned_by)
        rows.append(_net_position(terms, earned, paid[milestone.key]))
    gross = tuple(_gross_positions(bills, as_of))
    zero = Money.zero(schedule.total.currency)
    return ContractPosition(
        as_of=as_of,
        milestones=tuple(rows),
        net=attrs.evolve(
            NetPosition(None, *_column_sums(rows, NetPosition, zero)),
            unassigned=_unassigned(schedule, bills, as_of),
        ),
        invoices=gross,
        gross=GrossPosition(None, *_column_sums(gross, GrossPosition, zero)),
    )


def _require_known_keys(schedule: Schedule, invoices: Iterable[Invoice]) -> None:
    for invoice in invoices:
        for line in invoice.lines:
            if line.milestone is not None:
                schedule.milestone(line.milestone)


def _net_position(terms: MilestoneBilling, earned: Money, paid: Money) -> NetPosition:
    return NetPosition(
        key=terms.key,
        agreed=terms.agreed,
        invoiced=terms.invoiced,
        credited=terms.credited,
        awaiting_decision=terms.awaiting_decision,
        not_yet_invoiced=terms.not_yet_invoiced,
        cancelled=terms.cancelled,
        earned=earned,
        paid=paid,
        unassigned=Money.zero(paid.currency),
    )


def _earned(schedule: Schedule, terms: MilestoneBilling, as_of: date, earned_by: EarnedBy) -> Money:
    """Return the value of accepted work; what was cancelled is never earned."""
    status = work_status(schedule, terms.key, as_of=as_of)
    worth = terms.agreed - terms.cancelled
    if status.was_approved:
        return worth
    if earned_by is EarnedBy.APPROVAL:
        return Money.zero(worth.currency)
    return min(terms.agreed.times(status.done, rounding=Rounding.HALF_UP), worth)


def _paid_net(schedule: Schedule, invoices: Iterable[Invoice], as_of: date) -> dict[str, Money]:
    """Return what is paid for each milestone without tax."""
    zero = Money.zero(schedule.total.currency)
    paid = {milestone.key: zero for milestone in schedule.agreed_on(as_of).milestones}
    for invoice in invoices:
        settled = _settled(invoice, as_of)
        running = before = 0
        for key in paid if settled else ():
            running += invoice.net_of(key).minor
            after = _times(running, settled)
            paid[key] += Money(after - before, zero.currency)
            before = after
    return paid


def _unassigned(schedule: Schedule, invoices: Sequence[Invoice], as_of: date) -> Money:
    """Return what is received for no milestone, without tax."""
    zero = Money.zero(schedule.total.currency)
    issued = [bill for bill in invoices if bill.is_issued(as_of)]
    voids = voids_among(issued, as_of)
    # A void deposit stays among them: what a bill took off for it was never received.
    bills = [b for b in issued if b.number not in voids or b.kind is InvoiceKind.DEPOSIT]
    nets = [group.base for state in deposit_states(bills, as_of) for group in state.groups]
    for bill in bills:
        released = sum(line.net.minor for line in bill.lines if _is_release(line, bill))
        if released:
            nets.append(Money(_times(released, _settled(bill, as_of)), zero.currency))
    return sum(nets, zero)


def _is_release(line: Line, bill: Invoice) -> bool:
    """Say whether a line bills what was left off before, or takes such a line back."""
    return line.retainage and not leaves_off(bill, line)


def _times(net: int, part: Fraction) -> int:
    return round_ratio(net * part.numerator, part.denominator, Rounding.HALF_UP)


def _settled(invoice: Invoice, as_of: date) -> Fraction:
    """Return which part of the net amount of its work is paid, with what counts as paid.

    What is left off the bill is not paid with it. A deposit that is taken off was paid before.
    Credit moves money from the note to the invoice that it is applied to, so it is taken from what
    the note had billed and counts where it went; what went back is taken from it too.
    """
    if invoice.reading(as_of).claim is None:
        return Fraction(0)
    money, totals = invoice.reading(as_of), invoice.totals
    got = money.paid + money.discount + money.withheld + money.credited
    if money.payable < 0:
        got = money.discount - money.applied - money.refunded
    deducted, work, left_off = totals.prepaid.minor, 0, 0
    for line, tax in line_taxes(invoice.entries, totals.breakdown):
        if line.deducts is not None and line.milestone is None:
            deducted -= line.net.minor + tax
        elif line.retainage and not _is_release(line, invoice):
            left_off += line.net.minor
        else:
            work += line.net.minor
    claimed = work * (totals.payable.minor + deducted)
    return Fraction((got + deducted) * (work + left_off), claimed) if claimed else Fraction(0)


def _gross_positions(invoices: Iterable[Invoice], as_of: date) -> Iterable[GrossPosition]:
    for invoice in invoices:
        money = InvoicePosition(invoice, as_of=as_of)
        if invoice.is_issued(as_of) or money.unapplied:
            yield GrossPosition(
                number=invoice.number,
                payable=max(money.payable, Money.zero(invoice.currency)),
                paid=money.paid,
                discount=max(money.discount, Money.zero(invoice.currency)),
                credited=money.credited,
                withheld=money.withheld,
                written_off=money.written_off,
                retained=money.retained,
                open=money.open,
                unapplied=money.unapplied,
            )


def _column_sums(
    rows: Sequence[NetPosition] | Sequence[GrossPosition],
    kind: type[NetPosition | GrossPosition],
    zero: Money,
) -> list[Money]:
    """Return the sum of each column after the first, which names the row."""
    names = [field.name for field in attrs.fields(kind)][1:]
    return [sum((getattr(row, name) for row in rows), zero) for name in names]
