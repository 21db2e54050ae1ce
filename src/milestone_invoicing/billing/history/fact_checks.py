"""Whether facts can have happened to an invoice, one by one as they were recorded."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.collection_checks import check_collection
from milestone_invoicing.billing.history.collection_facts import COLLECTION_FACTS
from milestone_invoicing.billing.history.filling import (
    Filling,
    fill,
    lapsing,
    left_by_day,
    left_over,
)
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
    WriteOffReason,
    WrittenOff,
    minor_sum,
)
from milestone_invoicing.billing.history.planning import covered_by, plan_in_force
from milestone_invoicing.billing.history.refusing import impossible, require_currency
from milestone_invoicing.contract import DueAmount, EventOccurred
from milestone_invoicing.contract.events import events_among
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
    known = (*before, *new)
    for index in range(len(before), len(known)):
        earlier, fact = known[:index], known[index]
        _check_order(earlier, fact, claim.issued_on)
        if isinstance(fact, MONEY_FACTS):
            _check_money(earlier, fact, claim)
        else:
            _check_other(earlier, fact, claim)


def _check_money(before: Sequence[InvoiceFact], fact: MoneyFact, claim: Claim) -> None:
    require_currency(fact.amount, claim.currency, "a payment")
    if isinstance(fact, RetainageReleased):
        _check_release(before, fact, claim)
    elif not isinstance(fact, Payment):
        _check_room(before, fact, claim)


def _check_other(before: Sequence[InvoiceFact], fact: InvoiceFact, claim: Claim) -> None:
    match fact:
        case DueDateExtended():
            _check_extension(fact, claim, standing(before, fact.on))
        case _ if isinstance(fact, COLLECTION_FACTS):
            check_collection(fact, claim, standing(before, fact.on))
        case EventOccurred():
            _check_event(before, fact, claim)
        case Voided():
            _check_void(before, fact)
        case Reversed():
            _check_reversal(before, fact, claim)
        case _:
            pass


def _check_order(before: Sequence[InvoiceFact], fact: InvoiceFact, issued_on: date) -> None:
    """Nothing but money and dates comes before the issue, nor after a void but money."""
    if not isinstance(fact, _MAY_PRECEDE) and fact.on < issued_on:
        raise impossible(fact, f"a day from the issue date {issued_on} on", fact.on)
    voids = of_kind(before, Voided)
    if voids and not isinstance(fact, _MAY_FOLLOW_VOID):
        raise impossible(fact, "a payment, a refund or a reversal after a void", voids[0])


def _check_extension(fact: DueDateExtended, claim: Claim, known: Sequence[Fact]) -> None:
    """An extension has to give some instalment more time than was first agreed."""
    chosen = _extended(fact, claim, known)
    earliest = min((part.due_on for part in chosen if part.due_on), default=None)
    if earliest is None:
        awaited = "its release" if chosen[0].held else chosen[0].after or "the one before it"
        raise impossible(
            fact, "an instalment that has a due date", Words(f"one that waits for {awaited}")
        )
    if fact.until <= earliest:
        raise impossible(fact, f"a day after the agreed due date {earliest}", fact.until)


def _extended(fact: DueDateExtended, claim: Claim, known: Sequence[Fact]) -> Sequence[DueAmount]:
    """Return the instalments that an extension is about; those of a plan only all together."""
    installments, number = claim.parts(known), fact.installment
    found = plan_in_force(known)
    covered = len(covered_by(claim, found[1])) if found else 0
    if number is None:
        return (*found[0].installments, *installments[covered:]) if found else installments
    if found and not covered < number <= len(installments):
        raise impossible(
            fact,
            "an extension of the plan as a whole",
            number,
            hint="leave installment out, or record another PlanAgreed(installments, on=...)",
        )
    if number > len(installments):
        raise impossible(fact, f"an installment from 1 to {len(installments)}", number)
    return installments[number - 1 : number]


def _check_event(before: Sequence[InvoiceFact], fact: EventOccurred, claim: Claim) -> None:
    """An event is one that an instalment waits for, happens once, and leads to dates."""
    known = events_among(standing(before, date.max))
    awaited = claim.terms.events
    if fact.event not in awaited:
        named = " or ".join(map(repr, awaited)) or "none at all"
        raise impossible(fact, f"an event that an instalment waits for, {named}", fact.event)
    if fact.event in known:
        raise impossible(fact, "an event that has not happened yet", fact.event)
    claim.parts([fact])


def _check_void(before: Sequence[InvoiceFact], fact: Voided) -> None:
    """A void comes after all but money, and not when the invoice is sent and has money on it."""
    last = max(
        (other.on for other in before if not isinstance(other, _MAY_FOLLOW_VOID)), default=fact.on
    )
    if fact.on < last:
        raise impossible(fact, f"a day from {last} on, of which there are records", fact.on)
    # On no day from the void on, as far as recorded: a date does not make money unreceived, and
    # what is accepted here has to be accepted in a replay of any later day.
    for _, stands in days_from(before, fact.on):
        sent, payments = of_kind(stands, Sent), of_kind(stands, Payment)
        if sent and payments:
            raise impossible(fact, "an invoice that is unsent or unpaid", payments[0])
        settled = [other for other in stands if isinstance(other, _SETTLING)]
        if settled:
            raise impossible(fact, "an invoice of which nothing is settled", settled[0])
        back = of_kind(stands, Refunded)
        if minor_sum(back, Refunded) > minor_sum(stands, Payment):
            raise impossible(fact, "an invoice of which no more went back than came", back[-1])


def days_from(
    facts: Sequence[InvoiceFact], start: date, issued_on: date = date.min
) -> Iterator[tuple[date, tuple[Fact, ...]]]:
    """Yield the day *start* and each later day of which there are records, and what stands.

    The issue takes what came in before, so that its day counts like one of a record.
    """
    for day in sorted({start, *(d for d in (issued_on, *(f.on for f in facts)) if d > start)}):
        yield day, standing(facts, day)


def _check_release(before: Sequence[InvoiceFact], fact: RetainageReleased, claim: Claim) -> None:
    most = releasable(claim, before, fact.on)
    if fact.amount > most:
        raise impossible(fact, f"at most {most}, which is held", fact.amount)


def releasable(claim: Claim, facts: Sequence[InvoiceFact], day: date) -> Money:
    """Return the most that may be released on a day.

    What is settled by then is not held any more. Of later days only releases on record count: what
    comes in after it is released settles that.
    """
    released = max(minor_sum(stands, RetainageReleased) for _, stands in days_from(facts, day))
    retained = fill(claim, standing(facts, day)).retained
    return Money(max(min(retained, claim.held.minor - released), 0), claim.currency)


def _check_room(before: Sequence[InvoiceFact], fact: MoneyFact, claim: Claim) -> None:
    """What is credited, given up or given back is there for it, now and on later days."""
    if isinstance(fact, Refunded) and fact.on < claim.issued_on:
        _check_early_refund(before, fact, claim)
        return
    target = fact.invoice if isinstance(fact, Applied) else None
    room = room_for(type(fact), claim, before, fact.on, target)
    if fact.amount > room:
        raise impossible(
            fact, f"at most {room}, which is {_WHAT_IS_THERE[type(fact)]}", fact.amount
        )


def _check_early_refund(before: Sequence[InvoiceFact], fact: Refunded, claim: Claim) -> None:
    """What went back before the issue takes from what came before it, and from nothing else."""
    for day, stands in days_from((*before, fact), fact.on, claim.issued_on):
        left = Money(left_over(claim, stands, day), claim.currency)
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
    taken_back = any(isinstance(fact, (Reversed, Voided)) for fact in facts)
    plain = kind in _TAKES_OUTSTANDING and not (kind is Withheld and claim.withheld)
    if plain and claim.payable.minor >= 0 and not taken_back:
        rooms = _outstanding(claim, facts, day)
    else:
        rooms = (
            _room(kind, claim, stands, on, target)
            for on, stands in days_from(facts, day, claim.issued_on)
        )
    return Money(min(rooms), claim.currency)


def _outstanding(claim: Claim, facts: Sequence[InvoiceFact], day: date) -> Iterator[int]:
    """Yield what is outstanding on a day and on each later one, in one pass over the records."""
    known = standing(facts, date.max)
    now = claim.payable.minor
    for on, left in left_by_day(claim, known):
        if on <= day:
            now = left
        else:
            yield left
    yield now


_WHAT_IS_THERE: Final[dict[type[Fact], str]] = {
    Credited: "outstanding",
    Withheld: "outstanding",
    WrittenOff: "outstanding",
    Recovered: "written off",
    Applied: "left of the credit note",
    Refunded: "left over",
}


_TAKES_OUTSTANDING: Final = (Credited, Withheld, WrittenOff)


def _room(
    kind: type[MoneyFact], claim: Claim, stands: Sequence[Fact], day: date, target: str | None
) -> int:
    """Return the minor units that are there for a fact, by the facts that stand on a day."""
    is_credit = claim.payable.minor < 0
    if kind is Refunded or (kind is Applied and is_credit):
        own = kind is Applied and target in claim.credits and day >= claim.issued_on
        return max(left_over(claim, stands, day), 0) + (lapsing(claim, stands) if own else 0)
    if kind is Applied or is_credit:
        return 0
    if kind is Recovered:
        return max(bad_debt(stands), 0)
    filling = fill(claim, stands)
    left = sum(filling.left)
    return left + _certificate_for(claim, filling) if kind is Withheld else left


def _certificate_for(claim: Claim, filling: Filling) -> int:
    """Return what of a discount a certificate may still take the place of: it was withheld."""
    settled = sum(filling.credited), sum(filling.withheld)
    expected = to_certify(claim.withheld.minor, claim.payable.minor, *settled)
    return min(sum(filling.discounts), max(expected - sum(filling.left), 0))


def bad_debt(facts: Sequence[Fact]) -> int:
    """Return what is given up as a bad debt and not recovered, in minor units."""
    bad = [each for each in of_kind(facts, WrittenOff) if each.reason is WriteOffReason.BAD_DEBT]
    return minor_sum(bad, WrittenOff) - minor_sum(facts, Recovered)


def _check_reversal(before: Sequence[InvoiceFact], fact: Reversed, claim: Claim) -> None:
    """A void stands; what went back or was recovered must still have come from somewhere."""
    if isinstance(fact.fact, Voided):
        raise impossible(fact, "a fact other than a void", fact.fact)
    for day, stands in days_from((*before, fact), fact.on, claim.issued_on):
        if left_over(claim, stands, day) < 0:
            back = [other for other in stands if isinstance(other, (Refunded, Applied))]
            raise impossible(fact, "money that did not go back to the client since", back[-1])
