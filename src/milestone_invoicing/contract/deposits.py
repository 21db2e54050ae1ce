"""What is paid before the work and how bills take it off; it knows no invoices and no days."""

from enum import unique

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import ArgumentsError, NumberRangeError
from milestone_invoicing.money import Money, Percent, Rounding


@unique
class Recoupment(Worded):
    """Which bills a deposit is taken off.

    AT_END: all of it off the last bill. PRO_RATA: off each bill its part of the contract.
    FIRST_BILLS: off each bill as much as it has room for, until nothing is left.
    """

    AT_END = "at the end"
    PRO_RATA = "pro rata"
    FIRST_BILLS = "first bills first"


@unique
class DeductedAs(Worded):
    """How a bill shows a deposit.

    PREPAID: it bills the work in full, with all its tax, and takes the deposit off what is payable.
    LINES: it takes the deposit off its lines, so that it bills and taxes what remains.
    """

    PREPAID = "prepaid amount"
    LINES = "lines"


@attrs.frozen
class Deposit:
    """The agreement to pay a part of a contract before the work.

    Args:
        share: a Percent of the contract, or an amount.
        with_tax: whether an amount includes the tax; a percentage is always of the net total.
        recoup: which bills it is taken off. The last bill takes all that is left, as far as it
            reaches.
        cap: of each bill with tax no more than this percentage is taken off, but the last.
        deducted_as: how a bill shows it.
        before_start: whether it has to be paid before the work starts.

    Raises:
        NumberRangeError: the share or the cap is not above zero, or is more than 100 %.
        ArgumentsError: a percentage with tax.
        WrongTypeError: a part is of another type.

    Example:
        >>> Deposit(Percent(30)).recoup
        <Recoupment.AT_END: 'at the end'>

    Source: deposits and advance payments; convention of this library.
    """

    share: Percent | Money
    with_tax: bool = attrs.field(default=False, kw_only=True)
    recoup: Recoupment = attrs.field(default=Recoupment.AT_END, kw_only=True)
    cap: Percent | None = attrs.field(default=None, kw_only=True)
    deducted_as: DeductedAs = attrs.field(default=DeductedAs.PREPAID, kw_only=True)
    before_start: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        require_type(self.share, (Percent, Money), "the share of a deposit")
        require_type(self.with_tax, bool, "with_tax")
        require_type(self.recoup, Recoupment, "the recoupment of a deposit")
        require_type(self.cap, (Percent, type(None)), "the cap of a deposit")
        require_type(self.deducted_as, DeductedAs, "deducted_as")
        require_type(self.before_start, bool, "before_start")
        if isinstance(self.share, Money):
            if self.share.minor <= 0:
                raise NumberRangeError(
                    "a deposit is not above zero", expected="above zero", got=self.share
                )
        else:
            _check_percent(self.share, with_tax=self.with_tax)
        if self.cap is not None and not 0 < self.cap.fraction <= 1:
            raise NumberRangeError(
                "the cap of a deposit is out of range",
                expected="above 0% and at most 100%",
                got=self.cap,
            )

    def amount_of(self, total: Money) -> Money:
        """Return what is agreed as a deposit of a contract of so much; half up once.

        Raises:
            WrongTypeError: not an amount.

        Example:
            >>> str(Deposit(Percent(30)).amount_of(Money.of("0.05", "EUR")))
            'EUR 0.02'
        """
        require_type(total, Money, "the total")
        if isinstance(self.share, Money):
            return self.share
        return total.times(self.share, rounding=Rounding.HALF_UP)

    def __str__(self) -> str:
        """Return the share and when it is recouped: ``30%, at the end``."""
        return f"{self.share}, {self.recoup}"


def _check_percent(share: Percent, *, with_tax: bool) -> None:
    if not 0 < share.fraction <= 1:
        raise NumberRangeError(
            "a deposit is not a part of the contract",
            expected="above 0% and at most 100%",
            got=share,
        )
    if with_tax:
        raise ArgumentsError(
            "a percentage is of the net total",
            expected="an amount with tax, or with_tax=False",
            got=share,
        )
