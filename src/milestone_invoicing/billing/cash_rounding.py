"""How a payable is rounded to coins that exist; the difference stays visible on the document."""

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.errors import AlreadyIssuedError, Words
from milestone_invoicing.money import Money, Rounding


def round_payable(draft: Invoice, step: Money, *, rounding: Rounding = Rounding.HALF_UP) -> Invoice:
    """Return a draft whose payable is a whole number of steps, by its rounding amount.

    No other total changes, and no tax. A rounding amount that it has already is replaced.

    Args:
        draft: the draft.
        step: the smallest coin, such as 0.05 of Swiss francs.
        rounding: which way to go; by default to the nearest, a half away from zero.

    Raises:
        AlreadyIssuedError: it is issued, and its payable agreed.
        StepError: the step is not above zero.
        NumberRangeError: less is payable then than is held.
        CurrencyMismatchError: a step in another currency.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of("99.98", "CHF"))
        >>> draft = round_payable(
        ...     Invoice(None, None, Party("acme", "Acme"), [line]), Money.of("0.05", "CHF")
        ... )
        >>> str(draft.payable), str(draft.rounding_amount)
        ('CHF 100.00', 'CHF 0.02')

    Source: EN 16931 rounding amount (BT-114), BR-CO-16.
    """
    require_type(draft, Invoice, "the draft")
    if not draft.is_draft:
        raise AlreadyIssuedError(
            "an invoice is rounded before it is issued",
            expected="a draft",
            got=Words(f"invoice {draft.number}"),
        )
    bare = attrs.evolve(draft, rounding_amount=None)
    rest = bare.payable.rounded_to(step, rounding=rounding) - bare.payable
    return attrs.evolve(bare, rounding_amount=rest) if rest else bare
