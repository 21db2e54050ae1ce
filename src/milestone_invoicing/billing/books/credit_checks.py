"""Whether credit notes fit the invoices that they name; it knows nothing of deposits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from milestone_invoicing.billing.books.entered import EnteredBills
from milestone_invoicing.billing.books.groups import is_part
from milestone_invoicing.billing.credit.lapsing import lapsed_discount
from milestone_invoicing.billing.history.balance import lapsing
from milestone_invoicing.billing.history.invoice_facts import Applied, Credited
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money


def preceding_findings(books: EnteredBills) -> Iterator[Finding]:
    """Yield the preceding numbers that no issued invoice has."""
    for each in books.issued:
        bad = Severity.WARNING if each.kind.is_credit_note else Severity.NOTE
        for number in each.preceding:
            if number not in books.by_number:
                message = f"no issued invoice has the number {number}: correct it, or add it"
                yield Finding(
                    f"invoices.{each.number}.preceding", "unknown_preceding", message, bad
                )


def note_findings(books: EnteredBills) -> Iterator[Finding]:
    """Yield where a credit note does not fit what it takes back."""
    notes = [each for each in books.not_void if each.kind.is_credit_note]
    for note in notes:
        for invoice in books.with_number(note.preceding):
            yield from _of_note(note, invoice, books)
    yield from _over_credited(books)


def _of_note(note: Invoice, invoice: Invoice, books: EnteredBills) -> Iterator[Finding]:
    path = f"invoices.{note.number}"
    if note.buyer.key != invoice.buyer.key:
        message = f"it is for {note.buyer.key!r}, and {invoice} for {invoice.buyer.key!r}: void it"
        yield Finding(f"{path}.buyer", "note_client", message, Severity.ERROR)
    if note.currency != invoice.currency:
        message = f"it is in {note.currency.code}, and {invoice} in {invoice.currency.code}"
        yield Finding(path, "note_currency", f"{message}: void it", Severity.ERROR)
    if invoice.is_void_on(books.as_of):
        message = f"{invoice} is void, so that the money of the note stays unapplied: void it too"
        yield Finding(path, "note_of_void", message, Severity.WARNING)


def lapse_findings(books: EnteredBills) -> Iterator[Finding]:
    """Yield the invoices of which another discount was taken than lapses by their credit notes."""
    notes: dict[str, list[Invoice]] = {}
    for each in books.counted:
        if each.kind.is_credit_note and len(each.preceding) == 1:
            notes.setdefault(each.preceding[0], []).append(each)
    for number, own in notes.items():
        for invoice in books.with_number([number]):
            if all(note.currency == invoice.currency for note in own):
                yield from _other_discount(invoice, own, books.as_of)


def _other_discount(invoice: Invoice, notes: Sequence[Invoice], as_of: date) -> Iterator[Finding]:
    taken = lapsed_discount(invoice, notes, as_of)
    lapsed = (
        lapsing(note.claim, standing(note.facts, as_of)) for note in notes if note.claim is not None
    )
    told = Money(sum(lapsed), invoice.currency)
    if told != taken:
        yield Finding(
            f"invoices.{notes[-1].number}.discount_taken",
            "discount_lapses",
            f"{told} of discount lapses by credit notes of {invoice.number}, and {taken} was taken"
            " of what they credit: set them against it, or draft them again with credit_note",
            Severity.WARNING,
        )


_Named: TypeAlias = frozenset[str]


def _over_credited(books: EnteredBills) -> Iterator[Finding]:
    """Yield the notes that together take back more, with tax, than the invoices they name bill.

    A note of several invoices is compared with all of them, together with the notes of each.
    """
    notes: dict[_Named, list[Invoice]] = {}
    for each in books.counted:
        if each.kind.is_credit_note and each.preceding:
            notes.setdefault(frozenset(each.preceding), []).append(each)
    groups: dict[str, list[_Named]] = {}
    for named in notes:
        for number in named:
            groups.setdefault(number, []).append(named)
    for named in notes:
        within = dict.fromkeys(one for number in sorted(named) for one in groups[number])
        together = [note for one in within if one <= named for note in notes[one]]
        yield from _compared(named, together, books)


def _compared(named: _Named, notes: Sequence[Invoice], books: EnteredBills) -> Iterator[Finding]:
    invoices = books.with_number(sorted(named))
    currencies = {each.currency for each in (*invoices, *notes)}
    if len(invoices) < len(named) or len(currencies) != 1:
        return
    billed = sum(each.totals.tax_inclusive.minor for each in invoices)
    taken = -sum(each.totals.tax_inclusive.minor for each in notes)
    if not is_part(taken, billed):
        (currency,) = currencies
        message = (
            f"the credit notes of {', '.join(sorted(named))} take back {Money(taken, currency)}"
            f" of {Money(billed, currency)}: void one"
        )
        yield Finding(f"invoices.{notes[-1].number}", "over_credited", message, Severity.ERROR)


_Pair: TypeAlias = tuple[str, str]  # the numbers of note and invoice
_Entry: TypeAlias = tuple[Money, date]


def side_findings(books: EnteredBills) -> Iterator[Finding]:
    """Yield where the two sides of a credit differ: ``Applied`` on the note, ``Credited``."""
    applied, credited = _sides(books)
    for pair in dict.fromkeys([*applied, *credited]):
        on_note, on_invoice = applied.get(pair, []), credited.get(pair, [])
        yield from _other_client(pair, books)
        lone_applied = list((Counter(on_note) - Counter(on_invoice)).elements())
        lone_credited = list((Counter(on_invoice) - Counter(on_note)).elements())
        for one, other in zip(lone_applied, lone_credited, strict=False):
            yield _differs(pair, one, other)
        for one in lone_applied[len(lone_credited) :]:
            yield _applied_alone(pair, one, books)
        for one in lone_credited[len(lone_applied) :]:
            yield _credited_alone(pair, one, books)


def _sides(books: EnteredBills) -> tuple[dict[_Pair, list[_Entry]], dict[_Pair, list[_Entry]]]:
    """Return what notes and what invoices say of each pair of a note and an invoice."""
    applied: dict[_Pair, list[_Entry]] = {}
    credited: dict[_Pair, list[_Entry]] = {}
    for each in books.issued:
        facts, number = standing(each.facts, books.as_of), str(each.number)
        for fact in of_kind(facts, Applied):
            applied.setdefault((number, fact.invoice), []).append((fact.amount, fact.on))
        for told in of_kind(facts, Credited):
            credited.setdefault((told.note, number), []).append((told.amount, told.on))
    return applied, credited


def _other_client(pair: _Pair, books: EnteredBills) -> Iterator[Finding]:
    parties = [each.buyer.key for each in books.with_number(pair)]
    if len(set(parties)) > 1:
        message = (
            f"it is of {parties[0]!r}, and set against {pair[1]} of {parties[1]!r}: reverse it"
        )
        yield Finding(f"invoices.{pair[0]}.facts", "credit_client", message, Severity.ERROR)


def _differs(pair: _Pair, applied: _Entry, credited: _Entry) -> Finding:
    told = f"{_applied(pair, applied)}, which has Credited {_shown(credited)}"
    return _one_sided(pair[0], "credit_differs", told)


def _applied_alone(pair: _Pair, entry: _Entry, books: EnteredBills) -> Finding:
    told = _applied(pair, entry)
    if pair[1] in books.by_number:
        return _one_sided(pair[0], "applied_alone", f"{told}, which has no such Credited")
    return _one_sided(pair[0], "unknown_invoice", f"{told}, a number that no issued invoice has")


def _credited_alone(pair: _Pair, entry: _Entry, books: EnteredBills) -> Finding:
    told = f"Credited {_shown(entry)} from note {pair[0]}"
    if pair[0] in books.by_number:
        return _one_sided(pair[1], "credited_alone", f"{told}, which has no such Applied")
    return _one_sided(pair[1], "unknown_note", f"{told}, a number that no issued note has")


def _one_sided(number: str, code: str, told: str) -> Finding:
    message = f"{told}: reverse what is wrong, and record both sides with apply_credit"
    return Finding(f"invoices.{number}.facts", code, message, Severity.ERROR)


def _applied(pair: _Pair, entry: _Entry) -> str:
    return f"Applied {_shown(entry)} to invoice {pair[1]}"


def _shown(entry: _Entry) -> str:
    return f"{entry[0]} on {entry[1]}"
