"""Which periods of a retainer no invoice bills, and which are billed twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import CreditEffect, Invoice, Line, Party, Retainer
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.document.party import key_of
from milestone_invoicing.billing.methods.days import begun_by, overlap
from milestone_invoicing.billing.methods.retainers import use_of
from milestone_invoicing.errors import ArgumentsError, Words
from milestone_invoicing.timing import Period, Recurring
from milestone_invoicing.timing.recurrence_rules import RECURRING

# The days of a line, by how much it bills them: once, or once less for a credit; and its invoice.
_Bill: TypeAlias = tuple[Period, int, str]


@attrs.frozen
class PeriodBilling(Answer):
    """A period that is not billed, not wholly, or more than once.

    Attributes:
        period: its days, as far as the retainer is in use.
        invoices: the numbers of those that bill any of it, credit notes included.
        missing: the days that nothing bills, as stretches, in order.
        doubled: the days that are billed more than once, as stretches, in order.
    """

    period: Period
    invoices: tuple[str, ...]
    missing: tuple[Period, ...]
    doubled: tuple[Period, ...]

    @property
    def is_missing(self) -> bool:
        """Whether nothing bills any of its days."""
        return self.missing == (self.period,)


def missing_invoices(
    of: Retainer | Recurring,
    invoices: Iterable[Invoice],
    *,
    as_of: date,
    ahead: bool = True,
    party: Party | str | None = None,
) -> tuple[PeriodBilling, ...]:
    """Return the periods that no invoice bills wholly, and those billed twice, in order.

    A bill of a period is a line with a ``period`` on an invoice that is issued by *as_of* and not
    void then; a line without one has that of its invoice. Days are open again once all that an
    invoice bills them with is credited to be billed again (REBILL); less than all, and any other
    credit, leaves them billed. Drafts bill nothing.

    Args:
        of: a retainer, of whose lines only those count that ``retainer_lines`` made, or that have
            its description alone; or a recurrence, of which every line with a period counts.
        invoices: those that may bill it, in any order; of one client, or of all with *party*.
        as_of: the day.
        ahead: whether a period is to be billed from its first day on, that day included. Else it
            is from the day after its last.
        party: the client, or its key; invoices of others then bill nothing. A client that was never
            billed is missing all. None: whoever the invoices are of, as long as it is one.

    Raises:
        ArgumentsError: lines of several clients would bill it, and *party* is None.
        DuplicateNumberError: two invoices have one number.
        DateRangeError: a period ends after year 9999.
        WrongTypeError, BlankTextError, DateTypeError: an argument of another type.

    Example:
        >>> support = Retainer(
        ...     "Support", Money.of(900, "EUR"), Recurrence.monthly(date(2026, 5, 1))
        ... )
        >>> june = Period.through(date(2026, 6, 1), date(2026, 6, 30))
        >>> lines = retainer_lines(support, june)
        >>> invoice = Invoice("1", date(2026, 6, 1), Party("acme", "Acme"), lines)
        >>> missing = missing_invoices(support, [invoice], as_of=date(2026, 7, 1))
        >>> [str(each.period) for each in missing]
        ['2026-05-01 to 2026-05-31', '2026-07-01 to 2026-07-31']

    Source: convention of this library.
    """
    require_type(of, (Retainer, *RECURRING), "what is billed by periods")
    require_date(as_of, "as_of")
    require_type(ahead, bool, "ahead")
    key = None if party is None else key_of(party)
    known = books_of(invoices)
    asked = known if key is None else known.of_client(key)
    parts = [part for each in asked if each.reading(as_of).claim for part in _parts(of, each)]
    _require_one_client({part.client for part in parts})
    bills = list(_bills(parts))
    found = (_billing(period, bills) for period in _expected(of, as_of, ahead=ahead))
    return tuple(each for each in found if each.missing or each.doubled)


def _require_one_client(clients: Collection[str]) -> None:
    """Refuse to take what bills one client for what bills another."""
    if len(clients) > 1:
        raise ArgumentsError(
            "lines of several clients bill these periods",
            expected="invoices of one client",
            got=Words(", ".join(sorted(clients))),
            hint="pass party=",
        )


def _expected(of: Retainer | Recurring, as_of: date, *, ahead: bool) -> Iterator[Period]:
    """Yield the used days of each period that is to be billed by a day."""
    every = of.every if isinstance(of, Retainer) else of
    for period in begun_by(every, as_of):
        used = overlap(period, use_of(of)) if isinstance(of, Retainer) else period
        if used is not None and (used.start if ahead else used.end) <= as_of:
            yield used


class _Part(NamedTuple):
    """So much that an invoice bills some days with, or a credit note gives back of them."""

    client: str
    days: Period
    minor: int
    number: str
    credits: tuple[str, ...]


def _parts(of: Retainer | Recurring, invoice: Invoice) -> Iterator[_Part]:
    """Yield what an invoice that stands bills of a retainer, or gives back to be billed again."""
    is_note = invoice.kind.is_credit_note
    if is_note and invoice.effect is not CreditEffect.REBILL:
        return
    for line in invoice.lines:
        days = line.period or invoice.period
        if days is not None and (not isinstance(of, Retainer) or _is_of(of, line, days)):
            yield _Part(
                invoice.buyer.key,
                days,
                line.net_minor,
                str(invoice.number),
                invoice.preceding if is_note else (),
            )


def _bills(parts: Sequence[_Part]) -> Iterator[_Bill]:
    """Yield the days that invoices bill, and those that notes on them give back whole."""
    billed: Counter[tuple[str, Period]] = Counter()
    times: Counter[tuple[str, Period]] = Counter()
    for part in parts:
        if not part.credits:
            billed[part.number, part.days] += part.minor
            times[part.number, part.days] += 1
            yield part.days, 1, part.number
    back: Counter[tuple[str, Period]] = Counter()
    for part in parts:
        for number in part.credits:
            at = number, part.days
            before, back[at] = back[at], back[at] - part.minor
            is_whole = before < billed[at] <= back[at]
            yield part.days, -times[at] if is_whole else 0, part.number


def _is_of(retainer: Retainer, line: Line, days: Period) -> bool:
    """Say whether a line is one of a retainer, by the words of ``retainer_lines``."""
    words = f"{retainer.description} {days.start} - {days.last}"
    return line.description == retainer.description or line.description.startswith(words)


def _billing(period: Period, bills: Sequence[_Bill]) -> PeriodBilling:
    own = [
        (days, times, number)
        for billed, times, number in bills
        if (days := overlap(billed, period)) is not None
    ]
    edges = {
        period.start,
        period.end,
        *(day for days, _, _ in own for day in (days.start, days.end)),
    }
    counted = [
        (Period(start, end), sum(times for days, times, _ in own if start in days))
        for start, end in pairwise(sorted(edges))
    ]
    return PeriodBilling(
        period=period,
        invoices=tuple(dict.fromkeys(number for _, _, number in own)),
        missing=_joined(days for days, times in counted if times < 1),
        doubled=_joined(days for days, times in counted if times > 1),
    )


def _joined(stretches: Iterable[Period]) -> tuple[Period, ...]:
    """Return stretches in order, those that meet as one."""
    joined: list[Period] = []
    for each in stretches:
        if joined and joined[-1].end == each.start:
            joined[-1] = Period(joined[-1].start, each.end)
        else:
            joined.append(each)
    return tuple(joined)
