"""What an amount that a fact carries must be: money above zero; it knows no kind of fact."""

from milestone_invoicing._checks import require_type
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.money import Money


def require_amount(amount: Money, name: str) -> None:
    """Refuse all but money above zero."""
    require_type(amount, Money, f"the amount of {name}")
    if amount.minor <= 0:
        raise NumberRangeError(
            f"{name} is not above zero",
            expected="an amount above zero",
            got=amount,
            hint=f"take {name} back with Reversed(fact, reason, on=...)" if amount.minor else "",
        )


def require_optional_amount(amount: Money | None, name: str) -> None:
    """Refuse all but money above zero, or None."""
    if amount is not None:
        require_amount(amount, name)
