"""Whether facts can have happened to an invoice, one by one as they were recorded."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from milestone_invoicing.billing.history.balance import Balance
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.collection_checks import check_collection
from milestone_invoicing.billing.history.collection_facts import COLLECTION_FACTS
from milestone_invoicing.billing.history.invoice_facts import (
    MONEY_FACTS,
    Applied,
    Credited,
    DueDateExtended,
    InvoiceFact,
    MoneyFact,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Sent,
    Voided,
    Withheld,
    WrittenOff,
    minor_sum,
)
from milestone_invoicing.billing.history.records import Records, recorded_days
from milestone_invoicing.billing.history.refusing import impossible, require_currency
from milestone_invoicing.contract import DueAmount, EventOccurred
from milestone_invoicing.errors import Words
from milestone_invoicing.facts import Fact, Reversed, of_kind, standing
from milestone_invoicing.money import Money

_MAY_PRECEDE: Final = (Payment, Refunded, EventOccurred, DueDateExtended, Reversed)
_MAY_FOLLOW_VOID: Final = (Payment, Refunded, Reversed)
_SETTLING: Final = (Credited, Applied, Withheld, WrittenOff)


def check_invoice_facts(facts: Sequence[InvoiceFact], claim: Claim) -> None:
    """Refuse facts that cannot have happened to an invoice that makes *claim*.

    Money that settles without cash, or goes back, may not exceed what is there for it: on its own
    day, nor on any later day of which there are records. A payment is never refused: what nothing
    takes is left over.

    Args:
        facts: in the order they were recorded.
        claim: of the invoice.

    Raises:
        ImpossibleFactError: a fact that the issue date, the instalments or earlier records
            exclude.
        NothingToReverseError: a reversal finds no equal earlier fact.
        CurrencyMismatchError: an amount in another currency.
    """
    check_new_facts((), facts, claim)


def check_new_facts(
    before: Sequence[InvoiceFact], new: Sequence[InvoiceFact], claim: Claim
) -> None:
    """Refuse *new* facts that cannot follow those *before*, of which all are checked already.

    Args:
        before: in the order they were recorded; not checked again.
        new: in the order they are recorded.
        claim: of the invoice.

    Raises:
        ImpossibleFactError, NothingToReverseError, CurrencyMismatchError: as
            ``check_invoice_facts``.
    """
    records = Records.of(claim, before)
    for fact in new:
        _check_order(records, fact)
        if isinstance(fact, MONEY_FACTS):
            _check_money(records, fact)
        else:
            _check_other(records, fact)
        records.add(fact)


def _check_order(records: Records, fact: InvoiceFact) -> None:
    """Nothing but money and dates comes before the issue, nor after a void but money."""
    issued_on = records.claim.issued_on
    if not isinstance(fact, _MAY_PRECEDE) and fact.on < issued_on:
        raise impossible(fact, f"a day from the issue date {issued_on} on", fact.on)
    if records.void and not isinstance(fact, _MAY_FOLLOW_VOID):
        raise impossible(fact, "a payment, a refund or a reversal after a void", records.void)


def _check_money(records: Records, fact: MoneyFact) -> None:
    require_currency(fact.amount, records.claim.currency, "a payment")
    if isinstance(fact, RetainageReleased):
        most = _releasable(records, fact.on)
        if fact.amount > most:
            raise impossible(fact, f"at most {most}, which is held", fact.amount)
    elif not isinstance(fact, Payment):
        _check_room(records, fact)


def _check_other(records: Records, fact: InvoiceFact) -> None:
    match fact:
        case DueDateExtended():
            _check_extension(fact, records.balance_on(fact.on))
        case _ if isinstance(fact, COLLECTION_FACTS):
            check_collection(fact, records.balance_on(fact.on))
        case EventOccurred():
            _check_event(records, fact)
        case Voided():
            _check_void(records.facts, fact)
        case Reversed():
            _check_reversal(records, fact)
        case _:
            pass


def _check_extension(fact: DueDateExtended, known: Balance) -> None:
    """An extension has to give some instalment more time than was first agreed."""
    chosen = _extended(fact, known)
    earliest = min((part.due_on for part in chosen if part.due_on), default=None)
    if earliest is None:
        awaited = "its release" if chosen[0].held else chosen[0].after or "the one before it"
        raise impossible(
            fact, "an instalment that has a due date", Words(f"one that waits for {awaited}")
        )
    if fact.until <= earliest:
        raise impossible(fact, f"a day after the agreed due date {earliest}", fact.until)


def _extended(fact: DueDateExtended, known: Balance) -> Sequence[DueAmount]:
    """Return the instalments that an extension is about; those of a plan only all together."""
    installments, number = known.account.parts, fact.installment
    plan, covered = known.plan or (None, 0)
    if number is None:
        return (*plan.installments, *installments[covered:]) if plan else installments
    if plan and not covered < number <= len(installments):
        raise impossible(
            fact,
            "an extension of the plan as a whole",
            number,
            hint="leave installment out, or record another PlanAgreed(installments, on=...)",
        )
    if number > len(installments):
        raise impossible(fact, f"an installment from 1 to {len(installments)}", number)
    return installments[number - 1 : number]


def _check_event(records: Records, fact: EventOccurred) -> None:
    """An event is one that an instalment waits for, happens once, and leads to dates."""
    awaited = records.claim.terms.events
    if fact.event not in awaited:
        named = " or ".join(map(repr, awaited)) or "none at all"
        raise impossible(fact, f"an event that an instalment waits for, {named}", fact.event)
    *_, (_, last) = records.balances_from(fact.on)
    if fact.event in last.events:
        raise impossible(fact, "an event that has not happened yet", fact.event)
    records.claim.parts([fact])


def _check_void(before: Sequence[InvoiceFact], fact: Voided) -> None:
    """A void comes after all but money, and not when the invoice is sent and has money on it."""
    last = max(
        (other.on for other in before if not isinstance(other, _MAY_FOLLOW_VOID)), default=fact.on
    )
    if fact.on < last:
        raise impossible(fact, f"a day from {last} on, of which there are records", fact.on)
    # On no day from the void on, as far as recorded: a date does not make money unreceived, and
    # what is accepted here has to be accepted in a replay of any later day.
    for day in recorded_days(before, fact.on):
        stands = standing(before, day)
        sent, payments = of_kind(stands, Sent), of_kind(stands, Payment)
        if sent and payments:
            raise impossible(fact, "an invoice that is unsent or unpaid", payments[0])
        settled = [other for other in stands if isinstance(other, _SETTLING)]
        if settled:
            raise impossible(fact, "an invoice of which nothing is settled", settled[0])
        back = of_kind(stands, Refunded)
        if minor_sum(back, Refunded) > minor_sum(stands, Payment):
            raise impossible(fact, "an invoice of which no more went back than came", back[-1])


def releasable(claim: Claim, facts: Sequence[InvoiceFact], day: date) -> Money:
    """Return the most that may be released on a day.

    What is settled by then is not held any more. Of later days only releases on record count: what
    comes in after it is released settles that.
    """
    return _releasable(Records.of(claim, facts), day)


def _releasable(records: Records, day: date) -> Money:
    claim = records.claim
    retained = records.balance_on(day).account.retained
    released = max(balance.released for _, balance in records.balances_from(day))
    return Money(max(min(retained, claim.held.minor - released), 0), claim.currency)


def _check_room(records: Records, fact: MoneyFact) -> None:
    """What is credited, written off or given back is there for it, now and on later days."""
    if isinstance(fact, Refunded) and fact.on < records.claim.issued_on:
        _check_early_refund(records, fact)
        return
    target = fact.invoice if isinstance(fact, Applied) else None
    room = _room(records, type(fact), fact.on, target)
    if fact.amount > room:
        raise impossible(
            fact, f"at most {room}, which is {_WHAT_IS_THERE[type(fact)]}", fact.amount
        )


def _check_early_refund(records: Records, fact: Refunded) -> None:
    """What went back before the issue takes from what came before it, and from nothing else."""
    claim = records.claim
    for day, balance in Records.of(claim, (*records.facts, fact)).balances_from(fact.on):
        left = Money(balance.left_over(day), claim.currency)
        if left.minor < 0:
            room = max(fact.amount + left, left - left)
            raise impossible(fact, f"at most {room}, which is left over on {day}", fact.amount)


def room_for(
    kind: type[MoneyFact],
    claim: Claim,
    facts: Sequence[InvoiceFact],
    day: date,
    target: str | None = None,
) -> Money:
    """Return the most that a fact of *kind* may move: on a day, and on each later one on record.

    Args:
        kind: of the fact.
        claim: of the invoice or credit note that it is recorded on.
        facts: so far.
        day: of the fact.
        target: of what is applied, the invoice that it is set against.
    """
    return _room(Records.of(claim, facts), kind, day, target)


def _room(records: Records, kind: type[MoneyFact], day: date, target: str | None) -> Money:
    rooms = (balance.room(kind, on, target) for on, balance in records.balances_from(day))
    return Money(min(rooms), records.claim.currency)


_WHAT_IS_THERE: Final[dict[type[Fact], str]] = {
    Credited: "outstanding",
    Withheld: "outstanding",
    WrittenOff: "outstanding",
    Recovered: "written off",
    Applied: "left of the credit note",
    Refunded: "left over",
}


def _check_reversal(records: Records, fact: Reversed) -> None:
    """A void stands; what went back or was recovered must still have come from somewhere."""
    if isinstance(fact.fact, Voided):
        raise impossible(fact, "a fact other than a void", fact.fact)
    told = (*records.facts, fact)
    for day, balance in Records.of(records.claim, told).balances_from(fact.on):
        if balance.left_over(day) < 0:
            back = [each for each in standing(told, day) if isinstance(each, (Refunded, Applied))]
            raise impossible(fact, "money that did not go back to the client since", back[-1])
