"""What is claimed for late payment on no invoice, and what is recorded once it is paid."""

from collections.abc import Mapping

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.billing import LateCharged, Payment, Voided
from milestone_invoicing.billing.account.books import Books
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.facts import of_kind
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.receivables.late_charges.charges import LateCharge


def claims_of(charges: Mapping[str, LateCharge | Money], amount: Money) -> list[tuple[str, int]]:
    """Return the claims that no invoice bills, in minor units: all costs, then all interest.

    Raises:
        BlankTextError, WrongTypeError: a name or a claim that is none.
        NumberRangeError: an amount is not above zero.
        CurrencyMismatchError: a claim is in another currency than *amount*.
    """
    costs: list[tuple[str, Money]] = []
    interest: list[tuple[str, Money]] = []
    for name, claim in charges.items():
        require_text(name, "the name of a charge")
        require_type(claim, (LateCharge, Money), "a charge")
        if isinstance(claim, LateCharge):
            costs.append((name, claim.costs_left))
            interest.append((name, max(claim.interest_left, Money.zero(claim.charged.currency))))
        else:
            require_amount(claim, "a charge")
            costs.append((name, claim))
    for _, claimed in costs:
        require_one_currency(amount, claimed)
    return [(name, claimed.minor) for name, claimed in (*costs, *interest)]


def charged_facts(
    payment: Payment,
    known: Books,
    charges: Mapping[str, LateCharge | Money],
    paid: Mapping[str, int],
) -> dict[str, LateCharged]:
    """Return what is recorded of claims for late payment of one of the invoices, by its number.

    A claim that is named after none of them, or after one that is a draft or a void, is the
    caller's to keep.

    Args:
        payment: what came in.
        known: the invoices.
        charges: what is claimed, by name.
        paid: what went to each claim, in minor units.
    """
    minors: dict[str, int] = {}
    for name, minor in paid.items():
        claim = charges[name]
        number = claim.number if isinstance(claim, LateCharge) else name
        place = known.places.get(number or "")
        if number is None or place is None:
            continue
        if known[place].is_issued(payment.on) and not of_kind(known[place].facts, Voided):
            minors[number] = minors.get(number, 0) + minor
    return {
        number: LateCharged(
            Money(minor, payment.amount.currency),
            payment.reference or "",
            on=payment.on,
            recorded_on=payment.recorded_on,
        )
        for number, minor in minors.items()
    }
