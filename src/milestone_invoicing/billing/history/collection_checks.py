"""Whether what is said about owed money can be so; it knows no order of money and documents."""

from milestone_invoicing.billing.history.balance import Balance
from milestone_invoicing.billing.history.collection_facts import (
    CollectionFact,
    Disputed,
    DisputeResolved,
    HandedOver,
    LateCharged,
    PlanAgreed,
    Promised,
)
from milestone_invoicing.billing.history.refusing import impossible, require_currency
from milestone_invoicing.errors import Words
from milestone_invoicing.money import Money


def check_collection(fact: CollectionFact, known: Balance) -> None:
    """Refuse a fact that what was known on its own day excludes.

    Of later days nothing is asked: what was disputed, promised or planned then was so, whatever
    is recorded about money since.

    Args:
        fact: the fact.
        known: what the facts leave that stand on the day of *fact*, as recorded before it.

    Raises:
        ImpossibleFactError: nothing is outstanding, or less; nothing is disputed; a plan is not
            about what is open.
        CurrencyMismatchError: an amount in another currency.
    """
    match fact:
        case Disputed():
            _require_within(fact, known, known.disputable, "outstanding and not disputed")
        case DisputeResolved():
            _check_resolution(fact, known)
        case Promised():
            _check_promise(fact, known)
        case PlanAgreed():
            _check_plan(fact, known)
        case HandedOver():
            _check_handing_over(fact, known)
        case LateCharged():
            require_currency(fact.amount, known.claim.currency, "a late charge")
        case _:
            pass


def _require_within(
    fact: Disputed | Promised, known: Balance, room: int, words: str, hint: str = ""
) -> None:
    """Refuse more than there is; None is all, and needs something to be there."""
    amount, currency = fact.amount, known.claim.currency
    if amount is not None:
        name = "a dispute" if isinstance(fact, Disputed) else "a promise"
        require_currency(amount, currency, name)
    most = Money(room, currency)
    if not room or (amount is not None and amount > most):
        got = Words("all of nothing") if amount is None else amount
        raise impossible(fact, f"at most {most}, which is {words}", got, hint)


def _check_resolution(fact: DisputeResolved, known: Balance) -> None:
    if not known.disputes:
        raise impossible(
            fact,
            "a dispute that stands",
            Words("none"),
            hint="record Disputed(reason, on=...) first",
        )


def _check_promise(fact: Promised, known: Balance) -> None:
    """An amount may be of all that is outstanding; without one it is all that is open."""
    room = known.outstanding
    if fact.amount is None and room and not known.open:
        _require_within(fact, known, 0, "open", "state the amount of what is held")
    _require_within(fact, known, room, "outstanding")


def _check_plan(fact: PlanAgreed, known: Balance) -> None:
    """A plan is of what is open: what is held has no date before its release."""
    currency = known.claim.currency
    require_currency(fact.total, currency, "a plan")
    if fact.total.minor != known.open:
        left = Money(known.open, currency)
        raise impossible(fact, f"{left} in all, which is open", fact.total)


def _check_handing_over(fact: HandedOver, known: Balance) -> None:
    if fact.cost is not None:
        require_currency(fact.cost, known.claim.currency, "the cost of handing over")
    if not known.outstanding:
        raise impossible(fact, "something outstanding", Money.zero(known.claim.currency))
