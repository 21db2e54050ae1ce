"""Whether facts can have happened to an invoice, one by one as they were recorded."""

from collections.abc import Sequence
from datetime import date

from milestone_invoicing.billing.invoice_facts import (
    DueDateExtended,
    InvoiceFact,
    Payment,
    Sent,
    Voided,
)
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.errors import CurrencyMismatchError, ImpossibleFactError
from milestone_invoicing.facts import Reversed, of_kind, standing
from milestone_invoicing.money import Currency


def check_invoice_facts(
    facts: Sequence[InvoiceFact],
    issued_on: date,
    installments: Sequence[DueAmount],
    currency: Currency,
) -> None:
    """Refuse facts that cannot have happened to an invoice issued on *issued_on*.

    Raises:
        ImpossibleFactError: a fact that the issue date, the instalments or earlier records
            exclude.
        NothingToReverseError: a reversal finds no equal earlier fact.
        CurrencyMismatchError: a payment in another currency.
    """
    for index, fact in enumerate(facts):
        before = facts[:index]
        _check_after_void(before, fact)
        match fact:
            case Sent() | Voided() if fact.on < issued_on:
                raise _impossible(fact, f"a day from the issue date {issued_on} on", fact.on)
            case Payment():
                _check_currency(fact, currency)
            case DueDateExtended():
                _check_extension(fact, installments)
            case Voided():
                _check_void(before, fact)
            case Reversed():
                _check_reversal(fact)
            case _:
                pass
    standing(facts, date.max)


def _check_after_void(before: Sequence[InvoiceFact], fact: InvoiceFact) -> None:
    """After a void only money may come in, or a record be taken back."""
    voids = of_kind(before, Voided)
    if voids and not _may_follow_void(fact):
        raise _impossible(fact, "a payment or a reversal after a void", voids[0])


def _check_currency(fact: Payment, currency: Currency) -> None:
    if fact.amount.currency != currency:
        raise CurrencyMismatchError(
            "a payment is in another currency than its invoice",
            expected=currency.code,
            got=fact.amount,
            hint="convert it to the currency of the invoice first",
            left=currency.code,
            right=fact.amount.currency.code,
        )


def _check_extension(fact: DueDateExtended, installments: Sequence[DueAmount]) -> None:
    """An extension has to give some instalment more time than was first agreed."""
    number = fact.installment
    if number is not None and number > len(installments):
        raise _impossible(fact, f"an installment from 1 to {len(installments)}", number)
    chosen = installments if number is None else installments[number - 1 : number]
    earliest = min(part.due_on for part in chosen)
    if fact.until <= earliest:
        raise _impossible(fact, f"a day after the agreed due date {earliest}", fact.until)


def _check_void(before: Sequence[InvoiceFact], fact: Voided) -> None:
    """A void comes after all but money, and not when the invoice is sent and has money on it."""
    last = max((other.on for other in before if not _may_follow_void(other)), default=fact.on)
    if fact.on < last:
        raise _impossible(fact, f"a day from {last} on, of which there are records", fact.on)
    # On no day from the void on, as far as recorded: a date does not make money unreceived, and
    # what is accepted here has to be accepted in a replay of any later day.
    for day in sorted({fact.on, *(other.on for other in before if other.on > fact.on)}):
        stands = standing(before, day)
        sent, payments = of_kind(stands, Sent), of_kind(stands, Payment)
        if sent and payments:
            raise _impossible(fact, "an invoice that is unsent or unpaid", payments[0])


def _may_follow_void(fact: InvoiceFact) -> bool:
    return isinstance(fact, (Payment, Reversed))


def _check_reversal(fact: Reversed) -> None:
    if isinstance(fact.fact, Voided):
        raise _impossible(fact, "a fact other than a void", fact.fact)


def _impossible(fact: InvoiceFact, expected: str, got: object) -> ImpossibleFactError:
    return ImpossibleFactError(
        f"{type(fact).__name__} on {fact.on} is impossible",
        expected=expected,
        got=got,
        refused=fact,
    )
