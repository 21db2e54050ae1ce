"""Whether the figures of an application for payment tie; it corrects none of them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.applications.columns import (
    ApplicationLine,
    ProgressApplication,
    added,
    part_of,
)
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.money.money import require_one_currency


def check_application(
    application: ProgressApplication, *, previous: ProgressApplication | None = None
) -> tuple[Finding, ...]:
    """Return where the figures of an application do not tie; all that it states is looked at.

    ========================= =====================================================================
    code                      found when
    ========================= =====================================================================
    ``line_total``            column G is not D + E + F
    ``line_percent``          the percentage is not G / C, rounded to the decimals it is stated with
    ``line_balance``          column H is not C - G
    ``over_scheduled``        column G is more than column C (a warning)
    ``previous_column``       column D is not D + E of *previous*
    ``change_orders``         line 2 is not the net of the change order summary
    ``contract_sum``          line 3 is not 1 + 2
    ``scheduled_column``      the sum of column C is not line 3
    ``completed_column``      the sum of column G is not line 4
    ``retainage_column``      the sum of column I is not line 5
    ``retainage``             line 5 is not 5a + 5b
    ``earned``                line 6 is not 4 - 5
    ``previous_certificates`` line 7 is not line 6 of *previous* (a warning: less was certified?)
    ``payment_due``           line 8 is not 6 - 7
    ``balance_to_finish``     line 9 is not 3 - 6
    ========================= =====================================================================

    All but the two warnings are errors. Sums of columns are looked at where there are lines, that
    of column I where each line has one.

    Args:
        application: as computed here, or as somebody states it.
        previous: the application before; None: columns and lines that carry over are not checked.

    Order: line by line, then the summary from line 2 to 9.

    Raises:
        CurrencyMismatchError: *previous* is in another currency.
        WrongTypeError: an argument is no application.

    Example:
        >>> stated = ProgressApplication(
        ...     "1",
        ...     date(2026, 5, 31),
        ...     original_sum=Money.of(1000, "USD"),
        ...     completed_and_stored=Money.of(400, "USD"),
        ...     retainage_completed=Money.of(40, "USD"),
        ...     retainage_stored=Money.zero("USD"),
        ...     previous_certificates=Money.zero("USD"),
        ...     payment_due=Money.of(400, "USD"),
        ... )
        >>> print(*check_application(stated))
        error: line_8: USD 400.00 is not 6 - 7, which is USD 360.00 (payment_due)

    Source: the rules printed on AIA G702 and G703.
    """
    require_type(application, ProgressApplication, "the application")
    require_type(previous, (ProgressApplication, type(None)), "the application before")
    if previous is not None:
        require_one_currency(application.original_sum, previous.original_sum)
    return (
        *(each for line in application.lines for each in _of_line(line)),
        *_carried(application, () if previous is None else previous.lines),
        *_sums(application),
        *_summary(application, previous),
    )


def _tie(path: str, code: str, stated: Money, right: Money, rule: str) -> Iterator[Finding]:
    if stated != right:
        message = f"{stated} is not {rule}, which is {right}"
        yield Finding(path, code, message, Severity.ERROR)


def _of_line(line: ApplicationLine) -> Iterator[Finding]:
    path, done = f"lines.{line.key}", line.completed_and_stored
    total = added(line.previous, line.this_period, line.stored)
    yield from _tie(f"{path}.G", "line_total", done, total, "D + E + F")
    right = part_of(done, line.scheduled)
    if not _reads_as(line.percent, right):
        message = f"{line.percent} is not G / C, which is {right}"
        yield Finding(f"{path}.percent", "line_percent", message, Severity.ERROR)
    yield from _tie(f"{path}.H", "line_balance", line.balance, line.scheduled - done, "C - G")
    if done > line.scheduled:
        message = f"{done} is more than the scheduled value of {line.scheduled}"
        yield Finding(f"{path}.G", "over_scheduled", message, Severity.WARNING)


def _reads_as(stated: Percent | None, right: Percent | None) -> bool:
    """Say whether a percentage is the right one, but for decimals that it leaves out."""
    if stated is None or right is None or stated == right:
        return stated == right
    unit = _last_decimal(stated.points)
    return abs(stated.points - right.points) * 2 <= unit


def _last_decimal(points: Fraction) -> Fraction:
    """Return one in the last decimal that a number is written with; zero if none is exact."""
    unit = Fraction(1)
    twos_and_fives = points.denominator
    for prime in (2, 5):
        while twos_and_fives % prime == 0:
            twos_and_fives //= prime
    if twos_and_fives != 1:
        return Fraction(0)
    while (points / unit).denominator != 1:
        unit /= 10
    return unit


def _carried(
    application: ProgressApplication, lines: Sequence[ApplicationLine]
) -> Iterator[Finding]:
    """Compare column D with the lines of the application before, if it has any."""
    if not lines:
        return
    zero = application.original_sum - application.original_sum
    before = {line.key: line.completed for line in lines}
    for line in application.lines:
        path, rule = f"lines.{line.key}.D", "D + E of the application before"
        yield from _tie(path, "previous_column", line.previous, before.pop(line.key, zero), rule)
    for key, completed in before.items():
        if completed:
            message = f"the line is left out, and {completed} of the application before with it"
            yield Finding(f"lines.{key}", "previous_column", message, Severity.ERROR)


def _sums(application: ProgressApplication) -> Iterator[Finding]:
    totals = application.totals
    if totals is None:
        return
    to_date, done = application.contract_sum, application.completed_and_stored
    yield from _tie("lines.C", "scheduled_column", totals.scheduled, to_date, "line 3")
    yield from _tie("lines.G", "completed_column", totals.completed_and_stored, done, "line 4")
    if totals.retainage is not None:
        kept = application.retainage
        yield from _tie("lines.I", "retainage_column", totals.retainage, kept, "line 5")


def _summary(
    stated: ProgressApplication, previous: ProgressApplication | None
) -> Iterator[Finding]:
    earned = stated.earned_less_retainage
    if stated.changes is not None:
        net = stated.changes.net
        yield from _tie("line_2", "change_orders", stated.change_orders, net, "the summary")
    right = stated.original_sum + stated.change_orders
    yield from _tie("line_3", "contract_sum", stated.contract_sum, right, "1 + 2")
    right = stated.retainage_completed + stated.retainage_stored
    yield from _tie("line_5", "retainage", stated.retainage, right, "5a + 5b")
    right = stated.completed_and_stored - stated.retainage
    yield from _tie("line_6", "earned", earned, right, "4 - 5")
    if previous is not None and stated.previous_certificates != previous.earned_less_retainage:
        before = previous.earned_less_retainage
        message = f"{stated.previous_certificates} was certified, and {before} applied for"
        yield Finding("line_7", "previous_certificates", message, Severity.WARNING)
    right = earned - stated.previous_certificates
    yield from _tie("line_8", "payment_due", stated.payment_due, right, "6 - 7")
    right = stated.contract_sum - earned
    yield from _tie("line_9", "balance_to_finish", stated.balance_to_finish, right, "3 - 6")
