"""Whether what is said about owed money can be so; it knows no order of money and documents."""

from collections.abc import Sequence

from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.collection_facts import (
    CollectionFact,
    Disputed,
    DisputeResolved,
    HandedOver,
    LateCharged,
    PlanAgreed,
    Promised,
    disputed_of,
    standing_disputes,
)
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.billing.history.refusing import impossible, require_currency
from milestone_invoicing.errors import Words
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money


def check_collection(fact: CollectionFact, claim: Claim, known: Sequence[Fact]) -> None:
    """Refuse a fact that what was known on its own day excludes.

    Of later days nothing is asked: what was disputed, promised or planned then was so, whatever
    is recorded about money since.

    Args:
        fact: the fact.
        claim: of the invoice.
        known: the facts that stand on the day of *fact*, as recorded before it.

    Raises:
        ImpossibleFactError: nothing is outstanding, or less; nothing is disputed; a plan is not
            about what is open.
        CurrencyMismatchError: an amount in another currency.
    """
    match fact:
        case Disputed():
            _check_dispute(fact, claim, known)
        case DisputeResolved():
            _check_resolution(fact, known)
        case Promised():
            _check_promise(fact, claim, known)
        case PlanAgreed():
            _check_plan(fact, claim, known)
        case HandedOver():
            _check_handing_over(fact, claim, known)
        case LateCharged():
            require_currency(fact.amount, claim.currency, "a late charge")
        case _:
            pass


def _outstanding(claim: Claim, known: Sequence[Fact]) -> int:
    return sum(fill(claim, known).left) if claim.payable.minor > 0 else 0


def _require_within(
    fact: Disputed | Promised, claim: Claim, room: int, words: str, hint: str = ""
) -> None:
    """Refuse more than there is; None is all, and needs something to be there."""
    amount = fact.amount
    if amount is not None:
        name = "a dispute" if isinstance(fact, Disputed) else "a promise"
        require_currency(amount, claim.currency, name)
    most = Money(room, claim.currency)
    if not room or (amount is not None and amount > most):
        got = Words("all of nothing") if amount is None else amount
        raise impossible(fact, f"at most {most}, which is {words}", got, hint)


def _check_dispute(fact: Disputed, claim: Claim, known: Sequence[Fact]) -> None:
    outstanding = _outstanding(claim, known)
    room = outstanding - disputed_of(outstanding, known)
    _require_within(fact, claim, room, "outstanding and not disputed")


def _check_promise(fact: Promised, claim: Claim, known: Sequence[Fact]) -> None:
    """An amount may be of all that is outstanding; without one it is all that is open."""
    room = _outstanding(claim, known)
    if fact.amount is None and room and not fill(claim, known).open:
        _require_within(fact, claim, 0, "open", "state the amount of what is held")
    _require_within(fact, claim, room, "outstanding")


def _check_resolution(fact: DisputeResolved, known: Sequence[Fact]) -> None:
    if not standing_disputes(known):
        raise impossible(
            fact,
            "a dispute that stands",
            Words("none"),
            hint="record Disputed(reason, on=...) first",
        )


def _check_plan(fact: PlanAgreed, claim: Claim, known: Sequence[Fact]) -> None:
    """A plan is of what is open: what is held has no date before its release."""
    require_currency(fact.total, claim.currency, "a plan")
    minor = fill(claim, known).open if claim.payable.minor > 0 else 0
    if fact.total.minor != minor:
        left = Money(minor, claim.currency)
        raise impossible(fact, f"{left} in all, which is open", fact.total)


def _check_handing_over(fact: HandedOver, claim: Claim, known: Sequence[Fact]) -> None:
    if fact.cost is not None:
        require_currency(fact.cost, claim.currency, "the cost of handing over")
    if not _outstanding(claim, known):
        raise impossible(fact, "something outstanding", Money.zero(claim.currency))
