"""How what is invoiced is taken back: a credit note, and setting it against an invoice.

A part of an invoice is credited with its part of the tax: of what is left, by what is left, so that
the last credit takes exactly the rest, whatever was rounded before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type
from milestone_invoicing.billing.deposits import left_groups, parts_taken
from milestone_invoicing.billing.document_totals import (
    Prepaid,
    TaxSubtotal,
    line_taxes,
    part_of_whole,
)
from milestone_invoicing.billing.fact_checks import room_for
from milestone_invoicing.billing.invoice import (
    CreditEffect,
    Invoice,
    InvoiceKind,
    record,
    require_unique_numbers,
)
from milestone_invoicing.billing.invoice_facts import Applied, Credited
from milestone_invoicing.billing.line import Line
from milestone_invoicing.billing.tax import Tax
from milestone_invoicing.contract import PaymentTerms
from milestone_invoicing.errors import ArgumentsError, CreditError, UnknownInvoiceError, Words
from milestone_invoicing.money import Money
from milestone_invoicing.money.exact import decimal_value
from milestone_invoicing.money.money import require_one_currency

_Number: TypeAlias = int | Decimal | str
# What lines of one kind share: milestone, tax, what they deduct, and whether they are retainage.
_Slot: TypeAlias = tuple[str | None, Tax, str | None, bool]


def credit_note(  # one keyword per way to say what is credited
    invoice: Invoice,
    *,
    effect: CreditEffect,
    invoices: Iterable[Invoice] = (),
    amount: Money | None = None,
    net: Money | None = None,
    quantities: Mapping[int, _Number] | None = None,
    milestone: str | None = None,
    note: str = "",
) -> Invoice:
    """Return the draft of a credit note for *invoice*: for all that is left of it, or for a part.

    The whole of an invoice of which nothing is credited is mirrored line by line: each of its
    totals is the negative one, deducted deposits and retainage held included. A part is credited
    with the part of the tax that goes with it, at the rate of the invoice; the last part takes what
    is left of the tax. What bills took off for a deposit is not left of its invoice: credit those
    bills first.

    Args:
        invoice: issued, and no credit note itself.
        effect: what becomes of the work: PRICE_REDUCTION, REBILL or CANCEL.
        invoices: those so far; the credit notes and their drafts among them that name the invoice
            are taken from what is left, and of a deposit invoice what bills and drafts took off.
        amount: credit so much with tax, over all lines in proportion to what is left of them.
        net: credit so much without tax, in the same way.
        quantities: credit so much of single lines, by their place, which counts from 1.
        milestone: only lines of this milestone, for *amount* and *net*, or alone.
        note: for the reader, why.

    Rounding: by running totals over the lines for *amount* and *net*; a part of the tax half up.
    Sign: quantities of the note are negative, prices never.

    Raises:
        CreditError: more than is left of the invoice or a line, or nothing is left; or the invoice
            is a draft, void or a credit note.
        ArgumentsError: more than one of *amount*, *net* and *quantities*, or *quantities* with
            *milestone*.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an amount in another currency.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: a quantity is no
            exact and sensible decimal number.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), tax=Tax.standard(21))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> whole = credit_note(invoice, effect=CreditEffect.CANCEL)
        >>> part = credit_note(
        ...     invoice, effect=CreditEffect.PRICE_REDUCTION, amount=Money.of(100, "EUR")
        ... )
        >>> str(whole.payable), str(part.totals.tax_exclusive), str(part.totals.tax)
        ('EUR -1210.00', 'EUR -82.64', 'EUR -17.36')

    Source: EN 16931 credit note (BT-3 code 381); the parts are a convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_type(effect, CreditEffect, "the effect of a credit note")
    require_type(note, str, "the note")
    known = require_unique_numbers(invoices)
    _require_creditable(invoice)
    _check_arguments(invoice, amount, net, quantities, milestone)
    earlier = [other for other in known if _credits(other, invoice)]
    named = (amount, net, quantities, milestone)
    deducted = _deducted(invoice, known)
    if not earlier and not deducted and all(argument is None for argument in named):
        return _mirrored(invoice, effect, note)
    left = _left(invoice, earlier)
    if deducted:
        left = _not_deducted(invoice, earlier, deducted)
    if milestone is not None:
        left = {slot: part for slot, part in left.items() if slot[0] == milestone}
    if not any(map(any, left.values())):
        which = f"{invoice}" if milestone is None else f"no lines of milestone {milestone!r}"
        raise CreditError(
            "nothing is left to credit",
            expected="an invoice, or lines of a milestone, with something left",
            got=Words(which),
        )
    if quantities is not None:
        lines = tuple(_by_quantity(invoice, left, quantities))
    else:
        parts = _by_net(left, net) if net is not None else _by_gross(invoice, left, amount)
        lines = tuple(_line(slot, *part, invoice) for slot, part in parts if any(part))
    return attrs.evolve(
        _mirrored(invoice, effect, note), lines=lines, prepaid=(), held=None, terms=PaymentTerms()
    )


def _require_creditable(invoice: Invoice) -> None:
    got = ""
    if invoice.is_draft:
        got = "a draft"
    elif invoice.kind.is_credit_note:
        got = "a credit note, which is voided"
    elif invoice.is_void:
        got = "a void"
    if got:
        raise CreditError(
            "this document cannot be credited",
            expected="an invoice that is issued and not void",
            got=Words(got),
        )


def _check_arguments(
    invoice: Invoice,
    amount: Money | None,
    net: Money | None,
    quantities: Mapping[int, _Number] | None,
    milestone: str | None,
) -> None:
    for each in (amount, net):
        require_type(each, (Money, type(None)), "the amount of a credit")
        if each is not None:
            require_one_currency(invoice.payable, each)
            if each.minor <= 0:
                raise CreditError("a credit is too small", expected="above zero", got=each)
    require_type(quantities, (Mapping, type(None)), "quantities")
    require_type(milestone, (str, type(None)), "the milestone")
    given = [name for name, each in (("amount", amount), ("net", net)) if each is not None]
    given += ["quantities"] if quantities is not None else []
    given += ["milestone"] if quantities is not None and milestone is not None else []
    if len(given) > 1:
        raise ArgumentsError(
            "a credit says in one way how much it is",
            expected="amount, net or quantities, and milestone with the first two only",
            got=Words(" with ".join(given)),
        )


def _credits(other: Invoice, invoice: Invoice) -> bool:
    """Say whether *other* is a credit note of *invoice* that is not void."""
    return other.kind.is_credit_note and invoice.number in other.preceding and not other.is_void


def _mirrored(invoice: Invoice, effect: CreditEffect, note: str) -> Invoice:
    """Return the draft whose totals are the negative ones, deposits and what is held included."""
    deposit = invoice.kind is InvoiceKind.DEPOSIT
    return attrs.evolve(
        invoice,
        number=None,
        issued_on=None,
        kind=InvoiceKind.DEPOSIT_CREDIT_NOTE if deposit else InvoiceKind.CREDIT_NOTE,
        lines=tuple(_negated(line) for line in invoice.lines),
        prepaid=tuple(_negated_prepaid(each) for each in invoice.prepaid),
        held=None if invoice.held is None else -invoice.held,
        effect=effect,
        note=note,
        preceding=(str(invoice.number),),
        facts=(),
    )


def _negated(line: Line) -> Line:
    tax = None if line.tax_amount is None else -line.tax_amount
    return attrs.evolve(line, quantity=-line.quantity, tax_amount=tax)


def _negated_prepaid(prepaid: Prepaid) -> Prepaid:
    groups = (TaxSubtotal(each.tax, -each.base, -each.amount) for each in prepaid.groups)
    return Prepaid(prepaid.number, groups)


def _slot(line: Line) -> _Slot:
    return line.milestone, line.tax, line.deducts, line.retainage


def _left(invoice: Invoice, earlier: Iterable[Invoice]) -> dict[_Slot, tuple[int, int]]:
    """Return net and tax that are left of each kind of lines, in minor units."""
    left = {_slot(line): (0, 0) for line in invoice.lines}
    for document in (invoice, *earlier):
        for line, tax in line_taxes(document.lines, document.totals.breakdown):
            net, taxed = left.get(_slot(line), (0, 0))
            left[_slot(line)] = (net + line.net.minor, taxed + tax)
    return left


def _deducted(invoice: Invoice, others: Iterable[Invoice]) -> list[TaxSubtotal]:
    """Return what bills and drafts took off for a deposit, by tax."""
    if invoice.kind is not InvoiceKind.DEPOSIT:
        return []
    known = (other for other in others if not other.is_void)
    return parts_taken(known, str(invoice.number), date.max)


def _not_deducted(
    deposit: Invoice, earlier: Sequence[Invoice], deducted: Sequence[TaxSubtotal]
) -> dict[_Slot, tuple[int, int]]:
    """Return net and tax that are left of the lines of a deposit of which bills took parts off."""
    left = {_slot(line): (0, 0) for line in deposit.lines}
    slots = {slot[1]: slot for slot in reversed(left)}
    gross = Money.total(
        (
            *(document.totals.tax_inclusive for document in (deposit, *earlier)),
            *(-part.gross for part in deducted),
        ),
        currency=deposit.currency,
    )
    for group in left_groups([deposit, *earlier], deducted, gross):
        left[slots[group.tax]] = (group.base.minor, group.amount.minor)
    return left


def _by_net(
    left: Mapping[_Slot, tuple[int, int]], net: Money
) -> Iterator[tuple[_Slot, tuple[int, int]]]:
    """Yield net and tax of each kind of lines, for a credit of so much without tax."""
    whole = sum(part for part, _ in left.values())
    _require_left(net.minor, whole, net)
    running = before = 0
    for slot, (of_slot, tax) in left.items():
        running += of_slot
        after = part_of_whole(net.minor, running, whole)
        yield slot, (after - before, part_of_whole(tax, after - before, of_slot))
        before = after


def _by_gross(
    invoice: Invoice, left: Mapping[_Slot, tuple[int, int]], amount: Money | None
) -> Iterator[tuple[_Slot, tuple[int, int]]]:
    """Yield net and tax of each kind of lines, for a credit with tax of so much, or of all."""
    whole = sum(net + tax for net, tax in left.values())
    wanted = whole if amount is None else amount.minor
    _require_left(wanted, whole, Money(wanted, invoice.currency))
    running = before = 0
    for slot, (net, tax) in left.items():
        running += net + tax
        after = part_of_whole(wanted, running, whole)
        taxed = part_of_whole(tax, after - before, net + tax)
        yield slot, (after - before - taxed, taxed)
        before = after


def _by_quantity(
    invoice: Invoice,
    left: dict[_Slot, tuple[int, int]],
    quantities: Mapping[int, _Number],
) -> Iterator[Line]:
    """Yield the credited lines, each with its part of what is left of the tax of its kind."""
    for place, quantity in quantities.items():
        if type(place) is not int or not 1 <= place <= len(invoice.lines):
            raise CreditError(
                "there is no such line", expected=f"1 to {len(invoice.lines)}", got=place
            )
        line = invoice.lines[place - 1]
        taken = attrs.evolve(line, quantity=decimal_value(quantity, "a quantity"), tax_amount=None)
        net, tax = left[_slot(line)]
        part = taken.net.minor
        if part * net <= 0 or abs(part) > abs(net):
            _refuse(taken.net, Money(net, invoice.currency))
        taxed = part_of_whole(tax, part, net)
        left[_slot(line)] = (net - part, tax - taxed)
        yield attrs.evolve(
            taken, quantity=-taken.quantity, tax_amount=_tax_amount(line, -taxed, invoice)
        )


def _tax_amount(line: Line, minor: int, invoice: Invoice) -> Money | None:
    return Money(minor, invoice.currency) if line.tax.has_rate else None


def _require_left(wanted: int, whole: int, shown: Money) -> None:
    if not 0 < wanted <= whole:
        _refuse(shown, Money(whole, shown.currency))


def _refuse(wanted: Money, left: Money) -> None:
    raise CreditError(
        "more is credited than is left",
        expected=f"at most {left}",
        got=wanted,
        left=left,
    )


def _line(slot: _Slot, net: int, tax: int, invoice: Invoice) -> Line:
    """Return a line that takes back so much of one kind of lines."""
    milestone, rate, deducts, retainage = slot
    titles = (line.description for line in invoice.lines if _slot(line) == slot)
    line = Line(
        next(titles),
        -1 if net > 0 else 1,
        Money(abs(net), invoice.currency),
        tax=rate,
        milestone=milestone,
        deducts=deducts,
        retainage=retainage,
    )
    return attrs.evolve(line, tax_amount=_tax_amount(line, -tax, invoice))


def apply_credit(
    invoices: Sequence[Invoice],
    note: str,
    invoice: str,
    *,
    on: date,
    amount: Money | None = None,
) -> tuple[Invoice, ...]:
    """Return *invoices* with a credit note set against an invoice, recorded on both.

    The note records ``Applied``, the invoice ``Credited``.

    Args:
        invoices: the note and the invoice among them.
        note: the number of the credit note.
        invoice: the number of the invoice, of the same client.
        on: the day from which it counts.
        amount: with tax; by default as much as the note has left and the invoice has outstanding,
            on that day and on every later one of which there are records.

    Raises:
        CreditError: nothing is left of the note or outstanding, or the clients differ.
        ImpossibleFactError: more than that.
        UnknownInvoiceError: none has the number, or a draft has.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an amount in another currency.
        BlankTextError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> draft = credit_note(
        ...     invoice, effect=CreditEffect.PRICE_REDUCTION, amount=Money.of(100, "EUR")
        ... )
        >>> note = issue(draft, number="CN-1", on=date(2026, 5, 9))
        >>> both = apply_credit([invoice, note], "CN-1", "2026-01", on=date(2026, 5, 9))
        >>> str(invoice_status(both[0], as_of=date(2026, 5, 9)).open)
        'EUR 900.00'

    Source: convention of this library.
    """
    known = require_unique_numbers(invoices)
    require_date(on, "on")
    source, target = _numbered(known, note), _numbered(known, invoice)
    if source.buyer.key != target.buyer.key:
        raise CreditError(
            "credit of one client is set against an invoice of another",
            expected=f"an invoice of {source.buyer.key!r}",
            got=target.buyer.key,
        )
    if amount is None:
        amount = _most(source, target, on)
    known = record(known, note, Applied(amount, invoice, on=on))
    return record(known, invoice, Credited(amount, note, on=on))


def _numbered(known: Sequence[Invoice], number: str) -> Invoice:
    require_text(number, "the number of an invoice")
    for invoice in known:
        if invoice.number == number and not invoice.is_draft:
            return invoice
    raise UnknownInvoiceError(
        "no issued invoice has this number",
        expected="the number of one of the invoices",
        got=number,
    )


def _most(source: Invoice, target: Invoice, on: date) -> Money:
    """Return as much as one has left and the other outstanding."""
    rooms = [
        room_for(kind, each.claim, each.facts, on)
        for kind, each in ((Applied, source), (Credited, target))
        if each.claim is not None
    ]
    if not min(rooms):
        raise CreditError(
            "there is nothing to set against each other",
            expected="a credit note with something left, and an invoice with something outstanding",
            got=Words(f"{rooms[0]} left and {rooms[1]} outstanding"),
        )
    return min(rooms)
