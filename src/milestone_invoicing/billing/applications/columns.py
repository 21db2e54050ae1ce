"""What an application for payment says, line by line; how it comes from a contract it leaves open.

Figures that follow from others are worked out where they are not stated, so that an application of
somebody else can be written down as it is printed and then checked.
"""

from collections.abc import Iterable
from datetime import date

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.errors import DuplicateKeyError
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.money.money import require_one_currency


def added(first: Money, *others: Money) -> Money:
    """Return the sum, each part checked to be Money of one currency."""
    require_type(first, Money, "an amount of an application")
    for other in others:
        require_one_currency(first, other)
    return Money.total((first, *others), currency=first.currency)


def less(first: Money, other: Money) -> Money:
    """Return the difference, both checked to be Money of one currency."""
    return added(first, other) - other - other


def part_of(done: Money, worth: Money) -> Percent | None:
    """Return what percentage of *worth* is done, exactly; none of nothing."""
    added(worth, done)
    return Percent(done.ratio_to(worth) * 100) if worth.minor else None


def _line_total(line: "ApplicationLine") -> Money:
    return added(line.previous, line.this_period, line.stored)


def _line_percent(line: "ApplicationLine") -> Percent | None:
    return part_of(line.completed_and_stored, line.scheduled)


def _line_balance(line: "ApplicationLine") -> Money:
    return less(line.scheduled, line.completed_and_stored)


@attrs.frozen
class ApplicationLine:
    """One line of the schedule of values; amounts are to date unless said otherwise.

    Args:
        key: of the milestone.
        description: of the work (column B).
        scheduled: what it is worth (column C).
        previous: the work completed by the application before, D + E there (column D).
        this_period: the work completed since; below zero for a correction (column E).
        stored: the materials presently stored, not in D or E (column F).
        item: its number (column A).
        retainage: what is retained of it (column I); None where the column is left empty.
        completed_and_stored: D + E + F unless stated otherwise (column G).
        percent: G / C, exactly, unless stated otherwise; None of what is worth nothing.
        balance: to finish, C - G unless stated otherwise (column H).

    Raises:
        BlankTextError: the key is blank.
        CurrencyMismatchError: an amount is in another currency.
        WrongTypeError: a part is of another type.

    Example:
        >>> none = Money.zero("USD")
        >>> line = ApplicationLine(
        ...     "a", "Site", Money.of(800, "USD"), none, Money.of(200, "USD"), none
        ... )
        >>> str(line.completed_and_stored), str(line.percent), str(line.balance)
        ('USD 200.00', '25%', 'USD 600.00')

    Source: AIA G703, columns A to I.
    """

    key: str
    description: str
    scheduled: Money
    previous: Money
    this_period: Money
    stored: Money
    item: str = attrs.field(default="", kw_only=True)
    retainage: Money | None = attrs.field(default=None, kw_only=True)
    completed_and_stored: Money = attrs.field(
        default=attrs.Factory(_line_total, takes_self=True), kw_only=True
    )
    percent: Percent | None = attrs.field(
        default=attrs.Factory(_line_percent, takes_self=True), kw_only=True
    )
    balance: Money = attrs.field(
        default=attrs.Factory(_line_balance, takes_self=True), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.key, "the key of an application line")
        require_type(self.description, str, "the description of an application line")
        require_type(self.item, str, "the item of an application line")
        require_type(self.percent, (Percent, type(None)), "the percentage of an application line")
        amounts = (self.previous, self.this_period, self.stored, self.completed_and_stored)
        added(self.scheduled, *amounts, self.balance)
        if self.retainage is not None:
            require_one_currency(self.scheduled, self.retainage)

    @property
    def completed(self) -> Money:
        """The work completed to date, without stored materials: D + E."""
        return self.previous + self.this_period


@attrs.frozen
class ChangeOrderSummary:
    """What change orders add and take away, each order by its net effect.

    Attributes:
        additions_before: by orders up to the application before; zero or more.
        deductions_before: taken away by them; zero or more.
        additions: by orders since.
        deductions: taken away by them.

    Raises:
        CurrencyMismatchError: an amount is in another currency.
        WrongTypeError: an amount is not Money.

    Source: AIA G702, change order summary.
    """

    additions_before: Money
    deductions_before: Money
    additions: Money
    deductions: Money

    def __attrs_post_init__(self) -> None:
        """Check the amounts."""
        added(self.additions_before, self.deductions_before, self.additions, self.deductions)

    @property
    def net(self) -> Money:
        """What the contract sum changed by in all."""
        return self.additions_before + self.additions - self.deductions_before - self.deductions


def _lines(values: Iterable[ApplicationLine]) -> tuple[ApplicationLine, ...]:
    return tuple_of(values, ApplicationLine, "the lines of an application")


def _line_2(application: "ProgressApplication") -> Money:
    zero = less(application.original_sum, application.original_sum)
    return zero if application.changes is None else application.changes.net


def _line_3(application: "ProgressApplication") -> Money:
    return added(application.original_sum, application.change_orders)


def _line_4(application: "ProgressApplication") -> Money:
    zero = less(application.original_sum, application.original_sum)
    return added(zero, *(line.completed_and_stored for line in application.lines))


def _line_5(application: "ProgressApplication") -> Money:
    return added(application.retainage_completed, application.retainage_stored)


def _line_6(application: "ProgressApplication") -> Money:
    return less(application.completed_and_stored, application.retainage)


def _line_8(application: "ProgressApplication") -> Money:
    return less(application.earned_less_retainage, application.previous_certificates)


def _line_9(application: "ProgressApplication") -> Money:
    return less(application.contract_sum, application.earned_less_retainage)


@attrs.frozen
class ProgressApplication:
    """An application for payment: the schedule of values and the summary before it.

    Args:
        number: of the application.
        as_of: the last day of its period.
        original_sum: the contract sum as first agreed (line 1).
        retainage_completed: what is retained of completed work (line 5a).
        retainage_stored: what is retained of stored materials (line 5b).
        previous_certificates: what was certified for payment before (line 7).
        lines: the schedule of values; none where only the summary is known.
        changes: the change order summary.
        change_orders: the net change by change orders (line 2): that of *changes*, or zero.
        contract_sum: the contract sum to date (line 3): 1 + 2.
        completed_and_stored: total completed and stored to date (line 4): the sum of column G.
        retainage: the total retainage (line 5): 5a + 5b.
        earned_less_retainage: total earned less retainage (line 6): 4 - 5.
        payment_due: the current payment due (line 8): 6 - 7.
        balance_to_finish: the balance to finish, including retainage (line 9): 3 - 6.

    What is not stated from line 2 on is worked out by the rule beside it; ``check_application``
    says where stated figures do not tie.

    Raises:
        BlankTextError: the number is blank.
        DuplicateKeyError: two lines of one key.
        CurrencyMismatchError: an amount is in another currency.
        WrongTypeError, DateTypeError: a part is of another type.

    Source: AIA G702, lines 1 to 9.
    """

    number: str
    as_of: date
    original_sum: Money = attrs.field(kw_only=True)
    retainage_completed: Money = attrs.field(kw_only=True)
    retainage_stored: Money = attrs.field(kw_only=True)
    previous_certificates: Money = attrs.field(kw_only=True)
    lines: tuple[ApplicationLine, ...] = attrs.field(default=(), converter=_lines, kw_only=True)
    changes: ChangeOrderSummary | None = attrs.field(default=None, kw_only=True)
    change_orders: Money = attrs.field(
        default=attrs.Factory(_line_2, takes_self=True), kw_only=True
    )
    contract_sum: Money = attrs.field(default=attrs.Factory(_line_3, takes_self=True), kw_only=True)
    completed_and_stored: Money = attrs.field(
        default=attrs.Factory(_line_4, takes_self=True), kw_only=True
    )
    retainage: Money = attrs.field(default=attrs.Factory(_line_5, takes_self=True), kw_only=True)
    earned_less_retainage: Money = attrs.field(
        default=attrs.Factory(_line_6, takes_self=True), kw_only=True
    )
    payment_due: Money = attrs.field(default=attrs.Factory(_line_8, takes_self=True), kw_only=True)
    balance_to_finish: Money = attrs.field(
        default=attrs.Factory(_line_9, takes_self=True), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.number, "the number of an application")
        require_date(self.as_of, "as_of")
        require_type(self.changes, (ChangeOrderSummary, type(None)), "the change order summary")
        added(self.original_sum, *self._amounts(), *(line.scheduled for line in self.lines))
        seen: set[str] = set()
        for line in self.lines:
            if line.key in seen:
                raise DuplicateKeyError(
                    "two lines of an application have one key",
                    expected="unique keys",
                    got=line.key,
                )
            seen.add(line.key)

    def __str__(self) -> str:
        """Return ``application 3 to 2026-06-30: EUR 4500.00 due``."""
        return f"application {self.number} to {self.as_of}: {self.payment_due} due"

    @property
    def percent(self) -> Percent | None:
        """What percentage of the contract is completed and stored: line 4 / line 3, exactly."""
        return part_of(self.completed_and_stored, self.contract_sum)

    @property
    def totals(self) -> ApplicationLine | None:
        """The sums of the columns of the schedule of values; None without lines."""
        if not self.lines:
            return None
        kept = [line.retainage for line in self.lines if line.retainage is not None]
        return ApplicationLine(
            "total",
            "",
            added(*(line.scheduled for line in self.lines)),
            added(*(line.previous for line in self.lines)),
            added(*(line.this_period for line in self.lines)),
            added(*(line.stored for line in self.lines)),
            completed_and_stored=added(*(line.completed_and_stored for line in self.lines)),
            balance=added(*(line.balance for line in self.lines)),
            retainage=added(*kept) if len(kept) == len(self.lines) else None,
        )

    def _amounts(self) -> tuple[Money, ...]:
        return (
            self.change_orders,
            self.contract_sum,
            self.completed_and_stored,
            self.retainage_completed,
            self.retainage_stored,
            self.retainage,
            self.earned_less_retainage,
            self.previous_certificates,
            self.payment_due,
            self.balance_to_finish,
            *(() if self.changes is None else (self.changes.net,)),
        )
