"""When an invoice is to be paid and in which parts; it knows no invoice, only its payable."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from milestone_invoicing._checks import require_date, require_int, require_type, tuple_of
from milestone_invoicing.contract.shares import (
    REST,
    Share,
    percents_over,
    require_share,
    resolve_shares,
)
from milestone_invoicing.errors import NumberRangeError, PaymentTermsError, SharesError
from milestone_invoicing.money import Money, Percent, Remainder
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.timing import AddDays, AddMonths, DueRule, DueStep, EndOfMonth


@attrs.frozen
class Installment:
    """A part of a payable and the rule for its due date.

    Args:
        share: a Percent of the payable, a fixed Money, or a Weight of what these leave.
        due: counted from the issue date; an empty rule is due on receipt.

    Raises:
        WrongTypeError: not a share and a rule.
        SharesError: the share is below zero.

    Example:
        >>> Installment(Percent(50), DueRule((AddDays(30),))).share
        Percent('50')

    Source: EN 16931 payment terms (BT-20) leave instalments to text; their structure is a
    convention of this library.
    """

    share: Share
    due: DueRule = attrs.field(factory=DueRule)

    def __attrs_post_init__(self) -> None:
        """Check the types and the sign."""
        require_share(self.share, "the share of an instalment")
        require_type(self.due, DueRule, "the due rule of an instalment")


@attrs.frozen
class DueAmount:
    """An amount and the day it is due.

    Example:
        >>> DueAmount(date(2026, 5, 31), Money.of(100, "EUR")).due_on.isoformat()
        '2026-05-31'
    """

    due_on: date
    amount: Money


_MOST_MONTHS: Final = 12 * 9999  # in the years that a date can hold


def _installments(values: Iterable[Installment]) -> tuple[Installment, ...]:
    return tuple_of(values, Installment, "installments")


def _methods(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "methods")


@attrs.frozen
class PaymentTerms:
    """When an invoice is to be paid: one or more instalments. The default is on receipt.

    Args:
        installments: in the order the contract names them.
        remainder: who gets the units left over; by default the last takes the balance, as
            ERP systems do.
        note: text for the invoice.
        methods: accepted ways of payment, in words.

    Raises:
        PaymentTermsError: no instalments.
        SharesError: percents alone that are not 100 %, or percents above it.
        WrongTypeError: a part is of another type.

    Example:
        >>> terms = PaymentTerms.net(30)
        >>> [str(part.due_on) for part in terms.due(Money.of(100, "EUR"), date(2026, 5, 1))]
        ['2026-05-31']

    Source: EN 16931 BT-9 (due date) and BT-20 (terms); instalments are a convention of this
    library.
    """

    installments: tuple[Installment, ...] = attrs.field(
        default=(Installment(Percent(100)),), converter=_installments
    )
    remainder: Remainder = attrs.field(default=Remainder.BALANCE, kw_only=True)
    note: str = attrs.field(default="", kw_only=True)
    methods: tuple[str, ...] = attrs.field(default=(), converter=_methods, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check what can be checked before a payable is known."""
        require_type(self.remainder, Remainder, "remainder")
        require_type(self.note, str, "note")
        if not self.installments:
            raise PaymentTermsError(
                "payment terms have no instalments",
                expected="at least one Installment",
                got=self.installments,
                hint="payment on receipt is PaymentTerms.on_receipt()",
            )
        shares = [part.share for part in self.installments]
        over = percents_over(shares)
        if over.fraction and all(isinstance(share, Percent) for share in shares):
            raise SharesError(
                f"the instalments leave {over} of the payable over",
                expected="100% in all",
                got=Percent(100) - over,
                hint="make one share REST",
                difference=over,
            )

    @classmethod
    def net(cls, days: int) -> "PaymentTerms":
        """Return terms that are due so many days after the issue date.

        Raises:
            NumberTypeError, NumberRangeError: *days* is not an int of zero or more.

        Example:
            >>> PaymentTerms.net(30).installments[0].due
            DueRule(steps=(AddDays(days=30),), may_precede=False)
        """
        require_int(days, "net days", at_least=0)
        return cls.by(AddDays(days))

    @classmethod
    def by(cls, *steps: DueStep) -> "PaymentTerms":
        """Return terms that are due in one part where *steps* lead from the issue date.

        Raises:
            WrongTypeError: a step is none of the step types.

        Example:
            >>> terms = PaymentTerms.by(AddDays(30), DayOfMonth(10, months=1))
            >>> str(terms.due(Money.of(1, "EUR"), date(2026, 5, 1))[0].due_on)
            '2026-06-10'
        """
        return cls((Installment(Percent(100), DueRule(steps)),))

    @classmethod
    def on_receipt(cls) -> "PaymentTerms":
        """Return terms that are due on the issue date itself.

        Example:
            >>> PaymentTerms.on_receipt() == PaymentTerms()
            True
        """
        return cls()

    @classmethod
    def end_of_month(
        cls, *, first_days: int = 0, months: int = 0, then_days: int = 0
    ) -> "PaymentTerms":
        """Return terms around a month end, in the order the parameters stand.

        "30 days end of month" is ``first_days=30`` where the days come first and the month is
        then filled up, and ``then_days=30`` where they count from the end of the month of issue.

        Args:
            first_days: days added before going to the month end.
            months: how many months ahead the month end lies.
            then_days: days added after it.

        Raises:
            NumberTypeError, NumberRangeError: a number is not an int of zero or more.

        Example:
            >>> amount, issued = Money.of(1, "EUR"), date(2026, 1, 31)
            >>> str(PaymentTerms.end_of_month(first_days=30).due(amount, issued)[0].due_on)
            '2026-03-31'
            >>> str(PaymentTerms.end_of_month(then_days=30).due(amount, issued)[0].due_on)
            '2026-03-02'
            >>> str(PaymentTerms.end_of_month(months=1).due(amount, issued)[0].due_on)
            '2026-02-28'
        """
        require_int(first_days, "first_days", at_least=0)
        require_int(months, "months", at_least=0)
        require_int(then_days, "then_days", at_least=0)
        before = (AddDays(first_days),) if first_days else ()
        after = (AddDays(then_days),) if then_days else ()
        return cls.by(*before, EndOfMonth(months), *after)

    @classmethod
    def monthly(cls, parts: int, *, first_days: int = 0) -> "PaymentTerms":
        """Return equal instalments a month apart.

        Each date counts from the issue date, so that a month end never drifts.

        Args:
            parts: how many, one or more.
            first_days: days from issue to the first; the others lie whole months after it.

        Raises:
            NumberTypeError, NumberRangeError: a number is not an int, or is too small.

        Example:
            >>> parts = PaymentTerms.monthly(3).due(Money.of(100, "EUR"), date(2026, 1, 31))
            >>> [(str(part.due_on), str(part.amount)) for part in parts]
            [('2026-01-31', 'EUR 33.33'), ('2026-02-28', 'EUR 33.33'), ('2026-03-31', 'EUR 33.34')]
        """
        require_int(parts, "parts", at_least=1)
        if parts > _MOST_MONTHS:
            raise NumberRangeError(
                "there are not so many months", expected=f"at most {_MOST_MONTHS}", got=parts
            )
        require_int(first_days, "first_days", at_least=0)
        rules = (DueRule((AddDays(first_days), AddMonths(month))) for month in range(parts))
        return cls(tuple(Installment(REST, rule) for rule in rules))

    def due(self, payable: Money, issued_on: date) -> tuple[DueAmount, ...]:
        """Return what is due when: one value per instalment, summing to *payable*.

        Order: as the instalments are defined. A zero payable has one zero part, on the issue
        date. A negative payable gives the mirror image.

        Raises:
            SharesError: fixed instalments do not fit this payable.
            CurrencyMismatchError: a fixed instalment is in another currency.
            RemainderSignError: the last part would have the wrong sign.
            DateRangeError, DueBeforeStartError: as ``DueRule.due_on``.
        """
        require_type(payable, Money, "the payable")
        require_date(issued_on, "the issue date")
        for part in self.installments:
            if isinstance(part.share, Money):
                require_one_currency(payable, part.share)
        if not payable.minor:
            return (DueAmount(issued_on, payable),)
        shares = [part.share for part in self.installments]
        amounts = resolve_shares(payable, shares, self.remainder)
        days = [part.due.due_on(issued_on) for part in self.installments]
        return tuple(map(DueAmount, days, amounts))
