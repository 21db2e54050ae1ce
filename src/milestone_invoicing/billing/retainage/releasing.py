"""How what bills kept back is claimed: by a fact on them, or on a bill of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.books import Books, books_of, record
from milestone_invoicing.billing.document.apportioning import part_of_whole, parts_by_weight
from milestone_invoicing.billing.document.entries import UNTAXED
from milestone_invoicing.billing.document.kinds import InvoiceKind
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.events import with_events
from milestone_invoicing.billing.history.fact_checks import releasable
from milestone_invoicing.billing.history.invoice_facts import RetainageReleased
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.retainage.kept_back import (
    ever_held,
    leaves_off,
    left_off_by_tax,
    still_held,
)
from milestone_invoicing.billing.retainage.retaining import agreed_retainage
from milestone_invoicing.billing.taken_back import not_void
from milestone_invoicing.contract import PaymentTerms, Schedule
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.errors import RetainageError, Words
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.waterfall import waterfall

# Bills of all work to date, less each earlier bill.
_TO_DATE: Final = {
    InvoiceKind.PARTIAL_CONSTRUCTION,
    InvoiceKind.PARTIAL_FINAL_CONSTRUCTION,
    InvoiceKind.FINAL_CONSTRUCTION,
}


def release_retainage(
    invoices: Sequence[Invoice], *, on: date, due_on: date, amount: Money | None = None
) -> Books:
    """Return *invoices* with what is held on them released, the first invoice first.

    Each records ``RetainageReleased``. What the client settled while it was held, or what credit
    notes among *invoices* take back, is not held any more: a release is at most what the status
    of *on* calls retained, and as much falls due.

    Args:
        invoices: of the contract, in order.
        on: the day of the release; what was settled by then, or is since, is not released.
        due_on: the day by which it is to be paid.
        amount: so much in all falls due; None releases all that is held.

    Raises:
        RetainageError: nothing, or less than *amount*, is held on them.
        ImpossibleFactError: the release comes before the issue of an invoice it concerns.
        NumberRangeError: it is due before it is released.
        CurrencyMismatchError: two of the invoices, or the amount, are in different currencies.
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
    known = books_of(invoices)
    require_date(on, "on")
    require_type(amount, (Money, type(None)), "the amount of a release")
    counted = [bill for bill in not_void(known, date.max) if not bill.is_draft]
    held: dict[str, Money] = {}
    for bill in counted:
        minor = still_held(bill, ever_held(bill, counted), date.max)
        if minor and bill.held is not None and bill.claim is not None:
            # Whole, a credit note that is not set off yet takes what it takes of what is due then.
            minor = still_held(bill, bill.held.minor, date.max) if amount is None else minor
            most = releasable(bill.claim, bill.facts, on)
            held[str(bill.number)] = min(Money(minor, bill.currency), most)
    whole = _whole(held.values())
    left = whole if amount is None else amount
    require_one_currency(whole, left)
    if not 0 < left.minor <= whole.minor:
        raise RetainageError(
            "so much is not held on these invoices",
            expected=f"above zero and at most {whole}",
            got=left,
        )
    limits = ((number, most.minor) for number, most in held.items())
    for number, minor in waterfall(left.minor, limits):
        release = RetainageReleased(Money(minor, left.currency), due_on, on=on)
        known = record(known, number, release)
    return known


def _whole(held: Iterable[Money]) -> Money:
    """Return what is held in all, which has to be something."""
    parts = tuple(part for part in held if part)
    if not parts:
        raise RetainageError(
            "nothing is held on these invoices",
            expected="an invoice with held=Money..., not released yet",
            got=Words("nothing held"),
        )
    return Money.total(parts, currency=parts[0].currency)


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

    Its lines name no milestone: the work was billed before.

    Args:
        schedule: the contract, with a retainage that is left off its bills.
        invoices: those so far; what drafts and later bills release or credit is taken off.
        as_of: the day on which it is drafted; what bills of later days leave off does not count.
        buyer: who pays.
        seller: who is paid.
        tax: of the whole release, at its own rate; None is the tax with which it was left off, a
            line for each, and so is the only tax with which it was.
        terms: instead of the schedule's, else on receipt.
        amount: net; None is all that is left off and not released.
        title: what the lines say.

    Rounding: a part of what was left off by several taxes is divided by running totals. Where a
    bill of the contract is one to date (``cumulative``), each line states the tax with which its
    part was left off, half up, and the last one takes the rest; else it is the rate times its net.

    Raises:
        NotReadyError: no retainage is agreed.
        RetainageError: nothing, or less than *amount*, is left off.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: the amount, or an invoice, is in another currency.
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
    require_type(terms, (PaymentTerms, type(None)), "the terms")
    require_type(amount, (Money, type(None)), "the amount of a release")
    agreed_retainage(schedule)
    terms = terms or schedule.terms or PaymentTerms()
    known = not_void(books_of(invoices), date.max)
    zero = Money.zero(schedule.total.currency)
    groups = _left_off(known, zero, as_of)
    left = sum(groups.values(), zero)
    wanted = left if amount is None else amount
    require_one_currency(left, wanted)
    if not 0 < wanted.minor <= left.minor:
        raise RetainageError(
            "so much is not left off the bills of this contract",
            expected=f"above zero and at most {left}",
            got=wanted,
            hint="release what is held on invoices with release_retainage" if not left else "",
        )
    by_tax = left_off_by_tax(bill for bill in known if bill.is_issued(as_of) or _releases(bill))
    to_date = any(bill.kind in _TO_DATE and not bill.is_draft for bill in known)
    if to_date and (
        tax is None or {each for each in by_tax if any(by_tax[each])} - {UNTAXED} == {tax}
    ):
        reduced = always_reduced(terms.discounts) is not None
        lines = list(_lines_to_date(by_tax, wanted, title, reduced=reduced))
    else:
        parts = [(tax, wanted)] if tax is not None else _by_tax(groups, wanted)
        lines = [Line(title, 1, part, tax=each, retainage=True) for each, part in parts]
    draft = Invoice(None, None, buyer, lines, seller=seller, terms=terms)
    return with_events(draft, schedule, as_of=as_of)


def _left_off(bills: Iterable[Invoice], zero: Money, as_of: date) -> dict[Tax, Money]:
    """Return what is left off and not released, net by tax.

    What is left off counts from the issue on; what takes it back or bills it, whatever its date,
    so that nothing is released twice.
    """
    groups: dict[Tax, Money] = {}
    for bill in bills:
        for line in bill.lines:
            if line.retainage and (bill.is_issued(as_of) or _claims(bill, line)):
                groups[line.tax] = groups.get(line.tax, zero) - line.net
    return groups


def _releases(bill: Invoice) -> bool:
    """Say whether a bill claims what others left off, or a note takes such a part back."""
    return any(line.retainage and _claims(bill, line) for line in bill.lines)


def _claims(bill: Invoice, line: Line) -> bool:
    return leaves_off(bill, line) is bill.kind.is_credit_note


def _lines_to_date(
    left: Mapping[Tax, tuple[int, int]], wanted: Money, title: str, *, reduced: bool
) -> Iterator[Line]:
    """Yield lines that release a part of what is left off, with its part of the tax.

    By running totals over the taxes. So the release of the rest takes exactly the tax with which it
    was left off, and the tax of all bills is that of all work.
    """
    groups = sorted(left.items(), key=lambda part: part[0] == UNTAXED)
    parts = parts_by_weight(wanted.minor, (net for _, (net, _) in groups))
    for (tax, (net, taxed)), part in zip(groups, parts, strict=True):
        own = taxed if part == net else part_of_whole(taxed, part, net)
        # No line says a tax of another sign than its net amount; then the two stand apart.
        for amount, of_amount in [(part, own)] if part * own >= 0 else [(part, 0), (0, own)]:
            # Even where it is nothing, the untaxed part says that what is beside it is reduced.
            if amount or of_amount or (reduced and tax == UNTAXED):
                yield Line(
                    title,
                    1 if amount >= 0 else -1,
                    Money(abs(amount), wanted.currency),
                    tax=tax,
                    tax_amount=Money(of_amount, wanted.currency) if tax.has_rate else None,
                    retainage=True,
                )


def _by_tax(groups: Mapping[Tax, Money], wanted: Money) -> Iterator[tuple[Tax, Money]]:
    """Yield the part of each tax in what is released, by running totals over what is left off."""
    positive = {tax: left.minor for tax, left in groups.items() if left.minor > 0}
    parts = parts_by_weight(wanted.minor, positive.values())
    for tax, part in zip(positive, parts, strict=True):
        if part > 0:
            yield tax, Money(part, wanted.currency)
