"""Whether what is said about a payable fits it: held, withheld, a discount taken; no invoices."""

from collections.abc import Iterable

from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.errors import ArgumentsError, NumberRangeError
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency


def check_held(held: Money, payable: Money) -> None:
    """Refuse to hold more than is payable, or what is of the other sign."""
    require_one_currency(payable, held)
    if abs(held) > abs(payable) or held.minor * payable.minor < 0:
        raise NumberRangeError(
            "not so much can be held of this invoice", expected=f"a part of {payable}", got=held
        )


def check_withheld(withheld: Iterable[Adjustment]) -> None:
    """Refuse a tax of what is withheld."""
    for each in withheld:
        if each.tax is not None:
            raise ArgumentsError(
                "what is withheld has no tax of its own", expected="tax=None", got=each.tax
            )


def check_discount_taken(taken: Money, payable: Money, *, is_credit_note: bool) -> None:
    """Refuse a discount that does not lapse: of another document, or more than it grants."""
    require_one_currency(payable, taken)
    if not is_credit_note:
        raise ArgumentsError(
            "a discount that was taken lapses by a credit note",
            expected="discount_taken=None on other documents",
            got=taken,
        )
    if not 0 < taken.minor <= -payable.minor:
        raise NumberRangeError(
            "so much of a discount does not lapse by this credit note",
            expected=f"above zero and at most {-payable}",
            got=taken,
        )
