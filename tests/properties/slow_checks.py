"""What may be recorded, worked out slowly: each fact against all before it, on each later day anew.

The sentences of the refusals stand here once more, since people read them.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from milestone_invoicing import (
    Applied,
    Credited,
    Disputed,
    DisputeResolved,
    DueAmount,
    DueDateExtended,
    EventOccurred,
    HandedOver,
    InvoiceFact,
    Money,
    Payment,
    PlanAgreed,
    Promised,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
)
from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.collection_facts import disputed_of, standing_disputes
from milestone_invoicing.billing.history.invoice_facts import MONEY_FACTS, MoneyFact, minor_sum
from milestone_invoicing.billing.history.planning import covered_by, plan_in_force
from milestone_invoicing.billing.history.refusing import impossible
from milestone_invoicing.contract.events import events_among
from milestone_invoicing.errors import Words
from milestone_invoicing.facts import Fact, of_kind, standing
from tests.properties.slow_filling import SlowFilling

MAY_FOLLOW_VOID = (Payment, Refunded, Reversed)
MAY_PRECEDE = (*MAY_FOLLOW_VOID, EventOccurred, DueDateExtended)
THERE = {
    Credited: "outstanding",
    Withheld: "outstanding",
    WrittenOff: "outstanding",
    Recovered: "written off",
    Applied: "left of the credit note",
    Refunded: "left over",
}


def check_slowly(facts: Sequence[InvoiceFact], claim: Claim) -> None:
    """Refuse facts that cannot have happened, the first of them that cannot."""
    for place, fact in enumerate(facts):
        _check(facts[:place], fact, claim)


def days_slowly(
    facts: Sequence[Fact], start: date, claim: Claim
) -> Iterator[tuple[date, tuple[Fact, ...]]]:
    """Yield a day and each later one of a record or of the issue, and what then stands."""
    for day in sorted({start, claim.issued_on, *(fact.on for fact in facts)}):
        if day >= start:
            yield day, standing(facts, day)


def left_over_slowly(claim: Claim, facts: Sequence[Fact], day: date) -> int:
    """Return what is left over for the client on a day."""
    cash = minor_sum(facts, Payment) - minor_sum(facts, Refunded)
    if day < claim.issued_on or of_kind(facts, Voided):
        return cash
    if claim.payable.minor < 0:
        granted = cash - claim.payable.minor - minor_sum(facts, Applied)
        return granted - min(claim.lapsed.minor, max(granted, 0))
    return SlowFilling(claim, facts).excess


def room_slowly(
    kind: type[MoneyFact], claim: Claim, facts: Sequence[Fact], day: date, target: str | None
) -> int:
    """Return the most that a fact may move on a day, and on each later one."""
    days = days_slowly(facts, day, claim)
    return min(_room(kind, claim, stands, on, target) for on, stands in days)


def releasable_slowly(claim: Claim, facts: Sequence[Fact], day: date) -> int:
    """Return the most that may be released on a day."""
    days = days_slowly(facts, day, claim)
    released = max(minor_sum(stands, RetainageReleased) for _, stands in days)
    retained = SlowFilling(claim, standing(facts, day)).retained
    return max(min(retained, claim.held.minor - released), 0)


def _room(
    kind: type[MoneyFact], claim: Claim, facts: Sequence[Fact], day: date, target: str | None
) -> int:
    is_credit = claim.payable.minor < 0
    if kind is Refunded or (kind is Applied and is_credit):
        granted = minor_sum(facts, Payment) - claim.payable.minor
        granted -= minor_sum(facts, Refunded, Applied)
        own = kind is Applied and target in claim.credits and day >= claim.issued_on
        lapsing = min(claim.lapsed.minor, max(granted, 0)) if own else 0
        return max(left_over_slowly(claim, facts, day), 0) + lapsing
    if kind is Applied or is_credit:
        return 0
    if kind is Recovered:
        lost = of_kind(facts, WrittenOff)
        bad = [each for each in lost if each.reason is WriteOffReason.BAD_DEBT]
        return max(minor_sum(bad, WrittenOff) - minor_sum(facts, Recovered), 0)
    filling = SlowFilling(claim, facts)
    settled = filling.total("credited"), filling.total("withheld")
    left = to_certify(claim.withheld.minor, claim.payable.minor, *settled) - filling.outstanding
    certificate = min(filling.total("discounts"), max(left, 0)) if kind is Withheld else 0
    return filling.outstanding + certificate


def _check(before: Sequence[InvoiceFact], fact: InvoiceFact, claim: Claim) -> None:
    if not isinstance(fact, MAY_PRECEDE) and fact.on < claim.issued_on:
        raise impossible(fact, f"a day from the issue date {claim.issued_on} on", fact.on)
    voids = of_kind(before, Voided)
    if voids and not isinstance(fact, MAY_FOLLOW_VOID):
        raise impossible(fact, "a payment, a refund or a reversal after a void", voids[0])
    known = standing(before, fact.on)
    if isinstance(fact, MONEY_FACTS):
        _check_money(before, fact, claim)
    elif isinstance(fact, (DueDateExtended, EventOccurred)):
        _check_dates(before, fact, claim)
    elif isinstance(fact, (Disputed, Promised, PlanAgreed, HandedOver, DisputeResolved)):
        _check_collection(known, fact, claim)
    elif isinstance(fact, Voided):
        _check_void(before, fact, claim)
    elif isinstance(fact, Reversed):
        _check_reversal(before, fact, claim)


def _check_money(before: Sequence[InvoiceFact], fact: MoneyFact, claim: Claim) -> None:
    if isinstance(fact, Payment):
        return
    if isinstance(fact, RetainageReleased):
        most = Money(releasable_slowly(claim, before, fact.on), claim.currency)
        words = "held"
    elif isinstance(fact, Refunded) and fact.on < claim.issued_on:
        for day, stands in days_slowly((*before, fact), fact.on, claim):
            left = left_over_slowly(claim, stands, day)
            if left < 0:
                room = Money(max(fact.amount.minor + left, 0), claim.currency)
                raise impossible(fact, f"at most {room}, which is left over on {day}", fact.amount)
        return
    else:
        target = fact.invoice if isinstance(fact, Applied) else None
        minor = room_slowly(type(fact), claim, before, fact.on, target)
        most, words = Money(minor, claim.currency), THERE[type(fact)]
    if fact.amount > most:
        raise impossible(fact, f"at most {most}, which is {words}", fact.amount)


def _check_dates(
    before: Sequence[InvoiceFact], fact: DueDateExtended | EventOccurred, claim: Claim
) -> None:
    if isinstance(fact, EventOccurred):
        awaited = claim.terms.events
        named = " or ".join(map(repr, awaited)) or "none at all"
        if fact.event not in awaited:
            raise impossible(fact, f"an event that an instalment waits for, {named}", fact.event)
        if fact.event in events_among(standing(before, date.max)):
            raise impossible(fact, "an event that has not happened yet", fact.event)
        return
    chosen = _extended(standing(before, fact.on), fact, claim)
    days = [part.due_on for part in chosen if part.due_on]
    if not days:
        waits = "its release" if chosen[0].held else chosen[0].after or "the one before it"
        expected = "an instalment that has a due date"
        raise impossible(fact, expected, Words(f"one that waits for {waits}"))
    if fact.until <= min(days):
        raise impossible(fact, f"a day after the agreed due date {min(days)}", fact.until)


def _extended(known: Sequence[Fact], fact: DueDateExtended, claim: Claim) -> Sequence[DueAmount]:
    parts, number = claim.parts(known), fact.installment
    found = plan_in_force(known)
    covered = len(covered_by(claim, found[1])) if found else 0
    if number is None:
        return (*found[0].installments, *parts[covered:]) if found else parts
    if found and not covered < number <= len(parts):
        hint = "leave installment out, or record another PlanAgreed(installments, on=...)"
        raise impossible(fact, "an extension of the plan as a whole", number, hint)
    if number > len(parts):
        raise impossible(fact, f"an installment from 1 to {len(parts)}", number)
    return [parts[number - 1]]


def _check_collection(
    known: Sequence[Fact],
    fact: Disputed | Promised | PlanAgreed | HandedOver | DisputeResolved,
    claim: Claim,
) -> None:
    filling = SlowFilling(claim, known if claim.payable.minor > 0 else ())
    room = max(filling.outstanding, 0)
    open_ = max(filling.outstanding - filling.retained, 0)
    match fact:
        case DisputeResolved() if not standing_disputes(known):
            hint = "record Disputed(reason, on=...) first"
            raise impossible(fact, "a dispute that stands", Words("none"), hint)
        case PlanAgreed() if fact.total.minor != open_:
            left = Money(open_, claim.currency)
            raise impossible(fact, f"{left} in all, which is open", fact.total)
        case HandedOver() if not room:
            raise impossible(fact, "something outstanding", Money.zero(claim.currency))
        case Disputed():
            room -= disputed_of(room, known)
            _require_within(fact, Money(room, claim.currency), "outstanding and not disputed")
        case Promised():
            if fact.amount is None and room and not open_:
                hint = "state the amount of what is held"
                raise impossible(
                    fact,
                    f"at most {Money.zero(claim.currency)}, which is open",
                    Words("all of nothing"),
                    hint,
                )
            _require_within(fact, Money(room, claim.currency), "outstanding")


def _require_within(fact: Disputed | Promised, most: Money, words: str) -> None:
    if not most or (fact.amount and fact.amount > most):
        got = fact.amount or Words("all of nothing")
        raise impossible(fact, f"at most {most}, which is {words}", got)


def _check_void(before: Sequence[InvoiceFact], fact: Voided, claim: Claim) -> None:
    others = [each.on for each in before if not isinstance(each, MAY_FOLLOW_VOID)]
    last = max(others, default=fact.on)
    if fact.on < last:
        raise impossible(fact, f"a day from {last} on, of which there are records", fact.on)
    for _, stands in days_slowly(before, fact.on, claim):
        payments, back = of_kind(stands, Payment), of_kind(stands, Refunded)
        if of_kind(stands, Sent) and payments:
            raise impossible(fact, "an invoice that is unsent or unpaid", payments[0])
        settled = [e for e in stands if isinstance(e, (Credited, Applied, Withheld, WrittenOff))]
        if settled:
            raise impossible(fact, "an invoice of which nothing is settled", settled[0])
        if minor_sum(back, Refunded) > minor_sum(payments, Payment):
            raise impossible(fact, "an invoice of which no more went back than came", back[-1])


def _check_reversal(before: Sequence[InvoiceFact], fact: Reversed, claim: Claim) -> None:
    if isinstance(fact.fact, Voided):
        raise impossible(fact, "a fact other than a void", fact.fact)
    for day, stands in days_slowly((*before, fact), fact.on, claim):
        if left_over_slowly(claim, stands, day) < 0:
            back = [each for each in stands if isinstance(each, (Refunded, Applied))]
            raise impossible(fact, "money that did not go back to the client since", back[-1])
