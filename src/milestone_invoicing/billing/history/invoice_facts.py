"""What can happen to an invoice, as dated facts; it knows no invoice and no order of events."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_int, require_text, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.billing.history.collection_facts import (
    COLLECTION_FACTS,
    CollectionFact,
)
from milestone_invoicing.contract import EventOccurred
from milestone_invoicing.errors import CurrencyMismatchError, NumberRangeError
from milestone_invoicing.facts import Fact, Reversed
from milestone_invoicing.money import Money


@attrs.frozen
class Sent(Fact):
    """The invoice went out to the client, on the issue date or later; this changes no amount.

    Raises:
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Sent(on=date(2026, 5, 1)).known_on)
        '2026-05-01'

    Source: convention of this library.
    """


@attrs.frozen
class Payment(Fact):
    """Money came in for the invoice; a day before the issue date is a prepayment.

    What settles the debt is ``amount``, and nothing else: *received* and *fee* say how it came,
    and no balance, status or report counts them.

    Args:
        amount: what the client's debt is less by; above zero, in the currency of the invoice, a
            fee that the seller bears included.
        method: how, in words.
        reference: of the bank line, say.
        received: what came in, if that was in another currency; above zero.
        fee: of bank or card, which the seller bears; zero or more, in the currency of *amount* or
            of *received*, and not above it.

    Raises:
        NumberRangeError: the amount or what came in is not above zero, or the fee is below zero or
            above what it was taken from.
        CurrencyMismatchError: what came in is in the currency of the amount, or the fee in a third.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> paid = Payment(
        ...     Money.of(400, "EUR"),
        ...     "card",
        ...     received=Money.of(440, "USD"),
        ...     fee=Money.of("6.60", "EUR"),
        ...     on=date(2026, 5, 9),
        ... )
        >>> str(paid.amount), str(paid.received), str(paid.fee)
        ('EUR 400.00', 'USD 440.00', 'EUR 6.60')

    Source: convention of this library.
    """

    amount: Money
    method: str | None = None
    reference: str | None = None
    received: Money | None = None
    fee: Money | None = None

    def _check(self) -> None:
        require_amount(self.amount, "a payment")
        require_type(self.method, (str, type(None)), "the method of a payment")
        require_type(self.reference, (str, type(None)), "the reference of a payment")
        if self.received is not None:
            self._check_received(self.received)
        if self.fee is not None:
            self._check_fee(self.fee)

    def _check_received(self, received: Money) -> None:
        """What came in is another amount only where it was in another currency."""
        require_amount(received, "what came in")
        if received.currency == self.amount.currency:
            raise CurrencyMismatchError(
                "what came in is in the currency of the amount",
                expected=f"another currency than {self.amount.currency}",
                got=received,
                hint="what the bank took of it is the fee",
                left=self.amount.currency.code,
                right=received.currency.code,
            )

    def _check_fee(self, fee: Money) -> None:
        """A fee is taken from what came in, or from the amount, and no more than all of it."""
        require_type(fee, Money, "the fee of a payment")
        known = [self.amount, *([self.received] if self.received else [])]
        most = [amount for amount in known if amount.currency == fee.currency]
        if not most:
            raise CurrencyMismatchError(
                "a fee is in another currency than its payment",
                expected=" or ".join(amount.currency.code for amount in known),
                got=fee,
                left=self.amount.currency.code,
                right=fee.currency.code,
            )
        if not 0 <= fee.minor <= most[0].minor:
            raise NumberRangeError(
                "a fee is no part of its payment", expected=f"zero to {most[0]}", got=fee
            )


@attrs.frozen
class Refunded(Fact):
    """Money that was left over went back to the client; also of a credit note.

    Args:
        amount: above zero, at most what is unapplied.
        method: how, in words.
        reference: of the bank line, say.

    Raises:
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Refunded(Money.of(50, "EUR"), on=date(2026, 5, 20)).amount)
        'EUR 50.00'

    Source: convention of this library.
    """

    amount: Money
    method: str | None = None
    reference: str | None = None

    def _check(self) -> None:
        require_amount(self.amount, "a refund")
        require_type(self.method, (str, type(None)), "the method of a refund")
        require_type(self.reference, (str, type(None)), "the reference of a refund")


@attrs.frozen
class Credited(Fact):
    """A credit note was set against this invoice; the note records ``Applied``.

    ``apply_credit`` records both.

    Args:
        amount: above zero, at most what is outstanding; with tax.
        note: the number of the credit note.

    Raises:
        NumberRangeError: the amount is not above zero.
        BlankTextError: the number is blank.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> Credited(Money.of(50, "EUR"), "CN-1", on=date(2026, 5, 20)).note
        'CN-1'

    Source: convention of this library.
    """

    amount: Money
    note: str

    def _check(self) -> None:
        require_amount(self.amount, "a credit")
        require_text(self.note, "the number of the credit note")


@attrs.frozen
class Applied(Fact):
    """So much of this credit note was set against an invoice, which records ``Credited``.

    Args:
        amount: above zero, at most what is unapplied of the note.
        invoice: the number of that invoice.

    Raises:
        NumberRangeError: the amount is not above zero.
        BlankTextError: the number is blank.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> Applied(Money.of(50, "EUR"), "2026-01", on=date(2026, 5, 20)).invoice
        '2026-01'

    Source: convention of this library.
    """

    amount: Money
    invoice: str

    def _check(self) -> None:
        require_amount(self.amount, "an application")
        require_text(self.invoice, "the number of the invoice")


@attrs.frozen
class Withheld(Fact):
    """The client kept a tax back and paid it to the state for the seller; it settles like cash.

    Args:
        amount: above zero, at most what is outstanding.
        certificate: of the withholding.

    Raises:
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Withheld(Money.of(150, "EUR"), "W-17", on=date(2026, 5, 20)).amount)
        'EUR 150.00'

    Source: convention of this library.
    """

    amount: Money
    certificate: str = ""

    def _check(self) -> None:
        require_amount(self.amount, "a withholding")
        require_type(self.certificate, str, "the certificate of a withholding")


@unique
class WriteOffReason(Worded):
    """Why a debt is not counted any more: it cannot be collected, or it is too small to chase."""

    BAD_DEBT = "bad debt"
    SMALL_DIFFERENCE = "small difference"


@attrs.frozen
class WrittenOff(Fact):
    """The seller stops counting on this money; the client still owes it.

    Contract value and tax are unchanged: to bill less, credit.

    Args:
        amount: above zero, at most what is outstanding.
        reason: a bad debt, or a small difference.

    Raises:
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> WrittenOff(Money.of(100, "EUR"), on=date(2026, 5, 20)).reason.value
        'bad debt'

    Source: convention of this library.
    """

    amount: Money
    reason: WriteOffReason = WriteOffReason.BAD_DEBT

    def _check(self) -> None:
        require_amount(self.amount, "a write-off")
        require_type(self.reason, WriteOffReason, "the reason of a write-off")


@attrs.frozen
class Recovered(Fact):
    """Money came in after all for what was written off; it counts as paid, and the loss is less.

    Args:
        amount: above zero, at most what is written off and not recovered.
        reference: of the bank line, say.

    Raises:
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Recovered(Money.of(30, "EUR"), on=date(2026, 9, 1)).amount)
        'EUR 30.00'

    Source: convention of this library.
    """

    amount: Money
    reference: str | None = None

    def _check(self) -> None:
        require_amount(self.amount, "a recovery")
        require_type(self.reference, (str, type(None)), "the reference of a recovery")


@attrs.frozen
class RetainageReleased(Fact):
    """So much of what is held on this invoice is due now: on a day, like an instalment.

    Args:
        amount: above zero, at most what is held, and neither released nor settled by then. As
            much falls due.
        due_on: the day by which it is to be paid, this fact's own date or later.

    Raises:
        NumberRangeError: the amount is not above zero, or *due_on* comes before this fact.
        WrongTypeError: the amount is no money.
        DateTypeError: a date is not a plain date.

    Example:
        >>> released = RetainageReleased(
        ...     Money.of(100, "EUR"), date(2026, 6, 30), on=date(2026, 6, 10)
        ... )
        >>> str(released.due_on)
        '2026-06-30'

    Source: convention of this library.
    """

    amount: Money
    due_on: date

    def _check(self) -> None:
        require_amount(self.amount, "a release")
        require_date(self.due_on, "due_on")
        if self.due_on < self.on:
            raise NumberRangeError(
                "retainage is due before it is released",
                expected=f"{self.on} or later",
                got=self.due_on,
            )


@attrs.frozen
class DueDateExtended(Fact):
    """The client got more time, from this fact's own date on; days late before it stand.

    Args:
        until: the new due date.
        reason: why, for people.
        installment: which one, counting from 1 in definition order; None extends every
            instalment that was first agreed to be due before *until*.

    The last extension that reaches an instalment counts, also where it gives less time than one
    before it.

    Raises:
        DateTypeError: a date is not a plain date.
        BlankTextError: *reason* is blank.
        NumberTypeError, NumberRangeError: *installment* is no int of at least one.

    Example:
        >>> extended = DueDateExtended(date(2026, 6, 30), "asked", on=date(2026, 5, 20))
        >>> str(extended.until)
        '2026-06-30'

    Source: convention of this library.
    """

    until: date
    reason: str
    installment: int | None = None

    def _check(self) -> None:
        require_date(self.until, "until")
        require_text(self.reason, "reason")
        if self.installment is not None:
            require_int(self.installment, "installment", at_least=1)


@attrs.frozen
class Voided(Fact):
    """The invoice claims nothing any more, from this fact's date on, that day included.

    An invoice that was sent and has money on it cannot be voided; after a void only money moves.

    Raises:
        BlankTextError: *reason* is blank.
        DateTypeError: a date is not a plain date.

    Example:
        >>> Voided("wrong client", on=date(2026, 5, 20)).reason
        'wrong client'

    Source: convention of this library.
    """

    reason: str

    def _check(self) -> None:
        require_text(self.reason, "reason")


InvoiceFact: TypeAlias = (
    Sent
    | Payment
    | Refunded
    | Credited
    | Applied
    | Withheld
    | WrittenOff
    | Recovered
    | RetainageReleased
    | DueDateExtended
    | EventOccurred
    | CollectionFact
    | Voided
    | Reversed
)
INVOICE_FACTS: Final = (
    Sent,
    Payment,
    Refunded,
    Credited,
    Applied,
    Withheld,
    WrittenOff,
    Recovered,
    RetainageReleased,
    DueDateExtended,
    EventOccurred,
    *COLLECTION_FACTS,
    Voided,
    Reversed,
)

MoneyFact: TypeAlias = (
    Payment | Refunded | Credited | Applied | Withheld | WrittenOff | Recovered | RetainageReleased
)
MONEY_FACTS: Final = (
    Payment,
    Refunded,
    Credited,
    Applied,
    Withheld,
    WrittenOff,
    Recovered,
    RetainageReleased,
)


def minor_sum(facts: Iterable[Fact], *kinds: type[MoneyFact]) -> int:
    """Return the sum of the amounts of those of *facts* that are of *kinds*, in minor units."""
    return sum(
        fact.amount.minor
        for fact in facts
        if isinstance(fact, MONEY_FACTS) and isinstance(fact, kinds)
    )
