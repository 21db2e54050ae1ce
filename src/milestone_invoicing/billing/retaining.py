"""What a bill retains by the contract's rule, and how that is claimed when it is released."""

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.document_totals import part_of_whole, totals_of
from milestone_invoicing.billing.invoice import Invoice, record, require_unique_numbers
from milestone_invoicing.billing.invoice_facts import RetainageReleased
from milestone_invoicing.billing.line import Line
from milestone_invoicing.billing.party import Party
from milestone_invoicing.billing.tax import Tax
from milestone_invoicing.contract import (
    PaymentTerms,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    Schedule,
    completed_on,
)
from milestone_invoicing.errors import NotReadyError, RetainageError, Words
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.money import Money


@attrs.frozen
class RetainageState:
    """What of a contract's bills is retained on a day.

    retained = released + held

    Attributes:
        as_of: the day.
        due_to_be_held: what the rule retains of all that is billed.
        retained: what bills ever retained, less what credit notes took back.
        released: what of it was released: by a fact on its invoice, or on a bill of its own.
        held: what is still retained.
        to_release: what is held and no longer to be: beyond the rule, or all of it once the work
            has ended and the contract says when.
        release_on: the day on which all of it is released by the contract; None while that is open.
    """

    as_of: date
    due_to_be_held: Money
    retained: Money
    released: Money
    held: Money
    to_release: Money
    release_on: date | None


def retainage_state(
    schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date
) -> RetainageState:
    """Return what of a contract's bills is retained on a day, and what is to be released.

    Bills issued after *as_of*, drafts and voids do not count; the day of a release and of the end
    of the work are included. Amounts that were left off a bill are net, those held on it with
    whatever part of the tax the rule retains.

    Raises:
        NotReadyError: no retainage is agreed.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ...     retainage=Retainage.flat(10),
        ... )
        >>> draft = draft_invoice(
        ...     schedule, "a", invoices=[], as_of=date(2026, 5, 4), buyer=Party("acme", "Acme")
        ... )
        >>> bill = issue(draft, number="1", on=date(2026, 5, 4))
        >>> str(retainage_state(schedule, [bill], as_of=date(2026, 5, 4)).held)
        'EUR 100.00'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    rule = _agreed(schedule)
    issued = [
        bill
        for bill in require_unique_numbers(invoices)
        if bill.is_issued(as_of) and not bill.is_void_on(as_of)
    ]
    zero = Money.zero(schedule.total.currency)
    retained, released = _retained(issued, as_of, zero)
    expected = _to_date(schedule, rule, issued, as_of)
    release_on = rule.released_on(completed_on(schedule, as_of=as_of))
    held = retained - released
    ended = release_on is not None and release_on <= as_of
    beyond = max(held - expected, zero) if rule.gives_back else zero
    return RetainageState(
        as_of=as_of,
        due_to_be_held=expected,
        retained=retained,
        released=released,
        held=held,
        to_release=max(held, zero) if ended else beyond,
        release_on=release_on,
    )


def _agreed(schedule: Schedule) -> Retainage:
    if schedule.retainage is None:
        raise NotReadyError(
            "no retainage is agreed",
            expected="a schedule with a retainage",
            got=Words(f"{schedule}, without one"),
            hint="give the schedule retainage=Retainage.flat(10)",
        )
    return schedule.retainage


def _retained(bills: Iterable[Invoice], as_of: date, zero: Money) -> tuple[Money, Money]:
    """Return what bills ever retained, and what of it was released."""
    retained = released = zero
    for bill in bills:
        facts = of_kind(standing(bill.facts, as_of), RetainageReleased)
        retained += bill.held or zero
        released += sum((fact.amount for fact in facts), zero)
        for line in bill.lines:
            if line.retainage and (line.net.minor < 0) is not bill.kind.is_credit_note:
                retained -= line.net
            elif line.retainage:
                released += line.net
    return retained, released


def _to_date(schedule: Schedule, rule: Retainage, bills: Sequence[Invoice], as_of: date) -> Money:
    """Return what the rule retains of all that *bills* bill of milestones."""
    zero = Money.zero(schedule.total.currency)
    agreed = schedule.agreed_on(as_of)
    if rule.scope is RetainageScope.CONTRACT:
        return _by_rule(rule, bills, None, agreed.total)
    return sum((_by_rule(rule, bills, key, worth) for key, worth in agreed.by_key.items()), zero)


def _by_rule(rule: Retainage, bills: Sequence[Invoice], key: str | None, worth: Money) -> Money:
    """Return what is to be retained to date of the contract, or of one milestone of it."""
    zero = Money.zero(worth.currency)
    net = sum((_work(bill, key, with_tax=False) for bill in bills), zero)
    if not worth:
        return zero
    if rule.base is RetainageBase.NET or rule.mode is RetainageMode.UNBILLED:
        return rule.on(net, zero, of=worth).total
    gross = sum((_work(bill, key, with_tax=True) for bill in bills), zero)
    # What is not billed yet is taken to be taxed as what is.
    of = Money(part_of_whole(gross.minor, worth.minor, net.minor), worth.currency)
    return rule.on(gross, zero, of=of or worth).total


def _work(bill: Invoice, key: str | None, *, with_tax: bool) -> Money:
    """Return what a bill bills of milestones, or of one of them."""
    lines = [
        line
        for line in bill.lines
        if line.milestone is not None and (key is None or line.milestone == key)
    ]
    if not lines:
        return Money.zero(bill.currency)
    totals = totals_of(lines)
    return totals.tax_inclusive if with_tax else totals.tax_exclusive


def with_retainage(
    draft: Invoice, schedule: Schedule, invoices: Sequence[Invoice], *, as_of: date
) -> Invoice:
    """Return a draft of the contract with what the rule retains of it, never below nothing.

    What a bill retains is the figure to date less what all bills before it retained; so that a rule
    that gives back retains nothing until what it gave back is used up.
    """
    rule = schedule.retainage
    if rule is None:
        return draft
    before = [bill for bill in invoices if not bill.is_void]
    zero = Money.zero(draft.currency)
    retained, released = _retained(before, date.max, zero)
    if rule.gives_back:
        retained -= released
    amount = _to_date(schedule, rule, [*before, draft], as_of) - retained
    most = draft.payable if rule.mode is RetainageMode.HELD else draft.totals.tax_exclusive
    amount = max(min(amount, most), zero)
    if not amount:
        return draft
    if rule.mode is RetainageMode.HELD:
        return attrs.evolve(draft, held=amount)
    first = draft.lines[0]  # the work; what is taken off stands after it
    line = Line(f"Retainage: {first.description}", -1, amount, tax=first.tax, retainage=True)
    return attrs.evolve(draft, lines=(*draft.lines, line))


def release_retainage(
    invoices: Sequence[Invoice], *, on: date, due_on: date, amount: Money | None = None
) -> tuple[Invoice, ...]:
    """Return *invoices* with what is held on them released, the first invoice first.

    Each records ``RetainageReleased``.

    Args:
        invoices: of the contract, in order.
        on: the day of the release.
        due_on: the day by which it is to be paid.
        amount: so much in all; None releases all that is held.

    Raises:
        RetainageError: nothing, or less than *amount*, is held on them.
        ImpossibleFactError: the release comes before the issue of an invoice it concerns.
        NumberRangeError: it is due before it is released.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> held = Money.of(100, "EUR")
        >>> bill = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line], held=held)
        >>> (bill,) = release_retainage([bill], on=date(2026, 9, 1), due_on=date(2026, 9, 30))
        >>> str(due_items(bill, as_of=date(2026, 9, 1))[1].due_on)
        '2026-09-30'

    Source: convention of this library.
    """
    known = require_unique_numbers(invoices)
    require_type(amount, (Money, type(None)), "the amount of a release")
    held = {str(bill.number): _held_on(bill) for bill in known if _held_on(bill).minor > 0}
    whole = sum(part.minor for part in held.values())
    wanted = whole if amount is None else amount.minor
    if not 0 < wanted <= whole:
        raise RetainageError(
            "so much is not held on these invoices",
            expected="an amount that is held",
            got=amount or Words("nothing held"),
        )
    for number, part in held.items():
        share = Money(min(part.minor, wanted), part.currency)
        if share:
            known = record(known, number, RetainageReleased(share, due_on, on=on))
        wanted -= share.minor
    return known


def _held_on(bill: Invoice) -> Money:
    """Return what is held on an issued invoice and not released by any date."""
    zero = Money.zero(bill.currency)
    if bill.held is None or bill.is_draft or bill.is_void:
        return zero
    released = of_kind(standing(bill.facts, date.max), RetainageReleased)
    return bill.held - sum((fact.amount for fact in released), zero)


def draft_release(  # noqa: PLR0913  # one keyword per decision of the person who bills
    schedule: Schedule,
    *,
    invoices: Iterable[Invoice],
    as_of: date,
    buyer: Party,
    seller: Party | None = None,
    tax: Tax | None = None,
    terms: PaymentTerms | None = None,
    amount: Money | None = None,
    title: str = "Release of retainage",
) -> Invoice:
    """Return the draft that bills what bills left off as retainage, with its tax.

    Its line names no milestone: the work was billed before.

    Args:
        schedule: the contract, with a retainage that is left off its bills.
        invoices: those so far; drafts that release are taken off.
        as_of: the day on which it is drafted.
        buyer: who pays.
        seller: who is paid.
        tax: of the release, as of the work; None is outside the scope of tax.
        terms: instead of the schedule's, else on receipt.
        amount: net; None is all that is left off and not released.
        title: what the line says.

    Raises:
        NotReadyError: no retainage is agreed.
        RetainageError: nothing, or less than *amount*, is left off.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError, BlankTextError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ...     retainage=Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED),
        ... )
        >>> acme, day = Party("acme", "Acme"), date(2026, 5, 4)
        >>> draft = draft_invoice(schedule, "a", invoices=[], as_of=day, buyer=acme)
        >>> bill = issue(draft, number="1", on=day)
        >>> str(bill.payable)
        'EUR 900.00'
        >>> str(draft_release(schedule, invoices=[bill], as_of=day, buyer=acme).payable)
        'EUR 100.00'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    require_type(tax, (Tax, type(None)), "the tax")
    require_type(amount, (Money, type(None)), "the amount of a release")
    _agreed(schedule)
    known = [bill for bill in require_unique_numbers(invoices) if not bill.is_void]
    nets = (line.net for bill in known for line in bill.lines if line.retainage)
    left = -Money.total(nets, currency=schedule.total.currency)
    wanted = left if amount is None else amount
    if not 0 < wanted.minor <= left.minor:
        raise RetainageError(
            "so much is not left off the bills of this contract",
            expected=f"above zero and at most {left}",
            got=wanted,
        )
    line = Line(title, 1, wanted, tax=tax or Tax.outside_scope(), retainage=True)
    terms = terms or schedule.terms or PaymentTerms()
    return Invoice(None, None, buyer, (line,), seller=seller, terms=terms)
