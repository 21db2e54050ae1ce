"""Where a contract stands: net by milestone, gross by invoice, each in terms that sum up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import unique
from typing import Final

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice, InvoiceKind
from milestone_invoicing.billing.account.books import Books, books_of, nets_in
from milestone_invoicing.billing.advances.deposits import deposit_states
from milestone_invoicing.billing.billed import Terms, bills_of, terms_of, terms_on
from milestone_invoicing.billing.document.apportioning import line_taxes
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.billing.retainage.kept_back import leaves_off
from milestone_invoicing.billing.taken_back import voids_among
from milestone_invoicing.contract import Schedule, WorkState
from milestone_invoicing.contract.work_standing import work_views
from milestone_invoicing.contract.work_state import WorkHistory
from milestone_invoicing.money import Money, Rounding, round_ratio
from milestone_invoicing.money.money import made, require_one_currency


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
    _require_known_keys(schedule, bills, as_of)
    by_milestone = tuple(_net_figures(schedule, bills, as_of, earned_by))
    by_invoice = tuple(_gross_figures(schedule, bills, as_of))
    net = _sums([row for _, row in by_milestone], NetPosition)
    net[-1] = _unassigned(schedule, bills, as_of)
    gross = _sums([row for _, row in by_invoice], GrossPosition)
    zero = Money.zero(schedule.total.currency)
    return ContractPosition(
        as_of=as_of,
        milestones=tuple([_net_row(key, *_amounts(row, zero)) for key, row in by_milestone]),
        net=NetPosition(None, *_amounts(net, zero)),
        invoices=tuple([_gross_row(number, *_amounts(row, zero)) for number, row in by_invoice]),
        gross=GrossPosition(None, *_amounts(gross, zero)),
    )


def _amounts(row: Iterable[int], zero: Money) -> list[Money]:
    """Return amounts of a row, most of which are nothing: that is one value for all of them."""
    currency = zero.currency
    return [made(minor, currency) if minor else zero for minor in row]


_net_row: Final = maker(NetPosition)
_gross_row: Final = maker(GrossPosition)


def _require_known_keys(schedule: Schedule, books: Books, as_of: date) -> None:
    """Refuse an issued bill of a milestone that the schedule does not have."""
    known = set(schedule.keys)
    for key in nets_in(books):
        if key not in known and any(bill.is_issued(as_of) for bill in books.of_milestone(key)):
            schedule.milestone(key)


def _net_figures(
    schedule: Schedule, books: Books, as_of: date, earned_by: EarnedBy
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the key and the amounts of each ``NetPosition``, in minor units."""
    agreed, nets = schedule.agreed_on(as_of), nets_in(books)
    for key in schedule.keys:
        if key not in agreed.by_key:  # nothing may be billed of it, and this says so
            terms_of(schedule, key, books, as_of)
    shared = _SharedOut(books, as_of)
    for work, amount in zip(work_views(schedule, as_of), agreed.amounts, strict=True):
        key, history = work.milestone.key, work.history
        cancelled = history.state is WorkState.CANCELLED
        terms = terms_on(key, amount, bills_of(books, key), as_of, cancelled=cancelled)
        earned, paid = _earned(terms, history, earned_by), shared.next_part(nets.get(key, ()))
        yield key, (*terms, earned, paid, 0)


def _earned(terms: Terms, work: WorkHistory, earned_by: EarnedBy) -> int:
    """Return the value of accepted work; what was cancelled is never earned."""
    worth = terms.agreed - terms.cancelled
    if work.was_approved:
        return worth
    if earned_by is EarnedBy.APPROVAL:
        return 0
    return min(_times(terms.agreed, work.done.fraction.as_integer_ratio()), worth)


@attrs.define
class _SharedOut:
    """What is paid of invoices, shared out over their milestones in the order of the contract.

    Attributes:
        books: the invoices.
        as_of: the day.
        so_far: of invoices by place: what part of their net is paid, the net of the milestones so
            far, and what of it is paid.
    """

    books: Books
    as_of: date
    so_far: dict[int, tuple[tuple[int, int], int, int]] = attrs.field(
        factory=dict[int, tuple[tuple[int, int], int, int]]
    )

    def next_part(self, nets: Iterable[tuple[int, int]]) -> int:
        """Return what is paid of the next milestone, which has these nets on invoices by place."""
        paid = 0
        for place, net in nets:
            if place in self.so_far:
                part, running, before = self.so_far[place]
            else:
                part, running, before = _settled(self.books.invoices[place], self.as_of), 0, 0
            after = _times(running + net, part)
            self.so_far[place] = part, running + net, after
            paid += after - before
        return paid


def _unassigned(schedule: Schedule, books: Books, as_of: date) -> int:
    """Return what is received for no milestone, without tax."""
    issued = [bill for bill in books if bill.is_issued(as_of)]
    voids = voids_among(issued, as_of)
    # A void deposit stays among them: what a bill took off for it was never received.
    bills = [b for b in issued if b.number not in voids or b.kind is InvoiceKind.DEPOSIT]
    zero = Money.zero(schedule.total.currency)
    bases = (group.base for state in deposit_states(bills, as_of) for group in state.groups)
    unassigned = sum(bases, zero).minor
    for bill in bills:
        released = [line for line in bill.lines if line.retainage and not leaves_off(bill, line)]
        if released:
            net = sum(line.net_minor for line in released)
            unassigned += _times(net, _settled(bill, as_of))
    return unassigned


def _times(net: int, part: tuple[int, int]) -> int:
    return round_ratio(net * part[0], part[1], Rounding.HALF_UP)


def _settled(invoice: Invoice, as_of: date) -> tuple[int, int]:
    """Return which part of the net amount of its work is paid, with what counts as paid.

    What is left off the bill is not paid with it. A deposit that is taken off was paid before.
    Credit moves money from the note to the invoice that it is applied to, so it is taken from what
    the note had billed and counts where it went; what went back is taken from it too.
    """
    money = invoice.reading(as_of)
    if money.claim is None:
        return 0, 1
    got = money.paid + money.discount + money.withheld + money.credited
    if money.payable < 0:
        got = money.discount - money.applied - money.refunded
    deducted, work, left_off = invoice.totals.prepaid.minor, 0, 0
    deductions = False
    for line in invoice.entries:
        if line.deducts is not None and line.milestone is None:
            deductions = True
        elif line.retainage and leaves_off(invoice, line):
            left_off += line.net_minor
        else:
            work += line.net_minor
    if deductions:
        taxes = line_taxes(invoice.entries, invoice.totals.breakdown)
        deducted -= sum(
            line.net_minor + tax
            for line, tax in taxes
            if line.deducts is not None and line.milestone is None
        )
    claimed = work * (money.payable + deducted)
    return ((got + deducted) * (work + left_off), claimed) if claimed else (0, 1)


def _gross_figures(
    schedule: Schedule, books: Books, as_of: date
) -> Iterator[tuple[str | None, tuple[int, ...]]]:
    """Yield the number and the amounts of each ``GrossPosition``, in minor units.

    That is of invoices that are issued, and of those with money on them.
    """
    total = schedule.total
    for invoice in books:
        money = invoice.reading(as_of)
        if money.is_issued or money.unapplied:
            if invoice.currency is not total.currency:
                require_one_currency(total, invoice.payable)
            yield invoice.number, _gross(money)


def _gross(money: Reading) -> tuple[int, ...]:
    """Return the amounts of a ``GrossPosition``, in minor units."""
    return (
        max(money.payable, 0),
        money.paid,
        max(money.discount, 0),
        money.credited,
        money.withheld,
        money.written_off,
        money.retained,
        money.open,
        money.unapplied,
    )


def _sums(rows: Sequence[Sequence[int]], kind: type[NetPosition | GrossPosition]) -> list[int]:
    """Return the sum of each column after the first, which names the row."""
    if not rows:
        return [0] * (len(attrs.fields(kind)) - 1)
    return [sum(column) for column in zip(*rows, strict=True)]
