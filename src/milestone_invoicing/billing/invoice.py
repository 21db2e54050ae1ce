"""What an invoice is: lines for a buyer, issued or still a draft, and the facts since."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, Self

import attrs

from milestone_invoicing._answers import maker
from milestone_invoicing._checks import (
    Parts,
    require_date,
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.breakdown import Prepaid, TaxCurrency, check_tax_currency
from milestone_invoicing.billing.document.entries import entries_of
from milestone_invoicing.billing.document.kinds import CreditEffect, InvoiceKind, check_effect
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.document.payable_parts import (
    check_discount_taken,
    check_held,
    check_withheld,
)
from milestone_invoicing.billing.document.totals import (
    Totals,
    reducible_of,
    totals_of,
)
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.fact_checks import check_new_facts
from milestone_invoicing.billing.history.invoice_facts import INVOICE_FACTS, InvoiceFact
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.billing.history.refusing import check_draft_facts
from milestone_invoicing.contract import DueAmount, PaymentTerms
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.errors import (
    AlreadyIssuedError,
    DuplicateNumberError,
    NoLinesError,
    Words,
)
from milestone_invoicing.money import Currency, Money, TaxedAmount
from milestone_invoicing.money.money import made
from milestone_invoicing.timing import Period


def _lines(values: Iterable[Line]) -> tuple[Line, ...]:
    return tuple_of(values, Line, "lines")


def _numbers(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "preceding")


def _prepaid(values: Iterable[Prepaid]) -> tuple[Prepaid, ...]:
    return tuple_of(values, Prepaid, "prepaid")


def _allowances(values: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple_of(values, Adjustment, "allowances")


def _charges(values: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple_of(values, Adjustment, "charges")


def _withheld(values: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple_of(values, Adjustment, "withheld")


def _facts(values: Iterable[InvoiceFact], first: int = 0) -> tuple[InvoiceFact, ...]:
    return tuple_of(values, INVOICE_FACTS, "facts", first=first)


_NONE: Final = type(None)
_ON_RECEIPT: Final = PaymentTerms()
_PARTS: Final = Parts(
    buyer=(Party, "the buyer"),
    seller=((Party, _NONE), "the seller"),
    terms=(PaymentTerms, "the terms of an invoice"),
    kind=(InvoiceKind, "the kind of invoice"),
    rounding_amount=((Money, _NONE), "the rounding amount"),
    held=((Money, _NONE), "what is held"),
    tax_currency=((TaxCurrency, _NONE), "the tax currency"),
    effect=((CreditEffect, _NONE), "the effect of a credit note"),
    discount_taken=((Money, _NONE), "the discount taken"),
    owner=((str, _NONE), "owner"),
    project=((str, _NONE), "project"),
    period=((Period, _NONE), "the period of an invoice"),
    buyer_reference=(str, "the buyer reference"),
    purchase_order=(str, "the purchase order"),
    contract=(str, "the contract"),
    note=(str, "the note"),
)


class _Kept:
    """Where a value keeps what was last worked out of it: outside of eq, hash, repr, pickle, copy.

    The slot is set at once, by one assignment, so that threads see one reading or another.
    """

    __slots__ = ("_reading",)
    _reading: Reading | None


@attrs.frozen
class Invoice(_Kept):
    """A bill. Without number or issue date it is a draft: it has totals, but claims nothing.

    Args:
        number: its number (BT-1), or None.
        issued_on: its issue date (BT-2), or None; a claim from that day on.
        buyer: who pays.
        lines: one or more, of one currency.
        seller: who is paid.
        terms: when it is due; on receipt by default.
        kind: of document (BT-3).
        allowances: what is taken off the whole document (BG-20), each with its tax; a percentage
            without one is spread over the taxes of the lines.
        charges: what is added to the whole document (BG-21), in the same way.
        prepaid: deposits received and now deducted, with their tax (BT-113).
        rounding_amount: what is added to the payable, such as to a cash step (BT-114).
        held: the part of the payable that is retained until it is released; no earlier part of
            it is due, and tax is claimed in full.
        withheld: what the buyer keeps of the payable for the tax office, as amounts or in percent
            of the total without tax, less that of what is prepaid; of nothing where that is below
            zero. It changes no total, and is settled by a certificate.
        tax_currency: the currency in which the seller accounts for tax (BT-6), and its rate.
        effect: of a credit note, on the work it credits; None for all others.
        discount_taken: of a credit note, the early discount that was taken on what it credits. It
            lapses, so that so much less goes back; it changes no total.
        owner: who looks after it on the seller's side.
        project: what it belongs to.
        period: the days that it bills (BG-14); its end is exclusive.
        buyer_reference: what the buyer wants to find on it (BT-10).
        purchase_order: the number of the buyer's order (BT-13).
        contract: the number of the contract (BT-12).
        note: text for the reader (BT-22).
        preceding: numbers of invoices that it follows up or replaces (BT-25).
        facts: what happened since, in the order it was recorded.

    Raises:
        NoLinesError: no lines (BR-16).
        CurrencyMismatchError: lines, facts or other amounts in different currencies.
        NumberRangeError: more is held than is payable, or of the other sign; or a discount taken
            that is no part of what a credit note grants.
        ArgumentsError: a credit note without an effect, or an effect or a discount taken on
            another document; an allowance or charge without a tax, or one tax for a percentage of
            lines of others; what is withheld with a tax; or a tax currency that is no other than
            the invoice's.
        ImpossibleFactError: facts on a draft, other than events that its terms wait for; or such
            as cannot have happened.
        NothingToReverseError: a reversal finds no equal earlier fact.
        SharesError, RemainderSignError: the terms do not fit the payable amount.
        DateRangeError, CalendarRangeError, DueBeforeStartError: the terms lead to no due date.
        PaymentTermsError: the terms ask for a part of the untaxed amount, which is of another sign.
        DuplicateNumberError: it names itself as preceding.
        BlankTextError, WrongTypeError, DateTypeError: a part is of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), tax=Tax.standard(21))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> str(invoice.payable)
        'EUR 1210.00'

    Source: EN 16931; facts instead of a status are a convention of this library.
    """

    number: str | None
    issued_on: date | None
    buyer: Party
    lines: tuple[Line, ...] = attrs.field(converter=_lines)
    seller: Party | None = attrs.field(default=None, kw_only=True)
    terms: PaymentTerms = attrs.field(factory=lambda: _ON_RECEIPT, kw_only=True)
    kind: InvoiceKind = attrs.field(default=InvoiceKind.INVOICE, kw_only=True)
    allowances: tuple[Adjustment, ...] = attrs.field(
        default=(), converter=_allowances, kw_only=True
    )
    charges: tuple[Adjustment, ...] = attrs.field(default=(), converter=_charges, kw_only=True)
    prepaid: tuple[Prepaid, ...] = attrs.field(default=(), converter=_prepaid, kw_only=True)
    rounding_amount: Money | None = attrs.field(default=None, kw_only=True)
    held: Money | None = attrs.field(default=None, kw_only=True)
    withheld: tuple[Adjustment, ...] = attrs.field(default=(), converter=_withheld, kw_only=True)
    tax_currency: TaxCurrency | None = attrs.field(default=None, kw_only=True)
    effect: CreditEffect | None = attrs.field(default=None, kw_only=True)
    discount_taken: Money | None = attrs.field(default=None, kw_only=True)
    owner: str | None = attrs.field(default=None, kw_only=True)
    project: str | None = attrs.field(default=None, kw_only=True)
    period: Period | None = attrs.field(default=None, kw_only=True)
    buyer_reference: str = attrs.field(default="", kw_only=True)
    purchase_order: str = attrs.field(default="", kw_only=True)
    contract: str = attrs.field(default="", kw_only=True)
    note: str = attrs.field(default="", kw_only=True)
    preceding: tuple[str, ...] = attrs.field(default=(), converter=_numbers, kw_only=True)
    facts: tuple[InvoiceFact, ...] = attrs.field(default=(), converter=_facts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        if self.number is not None:
            require_text(self.number, "the number of an invoice")
        require_optional_date(self.issued_on, "issued_on")
        _PARTS.require(self)
        _check_preceding(self.number, self.preceding)
        if not self.lines:
            raise NoLinesError("an invoice has no lines", expected="at least one Line", got=())
        self.totals  # noqa: B018  # adding the parts up checks their currencies
        check_withheld(self.withheld)
        if self.tax_currency is not None:
            check_tax_currency(self.tax_currency, self.currency)
        if self.held is not None:
            check_held(self.held, self.payable)
        check_effect(self.kind, self.effect)
        if self.discount_taken is not None:
            check_discount_taken(
                self.discount_taken, self.payable, is_credit_note=self.kind.is_credit_note
            )
        _check_claim(self)
        _set_reading(self, None)

    def __str__(self) -> str:
        """Return ``invoice 2026-01 of Acme``, or ``draft of Acme``."""
        kind = "draft" if self.is_draft else "invoice"
        return " ".join(part for part in (kind, self.number, "of", self.buyer.name) if part)

    @property
    def is_draft(self) -> bool:
        """Whether number or issue date are missing."""
        return self.number is None or self.issued_on is None

    @property
    def is_void(self) -> bool:
        """Whether it is void, by whatever date."""
        return self.is_void_on(date.max)

    def is_void_on(self, as_of: date) -> bool:
        """Say whether it is void on a day, that of the void included.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        require_date(as_of, "as_of")
        return bool(self.facts) and self.reading(as_of).void is not None

    @property
    def currency(self) -> Currency:
        """The currency of its lines (BT-5)."""
        return self.lines[0].currency

    def reading(self, as_of: date) -> Reading:
        """Return what the facts make of it on a day, in minor units; the last one is kept.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        try:
            last = self._reading
        except AttributeError:  # it comes out of a pickle
            last = None
        require_date(as_of, "as_of")
        if last is None or last.as_of != as_of:
            last = Reading(self.claim, self.facts, self.currency, as_of)
            _set_reading(self, last)
        return last

    @property
    def payable(self) -> Money:
        """The amount due for payment (BT-115)."""
        return self.totals.payable

    @property
    def payable_now(self) -> Money:
        """The payable, less what this bill holds until it is released."""
        return self.payable - self.held if self.held else self.payable

    @cached_property
    def totals(self) -> Totals:
        """The totals; computed once per value."""
        return totals_of(
            self.lines,
            always_reduced(self.terms.discounts),
            allowances=self.allowances,
            charges=self.charges,
            prepaid=self.prepaid,
            rounding_amount=self.rounding_amount,
            withheld=self.withheld,
            tax_currency=self.tax_currency,
        )

    @cached_property
    def entries(self) -> tuple[Line, ...]:
        """The lines, and as lines of their own all else that has a tax group.

        These are allowances and charges of the document, and what an early discount that always
        reduces the tax moves from one group to another.
        """
        untaxed = always_reduced(self.terms.discounts)
        if untaxed is None and not (self.allowances or self.charges):
            return self.lines
        return entries_of(self.lines, self.allowances, self.charges, untaxed).together

    @property
    def installments(self) -> tuple[DueAmount, ...]:
        """What was first agreed to be due when, summing to the payable; none for a draft.

        What is held stands last. An instalment that waits for an event has no date here, whatever
        happened since.
        """
        return () if self.claim is None else self.claim.agreed

    @cached_property
    def claim(self) -> Claim | None:
        """What it claims once it is issued; None for a draft."""
        if self.number is None or self.issued_on is None:
            return None
        totals = self.totals
        return Claim(
            payable=totals.payable,
            issued_on=self.issued_on,
            terms=self.terms,
            untaxed=totals.tax_exclusive,
            entries=self.entries,
            prepaid=self.prepaid,
            held=self.held or made(0, totals.currency),
            withheld=totals.withheld,
            lapsed=self.discount_taken or made(0, totals.currency),
            credits=self.preceding,
        )

    @cached_property
    def reducible(self) -> TaxedAmount:
        """Net and tax of what an early discount reduces: all that is billed and not deducted."""
        return reducible_of(self.entries, self.prepaid)

    def is_issued(self, as_of: date) -> bool:
        """Say whether it is a claim on *as_of*: numbered, and issued on that day or before.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        require_date(as_of, "as_of")
        return self.number is not None and self.issued_on is not None and self.issued_on <= as_of

    def net_of(self, key: str) -> Money:
        """Return the net amount of the lines that bill the milestone *key*.

        Raises:
            WrongTypeError: *key* is no text.
        """
        require_type(key, str, "the key of a milestone")
        nets = (line.net for line in self.lines if line.milestone == key)
        return Money.total(nets, currency=self.currency)

    def record(self, *facts: InvoiceFact) -> Self:
        """Return the invoice with *facts* recorded; late records count from their own date.

        Raises:
            ImpossibleFactError: a fact cannot have happened, or the invoice is a draft, whose only
                facts are events.
            NothingToReverseError: a reversal finds no equal earlier fact.
            CurrencyMismatchError: a payment in another currency.
            WrongTypeError: a value is no fact about invoices.

        Example:
            >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
            >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
            >>> len(invoice.record(Sent(on=date(2026, 5, 1))).facts)
            1
        """
        if type(self) is not Invoice:  # one of a user's own may have more parts
            return attrs.evolve(self, facts=self.facts + facts)
        *others, known = _parts_of(self)
        result: Self = _made(*others, known + _facts(facts, len(known)))
        _set_totals(result, self.totals)
        _set_claim(result, self.claim)
        _set_reading(result, None)
        _check_claim(result, known)
        return result


def _check_preceding(number: str | None, preceding: tuple[str, ...]) -> None:
    for other in preceding:
        require_text(other, "a preceding number")
    if number in preceding:
        raise DuplicateNumberError(
            "an invoice names itself as preceding",
            expected="numbers of other invoices",
            got=number,
        )


def _check_claim(invoice: Invoice, known: tuple[InvoiceFact, ...] = ()) -> None:
    """Check that terms and facts fit what an invoice claims; of facts only those after *known*."""
    if invoice.claim is None:
        check_draft_facts(invoice.facts, invoice.terms.events)
    else:
        invoice.claim.by_terms  # noqa: B018  # making the instalments checks that the terms fit
        check_new_facts(known, invoice.facts[len(known) :], invoice.claim)


# A fact changes nothing but the facts, and the issue nothing but number and date. All else of an
# invoice was checked when it was made, and what follows from it is taken along: totals and claim.
_made: Final[Callable[..., Any]] = maker(Invoice)
_parts_of: Final = attrgetter(*(field.name for field in attrs.fields(Invoice)))
_set_totals: Final = Invoice.__dict__["totals"].__set__
_set_reading: Final = _Kept.__dict__["_reading"].__set__
_set_claim: Final = Invoice.__dict__["claim"].__set__


def totals(invoice: Invoice) -> Totals:
    """Return the totals of an invoice or draft; computed once per value, never stored.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"), tax=Tax.standard(21))
        >>> str(totals(Invoice(None, None, Party("acme", "Acme"), [line])).tax_inclusive)
        'EUR 1210.00'

    Source: EN 16931 document totals (BG-22); the BT numbers stand at ``Totals``.
    """
    require_type(invoice, Invoice, "the invoice")
    return invoice.totals


def issue(draft: Invoice, *, number: str, on: date) -> Invoice:
    """Return *draft* as an invoice with its number, claimed from the day *on*.

    The date is the issuer's to choose: a draft does not remember the day of its making, nor whether
    it was issued before under another number. ``contract_position`` shows what that leads to.

    Raises:
        AlreadyIssuedError: it has its number and date.
        BlankTextError: the number is blank.
        DateTypeError: *on* is not a plain date.
        SharesError, RemainderSignError, DateRangeError: the terms do not fit amount or date.

    Example:
        >>> draft = Invoice(
        ...     None, None, Party("acme", "Acme"), [Line("Audit", 1, Money.of(9, "EUR"))]
        ... )
        >>> issue(draft, number="2026-01", on=date(2026, 5, 1)).number
        '2026-01'

    Source: convention of this library.
    """
    require_type(draft, Invoice, "the draft")
    require_text(number, "the number of an invoice")
    require_date(on, "the issue date")
    if not draft.is_draft:
        raise AlreadyIssuedError(
            "an invoice is issued once", expected="a draft", got=Words(f"invoice {draft.number}")
        )
    if type(draft) is not Invoice:
        return attrs.evolve(draft, number=number, issued_on=on)
    _check_preceding(number, draft.preceding)
    _, _, *others = _parts_of(draft)
    invoice: Invoice = _made(number, on, *others)
    _set_totals(invoice, draft.totals)
    _set_reading(invoice, None)
    _check_claim(invoice)
    return invoice
