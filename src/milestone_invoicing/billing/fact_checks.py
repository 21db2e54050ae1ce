"""Whether facts can have happened to an invoice, one by one as they were recorded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from milestone_invoicing.billing.invoice_facts import (
    DueDateExtended,
    EventOccurred,
    InvoiceFact,
    Payment,
    Sent,
    Voided,
)
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.errors import CurrencyMismatchError, ImpossibleFactError, Words
from milestone_invoicing.facts import Fact, Reversed, of_kind, standing
from milestone_invoicing.money import Currency

Agreed: TypeAlias = Callable[[Mapping[str, date]], Sequence[DueAmount]]


def events_among(facts: Iterable[Fact]) -> dict[str, date]:
    """Return the dates of the events among *facts* that stand."""
    return {fact.event: fact.on for fact in facts if isinstance(fact, EventOccurred)}


def check_invoice_facts(
    facts: Sequence[InvoiceFact], issued_on: date, agreed: Agreed, currency: Currency
) -> None:
    """Refuse facts that cannot have happened to an invoice issued on *issued_on*.

    Args:
        facts: in the order they were recorded.
        issued_on: the issue date of the invoice.
        agreed: from the dates of events to the instalments.
        currency: of the invoice.

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
                _check_extension(fact, agreed(events_among(standing(before, fact.on))))
            case EventOccurred():
                _check_event(before, fact, agreed)
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
    earliest = min((part.due_on for part in chosen if part.due_on), default=None)
    if earliest is None:
        waits = Words(f"one that waits for {chosen[0].after or 'the one before it'}")
        raise _impossible(fact, "an instalment that has a due date", waits)
    if fact.until <= earliest:
        raise _impossible(fact, f"a day after the agreed due date {earliest}", fact.until)


def _check_event(before: Sequence[InvoiceFact], fact: EventOccurred, agreed: Agreed) -> None:
    """An event is one that an instalment waits for, happens once, and leads to dates."""
    known = events_among(standing(before, date.max))
    awaited = [part.after for part in agreed({}) if part.after is not None]
    if fact.event not in awaited:
        named = " or ".join(map(repr, dict.fromkeys(awaited))) or "none at all"
        raise _impossible(fact, f"an event that an instalment waits for, {named}", fact.event)
    if fact.event in known:
        raise _impossible(fact, "an event that has not happened yet", fact.event)
    agreed({fact.event: fact.on})


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
