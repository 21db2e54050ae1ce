"""How what is invoiced is taken back: a credit note, and setting it against an invoice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.books import Books, books_of, issued_in, record
from milestone_invoicing.billing.advances.deposits import parts_taken
from milestone_invoicing.billing.credit.crediting import Number, credited_lines, minus
from milestone_invoicing.billing.credit.lapsing import lapsed_discount, uncertified_beside
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.apportioning import part_of_whole
from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.document.kinds import CreditEffect, InvoiceKind
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.totals import withholding_base
from milestone_invoicing.billing.history.fact_checks import room_for
from milestone_invoicing.billing.history.invoice_facts import Applied, Credited
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.retainage.kept_back import ever_held
from milestone_invoicing.contract import PaymentTerms
from milestone_invoicing.errors import ArgumentsError, CreditError, Words
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency


def credit_note(  # noqa: PLR0913  # one keyword per way to say what is credited
    invoice: Invoice,
    *,
    effect: CreditEffect,
    as_of: date,
    invoices: Iterable[Invoice] = (),
    amount: Money | None = None,
    net: Money | None = None,
    quantities: Mapping[int, Number] | None = None,
    milestone: str | None = None,
    note: str = "",
) -> Invoice:
    """Return the draft of a credit note for *invoice*: for all that is left of it, or for a part.

    The whole of an invoice of which nothing is credited is mirrored line by line: each of its
    totals is the negative one, deducted deposits and retainage held included. A part is credited
    with the part of the tax that goes with it, at the rate of the invoice; the last part takes what
    is left of the tax. It takes what is due of the invoice first, and what is held of it last. It
    gives back no deposit: what was deducted stays deducted, and the client has the money to come.
    What bills took off for a deposit is not left of its own invoice: credit those bills first.
    In a part, allowances and charges of the whole document stand as lines, each with its part; the
    note that takes all that was left takes the rounding amount with it. Of what is withheld a part
    has its part, by running totals of the net amount.

    What goes back of an invoice that was paid with an early discount is what was paid: the note
    mirrors the document, and says in ``discount_taken`` what of the discount taken by *as_of*
    lapses with it, by running totals of what is credited beyond what is outstanding.

    Args:
        invoice: issued, and no credit note itself.
        effect: what becomes of the work: PRICE_REDUCTION, REBILL or CANCEL.
        as_of: the day on which it is drafted. A credit note that is voided later still counts.
        invoices: those so far; the credit notes and their drafts among them that name the invoice
            are taken from what is left, and of a deposit invoice what bills and drafts took off.
        amount: credit so much with tax, over all lines in proportion to what is left of them;
            before rounding, or what is left of a rounded payable.
        net: credit so much without tax, in the same way.
        quantities: credit so much of single lines, by their place, which counts from 1. Lines
            that are alike are one stock. With them goes their part of the document's allowances
            and charges.
        milestone: only lines of this milestone, for *amount* and *net*, or alone; with them goes
            their part of the retainage left off and of deposits that stand as lines.
        note: for the reader, why.

    Rounding: by running totals over the lines for *amount* and *net*; a part of the tax half up.
    Sign: quantities of the note are negative, prices never.

    Raises:
        CreditError: more than is left of the invoice or a line, or nothing is left; quantities
            where an early discount leaves a part of each line untaxed; or the invoice is a draft,
            void or a credit note.
        ArgumentsError: more than one of *amount*, *net* and *quantities*, or *quantities* with
            *milestone*.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an amount in another currency.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: a quantity is no
            exact and sensible decimal number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), tax=Tax.standard(21))
        >>> day, cheaper = date(2026, 5, 1), CreditEffect.PRICE_REDUCTION
        >>> invoice = Invoice("2026-01", day, Party("acme", "Acme"), [line])
        >>> whole = credit_note(invoice, effect=CreditEffect.CANCEL, as_of=day)
        >>> part = credit_note(invoice, effect=cheaper, as_of=day, amount=Money.of(100, "EUR"))
        >>> str(whole.payable), str(part.totals.tax_exclusive), str(part.totals.tax)
        ('EUR -1210.00', 'EUR -82.64', 'EUR -17.36')

    Source: EN 16931 credit note (BT-3 code 381); the parts are a convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_type(effect, CreditEffect, "the effect of a credit note")
    require_type(note, str, "the note")
    known = books_of(invoices)
    _require_creditable(invoice, as_of)
    _check_arguments(invoice, amount, net, quantities, milestone)
    earlier = [other for other in known if _credits(other, invoice, as_of)]
    named = (amount, net, quantities, milestone)
    deducted = _deducted(invoice, known)
    if amount is not None and amount == _payable_left(invoice, earlier, deducted):
        amount = None  # all that is left, the rounding amount included
        named = (amount, net, quantities, milestone)
    if not earlier and not deducted and all(argument is None for argument in named):
        return _less_discount(invoice, earlier, _mirrored(invoice, effect, note), as_of)
    lines = credited_lines(
        invoice,
        earlier,
        deducted=deducted,
        amount=amount,
        net=net,
        quantities=quantities,
        milestone=milestone,
    )
    draft = attrs.evolve(
        _mirrored(invoice, effect, note),
        lines=lines,
        allowances=(),  # they stand among the lines, each with its part
        charges=(),
        prepaid=(),
        rounding_amount=None,
        withheld=(),
        held=None,
        terms=PaymentTerms(),
    )
    draft = attrs.evolve(
        draft,
        rounding_amount=_rounding_left(invoice, [*earlier, draft], deducted),
        withheld=tuple(_part_withheld(invoice, earlier, draft)),
    )
    held = ever_held(invoice, [*earlier, draft]) - ever_held(invoice, earlier)
    draft = attrs.evolve(draft, held=Money(held, invoice.currency)) if held else draft
    return _less_discount(invoice, earlier, draft, as_of)


def _less_discount(
    invoice: Invoice, earlier: Sequence[Invoice], draft: Invoice, as_of: date
) -> Invoice:
    """Return a draft that says what of a discount taken lapses with it, beside earlier notes."""
    before = (note.discount_taken for note in earlier if note.discount_taken is not None)
    known = Money.total(before, currency=invoice.currency)
    more = lapsed_discount(invoice, [*earlier, draft], as_of) - known
    most = min(more, -draft.payable)
    return attrs.evolve(draft, discount_taken=most) if most.minor > 0 else draft


def _payable_left(
    invoice: Invoice, earlier: Sequence[Invoice], deducted: Sequence[TaxSubtotal]
) -> Money | None:
    """Return what a rounded payable has left; None where no rounding amount is left."""
    documents = (invoice, *earlier)
    rounding = sum(each.totals.rounding_minor for each in documents)
    left = _total_left(documents, deducted) + rounding
    return Money(left, invoice.currency) if rounding and not invoice.prepaid else None


def _total_left(documents: Iterable[Invoice], deducted: Iterable[TaxSubtotal]) -> int:
    """Return what is left with tax of an invoice and its notes, in minor units.

    What bills took off for a deposit is not left of it.
    """
    taken = sum(part.gross.minor for part in deducted)
    return sum(each.totals.tax_inclusive.minor for each in documents) - taken


def _rounding_left(
    invoice: Invoice, notes: Sequence[Invoice], deducted: Sequence[TaxSubtotal]
) -> Money | None:
    """Return what the last note takes back of a rounding amount, with all that was left.

    It takes none that is as large as the note itself, which would grant nothing then.
    """
    documents = (invoice, *notes)
    left = sum(each.totals.rounding_minor for each in documents)
    gross = notes[-1].totals.tax_inclusive.minor
    if not left or _total_left(documents, deducted) or gross * (gross - left) <= 0:
        return None
    return Money(-left, invoice.currency)


def _part_withheld(
    invoice: Invoice, earlier: Sequence[Invoice], draft: Invoice
) -> Iterator[Adjustment]:
    """Yield what a part of an invoice had withheld: the part that goes with its net.

    By running totals over the notes, so that the last one takes the rest.
    """
    whole = invoice.totals.tax_exclusive
    base = withholding_base(invoice.totals, invoice.prepaid)
    net = sum(note.totals.tax_exclusive.minor for note in (*earlier, draft))
    for each in invoice.withheld:
        before = (part for note in earlier for part in note.withheld if part.reason == each.reason)
        taken = sum(part.amount_on(whole).minor for part in before)
        to_date = part_of_whole(each.amount_on(base).minor, net, whole.minor)
        yield attrs.evolve(each, amount=Money(to_date - taken, whole.currency), base=None)


def _require_creditable(invoice: Invoice, as_of: date) -> None:
    got = ""
    if not invoice.is_issued(as_of):
        got = f"a draft on {as_of}"
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
    quantities: Mapping[int, Number] | None,
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


def _credits(other: Invoice, invoice: Invoice, as_of: date) -> bool:
    """Say whether *other* is a credit note of *invoice*, or a draft of one, not void on a day."""
    void = other.is_void_on(as_of)
    return other.kind.is_credit_note and invoice.number in other.preceding and not void


def _mirrored(invoice: Invoice, effect: CreditEffect, note: str) -> Invoice:
    """Return the draft whose totals are the negative ones, deposits and what is held included."""
    deposit = invoice.kind is InvoiceKind.DEPOSIT
    return attrs.evolve(
        invoice,
        number=None,
        issued_on=None,
        kind=InvoiceKind.DEPOSIT_CREDIT_NOTE if deposit else InvoiceKind.CREDIT_NOTE,
        lines=tuple(_negated(line) for line in invoice.lines),
        allowances=tuple(-each for each in invoice.allowances),
        charges=tuple(-each for each in invoice.charges),
        prepaid=tuple(-each for each in invoice.prepaid),
        rounding_amount=None if invoice.rounding_amount is None else -invoice.rounding_amount,
        withheld=tuple(-each for each in invoice.withheld),
        held=None if invoice.held is None else -invoice.held,
        effect=effect,
        note=note,
        preceding=(str(invoice.number),),
        facts=(),
    )


def _negated(line: Line) -> Line:
    tax = None if line.tax_amount is None else -line.tax_amount
    return attrs.evolve(
        line,
        quantity=minus(line.quantity),
        allowances=tuple(-each for each in line.allowances),
        charges=tuple(-each for each in line.charges),
        tax_amount=tax,
    )


def _deducted(invoice: Invoice, others: Iterable[Invoice]) -> list[TaxSubtotal]:
    """Return what bills and drafts took off for a deposit, by tax."""
    if invoice.kind is not InvoiceKind.DEPOSIT:
        return []
    known = (other for other in others if not other.is_void)
    return parts_taken(known, str(invoice.number), date.max)


def apply_credit(
    invoices: Sequence[Invoice],
    note: str,
    invoice: str,
    *,
    on: date,
    amount: Money | None = None,
) -> Books:
    """Return *invoices* with a credit note set against an invoice, recorded on both.

    The note records ``Applied``, the invoice ``Credited``.

    Args:
        invoices: the note and the invoice among them.
        note: the number of the credit note.
        invoice: the number of the invoice, of the same client.
        on: the day from which it counts.
        amount: with tax; by default as much as the note has left and the invoice has outstanding,
            on that day and on every later one of which there are records. Against the invoice that
            it credits a note also has its discount left, which is outstanding once cash bounced;
            and it leaves the part of a withheld tax whose certificate is still to come, once all
            that notes credit has taken its part of that along.

    Raises:
        CreditError: nothing is left of the note or outstanding, the clients differ, or the note is
            of a void invoice.
        ImpossibleFactError: more than that.
        UnknownInvoiceError: none has the number, or a draft has.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an amount in another currency.
        BlankTextError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> draft = credit_note(
        ...     invoice,
        ...     effect=CreditEffect.PRICE_REDUCTION,
        ...     as_of=date(2026, 5, 9),
        ...     amount=Money.of(100, "EUR"),
        ... )
        >>> note = issue(draft, number="CN-1", on=date(2026, 5, 9))
        >>> both = apply_credit([invoice, note], "CN-1", "2026-01", on=date(2026, 5, 9))
        >>> str(invoice_status(both[0], as_of=date(2026, 5, 9)).open)
        'EUR 900.00'

    Source: convention of this library.
    """
    known = books_of(invoices)
    require_date(on, "on")
    source, target = (issued_in(known, each) for each in (note, invoice))
    if source.buyer.key != target.buyer.key:
        raise CreditError(
            "credit of one client is set against an invoice of another",
            expected=f"an invoice of {source.buyer.key!r}",
            got=target.buyer.key,
        )
    _require_alive(source, known)
    if amount is None:
        amount = _most(source, target, on, known)
    known = record(known, note, Applied(amount, invoice, on=on))
    return record(known, invoice, Credited(amount, note, on=on))


def _require_alive(note: Invoice, known: Sequence[Invoice]) -> None:
    """Refuse the credit note of an invoice that is void, and claims nothing to be taken back."""
    voids = [bill for bill in known if bill.number in note.preceding and bill.is_void]
    if voids and note.kind.is_credit_note:
        raise CreditError(
            "the credit note is of a void invoice",
            expected="a credit note of an invoice that still claims",
            got=Words(f"{note}, of {voids[0]}"),
            hint="void the note too, since what it took back is not claimed any more",
        )


def _most(source: Invoice, target: Invoice, on: date, known: Iterable[Invoice]) -> Money:
    """Return as much as one has left and the other outstanding, beside what is to be certified."""
    rooms = [
        room_for(kind, each.claim, each.facts, on, target.number)
        for kind, each in ((Applied, source), (Credited, target))
        if each.claim is not None
    ]
    if target.number in source.preceding and source.kind.is_credit_note:
        left = rooms[1].minor - min(rooms[1].minor, uncertified_beside(target, known))
        rooms[1] = Money(left, target.currency)
    if not min(rooms):
        raise CreditError(
            "there is nothing to set against each other",
            expected="a credit note with something left, and an invoice with something outstanding",
            got=Words(f"{rooms[0]} left and {rooms[1]} outstanding"),
        )
    return min(rooms)
