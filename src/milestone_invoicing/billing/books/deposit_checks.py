"""Whether bills take off what deposits brought in, by deposit and by tax; it corrects nothing."""

from collections.abc import Iterable, Iterator

import attrs

from milestone_invoicing.billing.advances.deposits import (
    DepositState,
    deposit_states,
    parts_taken,
)
from milestone_invoicing.billing.books.entered import EnteredBills
from milestone_invoicing.billing.books.groups import is_part, sums_by_tax
from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.kinds import InvoiceKind
from milestone_invoicing.billing.history.balance import left_over
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.facts import standing
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money


def deduction_findings(books: EnteredBills) -> Iterator[Finding]:
    """Yield what bills take off that is not there to be taken off."""
    taking = _taking(books.counted)
    for bill in books.counted:
        if not bill.kind.is_credit_note:
            for place, number, is_deposit in _named_by(bill):
                if _is_taken(number, taking[number], books):
                    path = f"invoices.{bill.number}.{place}"
                    yield from _of_bill(path, bill, number, books, is_deposit=is_deposit)


def deposit_findings(books: EnteredBills) -> Iterator[Finding]:
    """Yield the deposits of which bills take off other amounts than came in."""
    for deposit in deposits_among(books):
        if deposit.taken:
            if deposit.state.deducted.minor > 0:
                yield from _of_state(deposit.state, deposit.claimed)
            yield from _other_groups(deposit)


@attrs.frozen
class BookedDeposit:
    """A deposit invoice that counts, among the documents that name it.

    Attributes:
        invoice: the deposit invoice.
        state: where it stands.
        claimed: what is open of it and not covered by what its own notes have left.
        taken: what of it is taken off or given back, by tax; None of them where no bill names it.
    """

    invoice: Invoice
    state: DepositState
    claimed: Money
    taken: tuple[TaxSubtotal, ...] | None


def deposits_among(books: EnteredBills, *drafts: Invoice) -> Iterator[BookedDeposit]:
    """Yield the deposits that count, in their order, with what *drafts* take off."""
    taking, notes = _taking((*books.counted, *drafts)), _notes(books)
    for deposit in books.counted:
        if deposit.kind is not InvoiceKind.DEPOSIT:
            continue
        number = str(deposit.number)
        own = [note for note in notes.get(number, []) if _fits(note, deposit)]
        bills = [
            bill
            for bill in taking.get(number, [])
            if _fits(bill, deposit) and not _is_note_of(bill, number)
        ]
        known = [deposit, *own, *bills]
        state, *_ = deposit_states(known, books.as_of)
        claimed = Money(state.open.minor - _granted(own, books), deposit.currency)
        taken = tuple(parts_taken(known, number, books.as_of)) if number in taking else None
        yield BookedDeposit(deposit, state, claimed, taken)


def _notes(books: EnteredBills) -> dict[str, list[Invoice]]:
    """Return the credit notes by the numbers that they take back."""
    notes: dict[str, list[Invoice]] = {}
    for each in books.counted:
        for number in dict.fromkeys(each.preceding):
            if _is_note_of(each, number):
                notes.setdefault(number, []).append(each)
    return notes


def _is_note_of(document: Invoice, number: str) -> bool:
    return document.kind.is_credit_note and number in document.preceding


def _fits(document: Invoice, deposit: Invoice) -> bool:
    """Say whether both are in one currency; where they are not, that is found by itself."""
    return document.currency == deposit.currency


def _taking(bills: Iterable[Invoice]) -> dict[str, list[Invoice]]:
    """Return the bills that take something off, and notes that give it back, by its number."""
    taking: dict[str, list[Invoice]] = {}
    for bill in bills:
        for number in dict.fromkeys(number for _, number, _ in _named_by(bill)):
            taking.setdefault(number, []).append(bill)
    return taking


def _named_by(bill: Invoice) -> dict[tuple[str, str, bool], None]:
    """Return where a bill takes something off, of which number, and whether that is a deposit.

    A line that bills a milestone takes an earlier bill off, which shows all work to date.
    """
    prepaid = (("prepaid", each.number, True) for each in bill.prepaid)
    lines = (
        ("lines", line.deducts, line.milestone is None)
        for line in bill.lines
        if line.deducts is not None
    )
    return dict.fromkeys([*prepaid, *lines])


def _is_taken(number: str, bills: Iterable[Invoice], books: EnteredBills) -> bool:
    """Say whether anything is taken off in the end, credit notes of the bills counted in."""
    taken: dict[object, int] = {}
    for bill in bills:
        for part in parts_taken([bill], number, books.as_of):
            key = (bill.currency, part.tax)
            taken[key] = taken.get(key, 0) + part.gross.minor
    return any(taken.values())


def _of_bill(
    path: str, bill: Invoice, number: str, books: EnteredBills, *, is_deposit: bool
) -> Iterator[Finding]:
    deposit = books.by_number.get(number)
    if deposit is None:
        message = f"no issued invoice has the number {number}: correct it, or credit the bill"
        yield Finding(path, "deducted_unknown", message, Severity.ERROR)
        return
    if deposit.is_void_on(books.as_of):
        message = f"{deposit} is void: credit the bill, and bill again without it"
        yield Finding(path, "deducted_void", message, Severity.ERROR)
    if deposit.buyer.key != bill.buyer.key:
        message = f"{deposit} is for {deposit.buyer.key!r}, and the bill for {bill.buyer.key!r}"
        yield Finding(path, "deducted_client", f"{message}: credit the bill", Severity.ERROR)
    if not _fits(bill, deposit):
        message = f"{deposit} is in {deposit.currency.code}, and the bill in {bill.currency.code}"
        yield Finding(path, "deducted_currency", f"{message}: credit the bill", Severity.ERROR)
    if is_deposit and deposit.kind is not InvoiceKind.DEPOSIT:
        message = f"{deposit} is no deposit, so that nobody knows what is left of it: bill advances"
        yield Finding(path, "deducted_kind", f"{message} with draft_deposit", Severity.WARNING)


def _of_state(state: DepositState, claimed: Money) -> Iterator[Finding]:
    path, asked = f"invoices.{state.number}", state.asked
    taken = f"bills take off {state.deducted}"
    if state.deducted > asked:
        message = f"{taken}, and it asks for {asked}: credit what was taken off too much"
        yield Finding(path, "over_deducted", message, Severity.ERROR)
    elif state.left.minor < 0:
        message = f"{taken}, and {state.left + state.deducted} was received: collect it, or credit"
        yield Finding(path, "deducted_unreceived", f"{message} the bill", Severity.WARNING)
    elif not state.left and claimed.minor > 0:
        message = f"{taken}, which is all that was received, and {claimed} is still claimed:"
        end = "credit it, if the last bill is issued"
        yield Finding(path, "deposit_still_claimed", f"{message} {end}", Severity.WARNING)


def _granted(notes: Iterable[Invoice], books: EnteredBills) -> int:
    """Return what credit notes have left, in minor units."""
    return sum(
        left_over(note.claim, standing(note.facts, books.as_of), books.as_of)
        for note in notes
        if note.claim is not None
    )


def _other_groups(booked: BookedDeposit) -> Iterator[Finding]:
    """Yield the tax groups of which more net or tax is taken off than the deposit has."""
    deposit = booked.invoice
    own = {group.tax: (group.base.minor, group.amount.minor) for group in deposit.totals.breakdown}
    for tax, found in sums_by_tax(booked.taken or ()).items():
        asked = own.get(tax, (0, 0))
        if not all(is_part(part, whole) for part, whole in zip(found, asked, strict=True)):
            net, taxed, of_net, of_tax = (
                Money(minor, deposit.currency) for minor in (*found, *asked)
            )
            message = (
                f"of {tax} bills take off {net} and {taxed} tax, which is no part of its {of_net}"
                f" and {of_tax}: take off the amounts that deposits_left gives"
            )
            yield Finding(f"invoices.{deposit.number}", "deducted_tax", message, Severity.ERROR)
