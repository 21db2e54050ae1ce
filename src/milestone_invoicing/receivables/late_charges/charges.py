"""What late payment of one invoice costs on a day: interest, compensation, fee, and why."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Invoice
from milestone_invoicing.errors import CurrencyMismatchError
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money, round_ratio
from milestone_invoicing.receivables.late_charges.arrears import Stretch, runs
from milestone_invoicing.receivables.late_charges.policies import LatePolicy
from milestone_invoicing.receivables.late_charges.spans import LateSpan, spans
from milestone_invoicing.timing import DueRule


@attrs.frozen
class LateCharge:
    """What late payment of one invoice costs up to a day, that day included.

    Attributes:
        number: of the invoice.
        as_of: the day asked about.
        spans: what bore interest, by instalment, then by day.
        interest: their sum, rounded once.
        compensation: for all late instalments.
        fee: for the claim; zero if nothing was late.
        reasons: the rule of each part, with the facts of the days that bound it.
    """

    number: str | None
    as_of: date
    spans: tuple[LateSpan, ...]
    interest: Money
    compensation: Money
    fee: Money
    reasons: tuple[Reason, ...]

    @property
    def total(self) -> Money:
        """Interest, compensation and fee."""
        return self.interest + self.compensation + self.fee

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
    says, disputed amounts included; retained money has no due date and bears none until it is
    released. An extension stops interest after its own day, and what was reversed, credited or
    written off counts from its own day. Payments reduce the debt, never the interest. A draft, a
    void and a bill of a negative amount cost nothing.

    Interest is exact in each span of equal balance and rate; the sum is rounded once.

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
    late = tuple(runs(invoice, as_of, grace_days=policy.grace_days, pay_by=pay_by))
    found = tuple(span for run in late for span in spans(run, policy, invoice.currency))
    exact = sum((span.interest for span in found), Fraction(0))
    compensated = tuple(_compensated(late, policy, zero))
    fee = policy.fee if late and policy.fee else zero
    return LateCharge(
        number=invoice.number,
        as_of=as_of,
        spans=found,
        interest=Money(round_ratio(*exact.as_integer_ratio(), policy.rounding), invoice.currency),
        compensation=Money.total((paid for _, _, paid in compensated), currency=zero.currency),
        fee=fee,
        reasons=(
            *(_reason(span, invoice, as_of) for span in found),
            *(_compensation_reason(*each) for each in compensated if each[2]),
            *((Reason(f"fee {fee}"),) if fee else ()),
        ),
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


def _compensated(
    late: Sequence[Sequence[Stretch]], policy: LatePolicy, zero: Money
) -> Iterator[tuple[int, Money, Money]]:
    """Yield each late instalment with what was late of it first, and its compensation."""
    first = {run[0].installment: run[0] for run in reversed(late)}
    for number, stretch in sorted(first.items()):
        debt = Money(stretch.minor, zero.currency)
        yield number, debt, policy.compensation_for(debt)


def _reason(span: LateSpan, invoice: Invoice, as_of: date) -> Reason:
    bounds = {span.since, span.until}
    facts = tuple(fact for fact in invoice.facts if fact.on in bounds and fact.on <= as_of)
    return Reason(f"instalment {span.installment}: {span}", facts)


def _compensation_reason(number: int, debt: Money, paid: Money) -> Reason:
    return Reason(f"instalment {number}: compensation {paid} for {debt} late")
