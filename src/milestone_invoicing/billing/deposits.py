"""How a deposit is billed, what of it is received and left, and whether work may start."""

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.document_totals import (
    TaxSubtotal,
    line_taxes,
    taken_of,
)
from milestone_invoicing.billing.filling import fill
from milestone_invoicing.billing.invoice import Invoice, InvoiceKind, require_unique_numbers
from milestone_invoicing.billing.line import Line
from milestone_invoicing.billing.party import Party
from milestone_invoicing.billing.tax import Tax
from milestone_invoicing.contract import (
    Deposit,
    PaymentTerms,
    Schedule,
)
from milestone_invoicing.errors import NotReadyError, OverbillingError, Words
from milestone_invoicing.facts import standing
from milestone_invoicing.money import Money, Rounding, TaxedAmount


def draft_deposit(
    schedule: Schedule,
    *,
    invoices: Iterable[Invoice],
    buyer: Party,
    seller: Party | None = None,
    tax: Tax | None = None,
    terms: PaymentTerms | None = None,
    title: str = "Deposit",
) -> Invoice:
    """Return the draft of a deposit invoice: all of the deposit that is not billed yet.

    An amount agreed with tax is billed to the cent: its tax is taken out of it, rounded half up
    once, and the rest is net. Its line bills no milestone.

    Args:
        schedule: the contract, with a deposit.
        invoices: those so far; deposit invoices among them, less their credit notes, are taken off.
        buyer: who pays.
        seller: who is paid.
        tax: of the deposit; None is outside the scope of tax.
        terms: instead of the schedule's, else on receipt.
        title: what the line says.

    Raises:
        NotReadyError: no deposit is agreed.
        OverbillingError: all of it is billed.
        DuplicateNumberError: two invoices have one number.
        BlankTextError, WrongTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST)],
        ...     deposit=Deposit(Money.of(100, "EUR"), with_tax=True),
        ... )
        >>> draft = draft_deposit(
        ...     schedule, invoices=[], buyer=Party("acme", "Acme"), tax=Tax.standard(21)
        ... )
        >>> str(draft.totals.tax_exclusive), str(draft.totals.tax), str(draft.payable)
        ('EUR 82.64', 'EUR 17.36', 'EUR 100.00')

    Source: prepayment invoice (UNTDID 1001 code 386); convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_type(tax, (Tax, type(None)), "the tax")
    known = require_unique_numbers(invoices)
    deposit = _agreed(schedule)
    billed = [bill for bill in known if _is_of_deposit(bill) and not bill.is_void]
    line = _deposit_line(schedule, deposit, billed, tax or Tax.outside_scope(), title)
    return Invoice(
        None,
        None,
        buyer,
        (line,),
        seller=seller,
        terms=terms or schedule.terms or PaymentTerms(),
        kind=InvoiceKind.DEPOSIT,
    )


def _agreed(schedule: Schedule) -> Deposit:
    if schedule.deposit is None:
        raise NotReadyError(
            "no deposit is agreed",
            expected="a schedule with a deposit",
            got=Words(f"{schedule}, without one"),
            hint="give the schedule deposit=Deposit(...)",
        )
    return schedule.deposit


def _is_of_deposit(invoice: Invoice) -> bool:
    return invoice.kind in {InvoiceKind.DEPOSIT, InvoiceKind.DEPOSIT_CREDIT_NOTE}


def _deposit_line(
    schedule: Schedule, deposit: Deposit, billed: Sequence[Invoice], tax: Tax, title: str
) -> Line:
    """Return the line of what is not billed yet of a deposit."""
    zero = Money.zero(schedule.total.currency)
    column = "tax_inclusive" if deposit.with_tax else "tax_exclusive"
    agreed = deposit_amount(schedule)
    left = agreed - sum((getattr(bill.totals, column) for bill in billed), zero)
    if left.minor <= 0:
        raise OverbillingError(
            "nothing is left to bill of the deposit",
            expected="a deposit with something left",
            got=left,
            left=left,
        )
    if not deposit.with_tax:
        return Line(title, 1, left, tax=tax)
    if tax.rate is None or not tax.has_rate:
        return Line(title, 1, left, tax=tax)
    inside = tax.rate.fraction / (1 + tax.rate.fraction)
    taxed = left.times(inside, rounding=Rounding.HALF_UP)
    return Line(title, 1, left - taxed, tax=tax, tax_amount=taxed)


def deposit_amount(schedule: Schedule) -> Money:
    """Return what is agreed as a deposit, of the contract as first agreed; half up once.

    It is net, unless the deposit says that it includes the tax.

    Raises:
        NotReadyError: no deposit is agreed.
        WrongTypeError: not a schedule.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(999, "EUR"),
        ...     [Milestone("a", "Audit", REST)],
        ...     deposit=Deposit(Percent(30)),
        ... )
        >>> str(deposit_amount(schedule))
        'EUR 299.70'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    share = _agreed(schedule).share
    if isinstance(share, Money):
        return share
    return schedule.total.times(share, rounding=Rounding.HALF_UP)


@attrs.frozen
class DepositState:
    """What of one deposit invoice is received, taken off and left; all with tax.

    received = deducted + owed + left

    Attributes:
        number: of the deposit invoice.
        payable: what it asked for.
        received: what of that came in.
        deducted: what bills took off, drafts included.
        owed: what of it credit notes promise back to the client.
        left: what bills may still take off, never below zero.
        groups: the same by tax, net and tax apart.
    """

    number: str
    payable: Money
    received: Money
    deducted: Money
    owed: Money
    left: Money
    groups: tuple[TaxSubtotal, ...]


def deposits_left(invoices: Iterable[Invoice], *, as_of: date) -> tuple[DepositState, ...]:
    """Return what is left of each deposit invoice that is issued and not void, in their order.

    Cash counts from its own day, that day included; what any bill or draft takes off counts
    whatever its date, so that nothing is taken off twice.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Deposit", 1, Money.of(100, "EUR"))
        >>> deposit = Invoice(
        ...     "D-1", date(2026, 5, 1), Party("acme", "Acme"), [line], kind=InvoiceKind.DEPOSIT
        ... ).record(Payment(Money.of(60, "EUR"), on=date(2026, 5, 9)))
        >>> (state,) = deposits_left([deposit], as_of=date(2026, 5, 9))
        >>> str(state.received), str(state.left)
        ('EUR 60.00', 'EUR 60.00')

    Source: convention of this library.
    """
    require_date(as_of, "as_of")
    known = [bill for bill in require_unique_numbers(invoices) if not bill.is_void]
    return deposit_states(known, as_of)


def deposit_states(bills: Sequence[Invoice], as_of: date) -> tuple[DepositState, ...]:
    """Return what is left of each issued deposit among *bills*, none of which is void."""
    return tuple(
        _state(bill, bills, as_of)
        for bill in bills
        if bill.kind is InvoiceKind.DEPOSIT and bill.is_issued(as_of)
    )


def _state(deposit: Invoice, others: Sequence[Invoice], as_of: date) -> DepositState:
    number, zero = str(deposit.number), Money.zero(deposit.currency)
    taken = [part for bill in others for part in _taken(bill, number)]
    notes = [bill for bill in others if bill.kind.is_credit_note and number in bill.preceding]
    deducted = sum((part.gross for part in taken), zero)
    received, credited = _received(deposit, as_of)
    promised = -sum((note.payable for note in notes), zero)
    owed = min(max(promised - credited, zero), received)
    left = max(received - owed - deducted, zero)
    return DepositState(
        number=number,
        payable=deposit.payable,
        received=received,
        deducted=deducted,
        owed=owed,
        left=left,
        groups=_left_groups(deposit, taken, left, whole=received - owed == deposit.payable),
    )


def _received(deposit: Invoice, as_of: date) -> tuple[Money, Money]:
    """Return what of an issued deposit invoice is settled by the client, and what by credit."""
    zero = Money.zero(deposit.currency)
    if deposit.claim is None or deposit.payable.minor <= 0:
        return zero, zero
    filling = fill(deposit.claim, standing(deposit.facts, as_of))
    settled = sum(map(sum, (filling.paid, filling.discounts, filling.withheld)))
    return Money(settled, zero.currency), Money(sum(filling.credited), zero.currency)


def _taken(bill: Invoice, number: str) -> list[TaxSubtotal]:
    """Return what a bill takes off for the deposit of that number, by tax."""
    taken = [
        each for prepaid in bill.prepaid if prepaid.number == number for each in prepaid.groups
    ]
    for line, tax in line_taxes(bill.lines, bill.totals.breakdown):
        if line.deducts == number and line.milestone is None:
            taken.append(TaxSubtotal(line.tax, -line.net, -Money(tax, bill.currency)))
    return taken


def _left_groups(
    deposit: Invoice, taken: Sequence[TaxSubtotal], left: Money, *, whole: bool
) -> tuple[TaxSubtotal, ...]:
    """Return net and tax of what is left, by tax: all that is not taken, or a part of that."""
    groups = {each.tax: TaxedAmount(each.base, each.amount) for each in deposit.totals.breakdown}
    for each in taken:
        if each.tax in groups:
            part = groups[each.tax]
            groups[each.tax] = TaxedAmount(part.net - each.base, part.tax - each.amount)
    if not whole:
        groups = taken_of(groups, left)
    return tuple(TaxSubtotal(tax, part.net, part.tax) for tax, part in groups.items())


@attrs.frozen
class StartGate:
    """Whether the deposit that has to be paid before the work is paid.

    Attributes:
        required: what has to be paid, with tax: what the deposit invoices ask for, or the amount
            agreed while there are none.
        received: what of it is paid.
        is_open: whether work may start.
    """

    required: Money
    received: Money
    is_open: bool


def start_gate(schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date) -> StartGate:
    """Return whether work may start on a day, by the deposit that is required before.

    It may where none is required. Else all of it has to be billed, and paid on that day or before.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST)],
        ...     deposit=Deposit(Percent(30), before_start=True),
        ... )
        >>> gate = start_gate(schedule, [], as_of=date(2026, 5, 4))
        >>> gate.is_open, str(gate.required)
        (False, 'EUR 300.00')

    Source: "payment required before start"; convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    zero = Money.zero(schedule.total.currency)
    deposit = schedule.deposit
    if deposit is None or not deposit.before_start:
        return StartGate(zero, zero, is_open=True)
    known = [bill for bill in require_unique_numbers(invoices) if not bill.is_void_on(as_of)]
    billed = [bill for bill in known if _is_of_deposit(bill) and bill.is_issued(as_of)]
    column = "tax_inclusive" if deposit.with_tax else "tax_exclusive"
    left = deposit_amount(schedule) - sum((getattr(b.totals, column) for b in billed), zero)
    states = deposit_states(known, as_of)
    received = sum((state.received - state.owed for state in states), zero)
    asked = sum((bill.totals.tax_inclusive for bill in billed), zero)
    required = asked + max(left, zero)
    return StartGate(required, received, is_open=left.minor <= 0 and received >= required)
