"""How facts are refused that cannot have happened to an invoice, and nearly all on a draft."""

from collections.abc import Collection, Sequence

from milestone_invoicing.contract.events import CONTRACT_FACTS, check_events, event_of
from milestone_invoicing.errors import CurrencyMismatchError, ImpossibleFactError
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Currency, Money


def impossible(fact: Fact, expected: str, got: object, hint: str = "") -> ImpossibleFactError:
    """Return the error that says what would have been possible."""
    return ImpossibleFactError(
        f"{type(fact).__name__} on {fact.on} is impossible",
        expected=expected,
        got=got,
        hint=hint,
        refused=fact,
    )


def require_currency(amount: Money, currency: Currency, name: str) -> None:
    """Refuse an amount in another currency than that of the invoice."""
    if amount.currency != currency:
        raise CurrencyMismatchError(
            f"{name} is in another currency than its invoice",
            expected=currency.code,
            got=amount,
            hint="convert it to the currency of the invoice first",
            left=currency.code,
            right=amount.currency.code,
        )


def check_draft_facts(facts: Sequence[Fact], awaited: Collection[str]) -> None:
    """Refuse facts on a draft, other than the events of its contract that its terms wait for.

    Raises:
        ImpossibleFactError: another fact, or an event that nothing waits for.
        NothingToReverseError: a reversal finds no equal earlier event.
    """
    for fact in facts:
        if event_of(fact) is None:
            raise ImpossibleFactError(
                "a draft has no facts",
                expected="an issued invoice",
                got=fact,
                hint="call issue(draft, number=..., on=...) first",
                refused=fact,
            )
    check_events([fact for fact in facts if isinstance(fact, CONTRACT_FACTS)], awaited)
