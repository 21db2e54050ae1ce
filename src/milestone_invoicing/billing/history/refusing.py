"""How a fact is refused that cannot have happened to an invoice; it decides nothing."""

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
