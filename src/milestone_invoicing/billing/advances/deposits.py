"""How a deposit is billed, and what of it is received, taken off and left."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.advances.settled import settlement_of
from milestone_invoicing.billing.document.apportioning import line_taxes, taken_of
from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.kinds import CreditEffect, InvoiceKind
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.events import with_events
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.taken_back import not_void
from milestone_invoicing.contract import (
    Deposit,
    PaymentTerms,
    Schedule,
)
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.errors import NotReadyError, OverbillingError, Words
from milestone_invoicing.money import Money, Percent, Rounding, TaxedAmount
from milestone_invoicing.money.money import made


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
    once, and the rest is net. It is the tax that is asked for: where an early discount always
    reduces it, that of the reduced amount. Its line bills no milestone.

    Args:
        schedule: the contract, with a deposit.
        invoices: those so far; the deposit invoices among them, drafts included, are taken off,
            less what is credited of them to be billed again. A void asks for nothing.
        buyer: who pays.
        seller: who is paid.
        tax: of the deposit; None is outside the scope of tax.
        terms: instead of the schedule's, else on receipt.
        title: what the line says.

    Raises:
        NotReadyError: no deposit is agreed.
        OverbillingError: all of it is billed.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: a deposit invoice is in another currency.
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
    require_type(terms, (PaymentTerms, type(None)), "the terms of an invoice")
    known = books_of(invoices)
    deposit = _agreed(schedule)
    left = not_billed(schedule, deposit, not_void(known, date.max))
    terms = terms or schedule.terms or PaymentTerms()
    line = _deposit_line(
        deposit, left, tax or Tax.outside_scope(), title, always_reduced(terms.discounts)
    )
    draft = Invoice(
        None,
        None,
        buyer,
        (line,),
        seller=seller,
        terms=terms,
        kind=InvoiceKind.DEPOSIT,
    )
    return with_events(draft, schedule)


def _agreed(schedule: Schedule) -> Deposit:
    if schedule.deposit is None:
        raise NotReadyError(
            "no deposit is agreed",
            expected="a schedule with a deposit",
            got=Words(f"{schedule}, without one"),
            hint="give the schedule deposit=Deposit(...)",
        )
    return schedule.deposit


def not_billed(schedule: Schedule, deposit: Deposit, bills: Sequence[Invoice]) -> Money:
    """Return what of a deposit no bill asks for; what is credited for good is not asked again."""
    column = "tax_inclusive" if deposit.with_tax else "tax_exclusive"
    billed = [
        each
        for bill in bills
        if bill.kind is InvoiceKind.DEPOSIT
        for each in (bill, *_notes_of(bill, bills))
        if each is bill or each.effect is CreditEffect.REBILL
    ]
    zero = Money.zero(schedule.total.currency)
    return deposit_amount(schedule) - sum((getattr(each.totals, column) for each in billed), zero)


def _notes_of(deposit: Invoice, bills: Iterable[Invoice]) -> list[Invoice]:
    """Return the credit notes among *bills* that name a deposit invoice."""
    return [bill for bill in bills if bill.kind.is_credit_note and deposit.number in bill.preceding]


def _deposit_line(
    deposit: Deposit, left: Money, tax: Tax, title: str, untaxed: Percent | None
) -> Line:
    """Return the line of what is not billed yet of a deposit, so much percent of it untaxed."""
    if left.minor <= 0:
        raise OverbillingError(
            "nothing is left to bill of the deposit",
            expected="a deposit with something left",
            got=left,
            left=left,
        )
    if not deposit.with_tax or tax.rate is None or not tax.has_rate:
        return Line(title, 1, left, tax=tax)
    percent = untaxed.fraction if untaxed else Fraction(0)
    rate = tax.rate.fraction * (1 - percent)
    net = left - left.times(rate / (1 + rate), rounding=Rounding.HALF_UP)
    # The document takes the tax of what is left untaxed off again, rounded by itself.
    moved = net.times(percent, rounding=Rounding.HALF_UP)
    taxed = left - net + Money(tax.on(moved.minor), net.currency)
    return Line(title, 1, net, tax=tax, tax_amount=taxed)


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
    return _agreed(schedule).amount_of(schedule.total)


@attrs.frozen
class DepositState(Answer):
    """What of one deposit invoice is received, taken off and left; all with tax.

    received = deducted + owed + left

    Attributes:
        number: of the deposit invoice.
        payable: what it asked for.
        credited: what its own credit notes take off that, drafts included.
        received: what of its total with tax is settled: cash up to what it asked for, discounts
            taken, tax withheld or to be withheld, small differences, the credit of other documents,
            and, with the last of these, its rounding amount. A bad debt settles nothing.
        deducted: what bills took off, drafts included, less what credit notes of them gave back.
        owed: what the client gets back by its credit notes: what they take off beyond what is
            still open of it or given up, and never less than what went back already.
        left: what bills may still take off. Below zero, they took off more than there is, since a
            payment bounced later say, and the deposit invoice claims it once more.
        groups: the same by tax, net and tax apart; none of nothing.
        asked: its total with tax, less its credit notes; without the rounding of either.
        to_come: what of that total is neither settled nor given up.
        open: what the client still has to pay for that, its rounding amount included.
        small_differences: what of *received* is written off since it is too little to ask for.
        rounding: what was paid beyond *received* to round its payable; below zero where rounding
            settled a part.
    """

    number: str
    payable: Money
    credited: Money
    received: Money
    deducted: Money
    owed: Money
    left: Money
    groups: tuple[TaxSubtotal, ...]
    asked: Money
    to_come: Money
    open: Money
    small_differences: Money
    rounding: Money


def deposits_left(invoices: Iterable[Invoice], *, as_of: date) -> tuple[DepositState, ...]:
    """Return what is left of each deposit invoice that is issued and not void, in their order.

    Cash counts from its own day, that day included, and so does a void, with the credit notes
    of it. What any bill or draft
    takes off counts whatever its date, and what a credit note of such a bill gives back only from
    its issue, so that nothing is taken off twice.

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
    bills = books_of(invoices)
    states = deposit_states(not_void(bills, as_of), as_of)
    return tuple(state for state in states if not bills.numbered(state.number).is_void)


def deposit_states(bills: Sequence[Invoice], as_of: date) -> tuple[DepositState, ...]:
    """Return where each issued deposit among *bills* stands; of a void one, nothing is received."""
    return tuple(
        _state(bill, bills, as_of)
        for bill in bills
        if bill.kind is InvoiceKind.DEPOSIT and bill.is_issued(as_of)
    )


def _state(deposit: Invoice, bills: Sequence[Invoice], as_of: date) -> DepositState:
    number, zero = str(deposit.number), Money.zero(deposit.currency)
    taken = parts_taken(bills, number, as_of)
    notes = _notes_of(deposit, bills)
    deducted = Money(sum(part.base.minor + part.amount.minor for part in taken), zero.currency)
    credited = -sum((note.payable for note in notes), zero)
    rounding = sum((each.totals.rounding for each in (deposit, *notes)), zero)
    found = settlement_of(deposit, notes, as_of)
    received, owed = Money(found.received, zero.currency), Money(found.owed, zero.currency)
    left = received - owed - deducted
    return DepositState(
        number=number,
        payable=deposit.payable,
        credited=credited,
        received=received,
        deducted=deducted,
        owed=owed,
        left=left,
        groups=left_groups([deposit, *notes], taken, left),
        asked=deposit.payable - credited - rounding,
        to_come=Money(found.asked - found.given_up - found.received, zero.currency),
        open=Money(found.open, zero.currency),
        small_differences=Money(found.small_differences, zero.currency),
        rounding=Money(found.settled - found.received, zero.currency),
    )


def parts_taken(bills: Iterable[Invoice], number: str, as_of: date) -> list[TaxSubtotal]:
    """Return what *bills* take off for the deposit of that number, by tax."""
    return [part for bill in bills for part in _taken(bill, number, as_of)]


def _taken(bill: Invoice, number: str, as_of: date) -> list[TaxSubtotal]:
    if bill.kind.is_credit_note and not bill.is_issued(as_of):
        return []
    taken = [
        each for prepaid in bill.prepaid if prepaid.number == number for each in prepaid.groups
    ]
    if number in [line.deducts for line in bill.lines]:
        for line, tax in line_taxes(bill.entries, bill.totals.breakdown):
            if line.deducts == number:
                taken.append(TaxSubtotal(line.tax, -line.net, -Money(tax, bill.currency)))
    return taken


def left_groups(
    asked: Iterable[Invoice], taken: Sequence[TaxSubtotal], left: Money
) -> tuple[TaxSubtotal, ...]:
    """Return net and tax of what is left, by tax.

    It is what was asked for and not taken, to the unit. While not all of that is received, it is a
    part of it; and where more was taken than there is, a part of what was taken.
    """
    first, *notes = (document.totals.breakdown for document in asked)
    if left.minor < 0:
        groups = _sums_by_tax(taken or first, -1)
    else:
        groups = _sums_by_tax(chain(first, *notes))
        for tax, (net, taxed) in _sums_by_tax(taken).items():
            if tax in groups:
                before = groups[tax]
                groups[tax] = before[0] - net, before[1] - taxed
    currency = left.currency
    if sum(map(sum, groups.values())) == left.minor:
        return tuple(
            TaxSubtotal(tax, made(net, currency), made(taxed, currency))
            for tax, (net, taxed) in groups.items()
            if net or taxed
        )
    parts = {
        tax: TaxedAmount(made(net, currency), made(taxed, currency))
        for tax, (net, taxed) in groups.items()
    }
    return tuple(
        TaxSubtotal(tax, part.net, part.tax)
        for tax, part in taken_of(parts, left).items()
        if part.net or part.tax
    )


def _sums_by_tax(parts: Iterable[TaxSubtotal], sign: int = 1) -> dict[Tax, tuple[int, int]]:
    """Return net and tax of *parts*, or what negates them, by tax, in minor units."""
    sums: dict[Tax, tuple[int, int]] = {}
    for same in _of_one_tax(parts):
        tax = same[0].tax
        net, taxed = sums.get(tax, (0, 0))
        sums[tax] = (
            net + sign * sum(each.base.minor for each in same),
            taxed + sign * sum(each.amount.minor for each in same),
        )
    return sums


def _of_one_tax(parts: Iterable[TaxSubtotal]) -> Iterable[list[TaxSubtotal]]:
    """Return *parts* that share one tax, which is mostly the same object and needs no hash."""
    found: dict[int, list[TaxSubtotal]] = {}
    for each in parts:
        found.setdefault(id(each.tax), []).append(each)
    return found.values()
