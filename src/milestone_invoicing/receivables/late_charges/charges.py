"""What late payment of one invoice costs on a day: interest, compensation, fee, and why."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cache

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Invoice, LateCharged
from milestone_invoicing.errors import CurrencyMismatchError
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Currency, Money, round_ratio
from milestone_invoicing.receivables.late_charges.arrears import (
    LastDay,
    Owed,
    first_late,
    known_by,
    owed_by_day,
    runs,
)
from milestone_invoicing.receivables.late_charges.policies import LatePolicy
from milestone_invoicing.receivables.late_charges.spans import LateSpan, spans
from milestone_invoicing.timing import DueRule


@attrs.frozen
class LateCharge(Answer):
    """What late payment of one invoice costs up to a day, that day included.

    Attributes:
        number: of the invoice.
        as_of: the day asked about.
        spans: what bore interest, by instalment, then by day.
        interest: their sum, rounded once.
        compensation: for all late instalments, as first agreed.
        fee: for the claim; zero if nothing was late.
        reasons: the rule of each part, with the facts of the days that bound it. Where interest
            bears interest they say its amounts, rounded so that they add up.
        charged: what was billed or paid of all this by that day, as ``LateCharged`` records.
    """

    number: str | None
    as_of: date
    spans: tuple[LateSpan, ...]
    interest: Money
    compensation: Money
    fee: Money
    reasons: tuple[Reason, ...]
    charged: Money = attrs.field(
        default=attrs.Factory(lambda self: Money.zero(self.interest.currency), takes_self=True)
    )

    @property
    def total(self) -> Money:
        """Interest, compensation and fee, less what was charged; below zero that goes back."""
        return self.interest + self.compensation + self.fee - self.charged

    @property
    def costs_left(self) -> Money:
        """What is left of compensation and fee: what was charged went to them first."""
        left = self.compensation + self.fee - self.charged
        return max(left, Money.zero(left.currency))

    @property
    def interest_left(self) -> Money:
        """What of the total is interest."""
        return self.total - self.costs_left

    def fact(self, reference: str = "", *, on: date | None = None) -> LateCharged:
        """Return the fact that the total is billed, or paid without a bill: record it.

        Args:
            reference: the number of the bill, or what the bank line says.
            on: the day; by default the day asked about.

        Raises:
            NumberRangeError: the total is not above zero.
            WrongTypeError, DateTypeError: an argument of another type.
        """
        return LateCharged(self.total, reference, on=self.as_of if on is None else on)

    @property
    def exact_interest(self) -> Fraction:
        """The interest before it is rounded, in minor units."""
        return sum((span.interest for span in self.spans), Fraction(0))


def late_charge(
    invoice: Invoice, policy: LatePolicy, *, as_of: date, pay_by: DueRule | None = None
) -> LateCharge:
    """Return what late payment of *invoice* costs up to a day, that day included.

    Interest runs on what is open of each instalment, with tax: not on its due date, from the day
    after it on, and on the day of the payment still. What is open on a day is what ``due_items``
    says, disputed amounts included; what only lacks the certificate of a withheld tax bears none,
    and retained money has no due date and bears none until it is released. An extension stops
    interest after its own day, and what was reversed, credited or written off counts from its own
    day. Payments reduce the debt, never the interest. A draft, a
    void and a bill of a negative amount cost nothing.

    Compensation is due once for each instalment as first agreed, when it is first late. A payment
    plan makes none: its parts have none of their own, and what it covers has none before its own
    due date. It removes none either.

    Interest is exact in each span of equal balance and rate; the sum is rounded once. What was
    billed or paid as charges is deducted, as ``LateCharged`` records; where interest bears
    interest, what of that is beyond the costs of its day bears none from the next day on.

    Args:
        invoice: the invoice, with its facts.
        policy: what late payment costs.
        as_of: the last day of interest; facts and issue dates after it are invisible.
        pay_by: a rule from a due date to the last day to pay in time, as for ``invoice_status``.

    Raises:
        UnknownRateError: the policy knows no reference rate for a day that is asked about.
        CurrencyMismatchError: the invoice is in another currency than the amounts of the policy.
        WrongTypeError: not an Invoice, LatePolicy or DueRule.
        DateTypeError: *as_of* is not a plain date.
        DueBeforeStartError, DateRangeError: *pay_by*, or the compounding, leads to no day.

    Example:
        >>> line = Line("Audit", 1, Money.of(5000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... )
        >>> policy = LatePolicy("12.25", compensation=Money.of(40, "EUR"))
        >>> charge = late_charge(invoice, policy, as_of=date(2026, 9, 9))
        >>> str(charge.interest), str(charge.compensation), str(charge.total)
        ('EUR 169.49', 'EUR 40.00', 'EUR 209.49')
        >>> [str(reason) for reason in charge.reasons]
        ... # doctest: +NORMALIZE_WHITESPACE
        ['instalment 1: EUR 5000.00 at 12.25%, 101 days after 2026-05-31',
         'instalment 1: compensation EUR 40.00 for EUR 5000.00 late']

    Source: convention of this library; the policies name the laws.
    """
    require_type(invoice, Invoice, "the invoice")
    require_type(policy, LatePolicy, "the policy")
    require_date(as_of, "as_of")
    require_type(pay_by, (DueRule, type(None)), "pay_by")
    zero = Money.zero(invoice.currency)
    _require_currency(policy, invoice)
    last_day = cache(pay_by.due_on) if pay_by else _due_day
    owed = tuple(owed_by_day(invoice, as_of))
    late = tuple(runs(owed, grace_days=policy.grace_days, last_day=last_day))
    known = invoice.reading(as_of).of_kind(LateCharged)
    interest_charged = _interest_charged(owed, policy, known, last_day)
    found = tuple(spans(late, policy, invoice.currency, interest_charged))
    exact = sum((span.interest for span in found), Fraction(0))
    compensated = tuple(_compensated(owed, policy, invoice.currency, last_day))
    fee = policy.fee if late and policy.fee else zero
    charged = Money.total((fact.amount for fact in known), currency=zero.currency)
    return LateCharge(
        number=invoice.number,
        as_of=as_of,
        spans=found,
        interest=_rounded(exact, policy, invoice.currency),
        compensation=Money.total((paid for _, _, paid in compensated), currency=zero.currency),
        fee=fee,
        reasons=(
            *_interest_reasons(found, policy, invoice, as_of),
            *(_compensation_reason(*each) for each in compensated if each[2]),
            *((Reason(f"fee {fee}"),) if fee else ()),
            *((Reason(f"charged before {charged}", known),) if charged else ()),
        ),
        charged=charged,
    )


def _require_currency(policy: LatePolicy, invoice: Invoice) -> None:
    """Refuse a policy whose amounts are in another currency, whether anything is late or not."""
    wrong = [amount for amount in policy.amounts if amount.currency != invoice.currency]
    if wrong:
        ours, theirs = invoice.currency.code, wrong[-1].currency.code
        raise CurrencyMismatchError(
            f"compensation or fee of the policy is in another currency than invoice "
            f"{invoice.number!r}",
            expected=f"amounts in {ours}",
            got=wrong[-1],
            hint=f'have a policy for {ours}, such as compensation=Money.of(..., "{ours}"), or () '
            "for none",
            left=ours,
            right=theirs,
        )


def _due_day(due_on: date) -> date:
    """Return the last day in time where no rule moves it: the due date."""
    return due_on


def _compensated(
    owed: Sequence[Owed], policy: LatePolicy, currency: Currency, last_day: LastDay
) -> Iterator[tuple[int, Money, Money]]:
    """Yield each late instalment with what was open of it first, and its compensation."""
    if not policy.compensation:
        return
    for late in first_late(owed, grace_days=policy.grace_days, last_day=last_day):
        debt = Money(late.minor, currency)
        yield late.installment, debt, policy.compensation_for(debt)


def _interest_charged(
    owed: Sequence[Owed], policy: LatePolicy, known: Sequence[LateCharged], last_day: LastDay
) -> dict[date, int]:
    """Return the interest that was charged by day, where it matters: the costs of the day first."""
    charged: dict[date, int] = {}
    costs = 0
    for fact in known if policy.compound_months else ():
        then = known_by(owed, fact.on)
        due = sum(
            paid.minor for *_, paid in _compensated(then, policy, fact.amount.currency, last_day)
        )
        if policy.fee and any(runs(then, grace_days=policy.grace_days, last_day=last_day)):
            due += policy.fee.minor
        to_costs = min(fact.amount.minor, max(due - costs, 0))
        costs += to_costs
        charged[fact.on] = charged.get(fact.on, 0) + fact.amount.minor - to_costs
    return charged


def _rounded(exact: Fraction, policy: LatePolicy, currency: Currency) -> Money:
    return Money(round_ratio(*exact.as_integer_ratio(), policy.rounding), currency)


def _interest_reasons(
    found: Sequence[LateSpan], policy: LatePolicy, invoice: Invoice, as_of: date
) -> Iterator[Reason]:
    """Yield why each span bears interest; with its part of the rounded sum where it is compounded.

    Without compounding the text has all that the exact interest follows from.
    """
    exact, rounded = Fraction(0), Money.zero(invoice.currency)
    by_day: dict[date, list[int]] = {}
    for place, fact in enumerate(invoice.facts):
        if fact.on <= as_of:
            by_day.setdefault(fact.on, []).append(place)
    for span in found:
        places = sorted([*by_day.get(span.since, ()), *by_day.get(span.until, ())])
        facts = tuple(invoice.facts[place] for place in places)
        exact += span.interest
        part = _rounded(exact, policy, invoice.currency) - rounded
        rounded += part
        amount = f": {part}" if policy.compound_months else ""
        yield Reason(f"instalment {span.installment}: {span}{amount}", facts)


def _compensation_reason(number: int, debt: Money, paid: Money) -> Reason:
    return Reason(f"instalment {number}: compensation {paid} for {debt} late")
