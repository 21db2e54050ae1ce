"""What can happen to an invoice, as dated facts; it knows no invoice and no order of events."""

from datetime import date
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_int, require_text, require_type
from milestone_invoicing.errors import NumberRangeError
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

    Args:
        amount: above zero, in the currency of the invoice.
        method: how, in words.
        reference: of the bank line, say.

    Raises:
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Payment(Money.of(400, "EUR"), "bank", on=date(2026, 5, 9)).amount)
        'EUR 400.00'

    Source: convention of this library.
    """

    amount: Money
    method: str | None = None
    reference: str | None = None

    def _check(self) -> None:
        require_type(self.amount, Money, "the amount of a payment")
        require_type(self.method, (str, type(None)), "the method of a payment")
        require_type(self.reference, (str, type(None)), "the reference of a payment")
        if self.amount.minor <= 0:
            raise NumberRangeError(
                "a payment is not above zero",
                expected="an amount above zero",
                got=self.amount,
                hint="take a payment back with Reversed(payment, reason, on=...)"
                if self.amount.minor
                else "",
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
class EventOccurred(Fact):
    """The event happened that an instalment waits for: it counts from this fact's date.

    Args:
        event: its name, as the instalment has it in ``after``.

    Raises:
        BlankTextError: *event* is blank.
        DateTypeError: a date is not a plain date.

    Example:
        >>> EventOccurred("letter of credit", on=date(2026, 5, 20)).event
        'letter of credit'

    Source: convention of this library.
    """

    event: str

    def _check(self) -> None:
        require_text(self.event, "the event")


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


InvoiceFact: TypeAlias = Sent | Payment | DueDateExtended | EventOccurred | Voided | Reversed
INVOICE_FACTS: Final = (Sent, Payment, DueDateExtended, EventOccurred, Voided, Reversed)
