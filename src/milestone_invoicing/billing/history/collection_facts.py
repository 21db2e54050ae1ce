"""What is said and done about money that is owed, as dated facts; none of them moves money."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_int,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing.history.amounts import require_amount, require_optional_amount
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.errors import ArgumentsError, NumberRangeError, PaymentTermsError
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money


@attrs.frozen
class Disputed(Fact):
    """The client says that it does not owe this, or not all of it; due dates and days late stand.

    Disputes add up until they are resolved. What is paid meanwhile is first what nobody disputes.

    Args:
        reason: what is wrong, for people.
        amount: with tax, above zero, at most what is outstanding and not disputed yet; None
            disputes all that is outstanding, on whatever day.

    Raises:
        BlankTextError: *reason* is blank.
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Disputed("two days too many", Money.of(250, "EUR"), on=date(2026, 6, 5)).amount)
        'EUR 250.00'

    Source: convention of this library.
    """

    reason: str
    amount: Money | None = None

    def _check(self) -> None:
        require_text(self.reason, "reason")
        require_optional_amount(self.amount, "a dispute")


@unique
class DisputeOutcome(Worded):
    """How a dispute ended: for the client, for the seller, or in between.

    None of them changes what is owed: what the client need not pay is credited.
    """

    UPHELD = "upheld"
    REJECTED = "rejected"
    SETTLED = "settled"


@attrs.frozen
class DisputeResolved(Fact):
    """All disputes that stand are over, from this fact's own date on, that day included.

    Args:
        outcome: UPHELD if the client was right, REJECTED if the claim stands, SETTLED in between.
        note: what was agreed, for people.

    Raises:
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(DisputeResolved(DisputeOutcome.UPHELD, on=date(2026, 6, 12)).outcome)
        'upheld'

    Source: convention of this library.
    """

    outcome: DisputeOutcome
    note: str = ""

    def _check(self) -> None:
        require_type(self.outcome, DisputeOutcome, "the outcome of a dispute")
        require_type(self.note, str, "the note on a dispute")


@attrs.frozen
class Promised(Fact):
    """The client says that it will pay by a day; the last promise has the word.

    It is broken on the day after *pay_on*, unless so much came since the promise; what came on
    one day with it counts if it was recorded after it. What comes later mends it.

    Args:
        pay_on: the last day to keep it, this fact's own date or later.
        amount: with tax, above zero, at most what is outstanding; None is all that is open on the
            day of the promise, as it is known when that is recorded.

    Raises:
        NumberRangeError: the amount is not above zero, or *pay_on* comes before this fact.
        WrongTypeError: the amount is no money.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Promised(date(2026, 6, 15), on=date(2026, 6, 5)).pay_on)
        '2026-06-15'

    Source: the promise to pay of collections practice; the details are this library's convention.
    """

    pay_on: date
    amount: Money | None = None

    def _check(self) -> None:
        require_date(self.pay_on, "pay_on")
        require_optional_amount(self.amount, "a promise")
        if self.pay_on < self.on:
            raise NumberRangeError(
                "a promise is for a day before it was made",
                expected=f"{self.on} or later",
                got=self.pay_on,
            )


def _installments(values: Iterable[DueAmount]) -> tuple[DueAmount, ...]:
    return tuple_of(values, DueAmount, "the instalments of a plan")


@attrs.frozen
class PlanAgreed(Fact):
    """What is open is paid by a plan, from this fact's own date on; days before keep their dates.

    A later plan takes the place of this one.

    Args:
        installments: amounts with tax, and the days they are due; together what is open.

    Raises:
        PaymentTermsError: there are none.
        NumberRangeError: an amount is not above zero, or due before this fact.
        ArgumentsError: an instalment waits for an event or a release.
        CurrencyMismatchError: the amounts are in different currencies.
        WrongTypeError: an item is no DueAmount.
        DateTypeError: a date is not a plain date.

    Example:
        >>> half = Money.of(500, "EUR")
        >>> plan = PlanAgreed(
        ...     [DueAmount(date(2026, 7, 1), half), DueAmount(date(2026, 8, 1), half)],
        ...     on=date(2026, 6, 10),
        ... )
        >>> str(plan.total)
        'EUR 1000.00'

    Source: convention of this library.
    """

    installments: tuple[DueAmount, ...] = attrs.field(converter=_installments)

    def _check(self) -> None:
        if not self.installments:
            raise PaymentTermsError(
                "a plan has no instalments", expected="at least one DueAmount", got=()
            )
        for part in self.installments:
            self._check_installment(part)
        self.total  # noqa: B018  # adding the amounts up checks their currencies

    def _check_installment(self, part: DueAmount) -> None:
        require_date(part.due_on, "the due date in a plan")
        require_amount(part.amount, "an instalment of a plan")
        if part.after is not None or part.held:
            raise ArgumentsError(
                "an instalment of a plan waits for nothing",
                expected="a day and an amount alone",
                got=part,
            )
        if part.due_on is not None and part.due_on < self.on:
            raise NumberRangeError(
                "an instalment is due before the plan is agreed",
                expected=f"{self.on} or later",
                got=part.due_on,
            )

    @property
    def total(self) -> Money:
        """The sum of its instalments."""
        amounts = [part.amount for part in self.installments]
        return Money.total(amounts, currency=amounts[0].currency)


@attrs.frozen
class Reminded(Fact):
    """A reminder went out.

    Args:
        level: how urgent it was, from 1 up.
        audience: who got it, such as ``client`` or ``owner``.

    Raises:
        NumberTypeError, NumberRangeError: *level* is no int of at least one.
        BlankTextError: *audience* is blank.
        WrongTypeError: *audience* is no text.
        DateTypeError: a date is not a plain date.

    Example:
        >>> Reminded(1, "client", on=date(2026, 6, 3)).level
        1

    Source: dunning levels of ledger software; convention of this library.
    """

    level: int
    audience: str

    def _check(self) -> None:
        require_int(self.level, "the level of a reminder", at_least=1)
        require_text(self.audience, "the audience of a reminder")


@attrs.frozen
class FollowedUp(Fact):
    """Somebody spoke or wrote to the client about it.

    Args:
        by: who.
        channel: how, such as ``phone``.
        note: what was said, for people.

    Raises:
        BlankTextError: *by* is blank.
        WrongTypeError: a part is no text.
        DateTypeError: a date is not a plain date.

    Example:
        >>> FollowedUp("Dana", "phone", "pays on Friday", on=date(2026, 6, 4)).channel
        'phone'

    Source: convention of this library.
    """

    by: str
    channel: str = ""
    note: str = ""

    def _check(self) -> None:
        require_text(self.by, "who followed up")
        require_type(self.channel, str, "the channel of a follow-up")
        require_type(self.note, str, "the note on a follow-up")


@attrs.frozen
class Assigned(Fact):
    """Somebody looks after the invoice from this day on; ``owner_of`` asks who.

    Raises:
        BlankTextError: *owner* is blank.
        WrongTypeError: *owner* is no text.
        DateTypeError: a date is not a plain date.

    Example:
        >>> Assigned("Dana", on=date(2026, 6, 4)).owner
        'Dana'

    Source: convention of this library.
    """

    owner: str

    def _check(self) -> None:
        require_text(self.owner, "owner")


@attrs.frozen
class HandedOver(Fact):
    """Somebody else collects it now: an agency, a lawyer, a court.

    Args:
        to: who.
        cost: what that costs the seller, above zero, in the currency of the invoice; it is not
            added to what is owed.

    Raises:
        BlankTextError: *to* is blank.
        NumberRangeError: the cost is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> HandedOver("Collectors Ltd", Money.of(40, "EUR"), on=date(2026, 9, 1)).to
        'Collectors Ltd'

    Source: convention of this library.
    """

    to: str
    cost: Money | None = None

    def _check(self) -> None:
        require_text(self.to, "who it is handed over to")
        require_optional_amount(self.cost, "the cost of handing over")


@attrs.frozen
class LateCharged(Fact):
    """So much was billed, or paid without a bill, as charges for late payment of the invoice.

    It changes nothing of what is owed on the invoice; ``late_charge`` deducts it. What is billed
    and then paid is recorded once.

    Args:
        amount: of costs and interest together, above zero, in the currency of the invoice.
        reference: the number of the bill, or what the bank line says.

    Raises:
        NumberRangeError: the amount is not above zero.
        WrongTypeError: a part is of another type.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(LateCharged(Money.of("65.32", "EUR"), "2026-031", on=date(2026, 7, 31)).amount)
        'EUR 65.32'

    Source: convention of this library.
    """

    amount: Money
    reference: str = ""

    def _check(self) -> None:
        require_amount(self.amount, "a late charge")
        require_type(self.reference, str, "the reference of a late charge")


CollectionFact: TypeAlias = (
    Disputed
    | DisputeResolved
    | Promised
    | PlanAgreed
    | Reminded
    | FollowedUp
    | Assigned
    | HandedOver
    | LateCharged
)
COLLECTION_FACTS: Final = (
    Disputed,
    DisputeResolved,
    Promised,
    PlanAgreed,
    Reminded,
    FollowedUp,
    Assigned,
    HandedOver,
    LateCharged,
)


def standing_disputes(facts: Iterable[Fact]) -> tuple[Disputed, ...]:
    """Return the disputes among *facts* that stand which nothing resolved, in their order."""
    disputes: list[Disputed] = []
    for fact in facts:
        if isinstance(fact, Disputed):
            disputes.append(fact)
        elif isinstance(fact, DisputeResolved):
            disputes.clear()
    return tuple(disputes)


def disputed_of(minor: int, facts: Iterable[Fact]) -> int:
    """Return how much of an amount is disputed by *facts* that stand, in minor units."""
    disputes = standing_disputes(facts)
    if any(each.amount is None for each in disputes):
        return minor
    return min(minor, sum(each.amount.minor for each in disputes if each.amount is not None))
