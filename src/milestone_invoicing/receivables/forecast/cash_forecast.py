"""What cash comes in which week or month, by plan, claim, promise and the habits of clients."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import TypeAlias

import attrs

from milestone_invoicing._checks import (
    require_int,
    require_type,
    tuple_of,
)
from milestone_invoicing.billing import Invoice, InvoiceKind, Party, Tax
from milestone_invoicing.billing.document.party import key_of
from milestone_invoicing.billing.invoice import require_unique_numbers
from milestone_invoicing.contract import Schedule
from milestone_invoicing.errors import ArgumentsError, DuplicateKeyError, ReportMismatchError, Words
from milestone_invoicing.money import Currency, Money, Percent, Rounding, round_ratio
from milestone_invoicing.money.currency import currency_order
from milestone_invoicing.receivables.forecast.claimed_cash import claimed_cash
from milestone_invoicing.receivables.forecast.scheduled_cash import scheduled_cash
from milestone_invoicing.receivables.forecast.slots import (
    ForecastPeriod,
    Slot,
    slot_of,
    slots_of,
)
from milestone_invoicing.receivables.metrics.habits import payment_habits
from milestone_invoicing.timing.months import add_days
from milestone_invoicing.timing.order import require_stretch

_SCHEDULED, _INVOICED, _PROMISED, _EXPECTED = range(4)
# Which column, whose, the day of it, and the amount.
_Cash: TypeAlias = tuple[int, str | None, date | None, Money]
_Cells: TypeAlias = dict[tuple[Currency, Slot | None], list[int]]


@attrs.frozen
class ForecastRow:
    """The cash of one period and currency, or of what falls into no period.

    Each unit of money stands once among *scheduled*, *invoiced* and *promised* of all rows, and
    once in their *expected*.

    Attributes:
        slot: a period, ``Outside`` or, in a total, None.
        currency: of all amounts.
        scheduled: not billed yet, by the terms of its planned bill.
        invoiced: billed and not promised, by due date as extended.
        promised: by the day that the client promised.
        expected: all three, by the day on which they will come as this client pays.
    """

    slot: Slot | None
    currency: Currency
    scheduled: Money
    invoiced: Money
    promised: Money
    expected: Money

    @property
    def due(self) -> Money:
        """What comes in it if all is paid on its day: scheduled + invoiced + promised."""
        return self.scheduled + self.invoiced + self.promised


@attrs.frozen
class CashForecast:
    """What cash comes when; forecasts of different contracts and invoices add up with ``+``.

    Attributes:
        as_of: the day on which it is made, and the first one of it.
        until: the last day of it.
        unit: of its periods.
        rows: by currency code; for each currency what is overdue, the periods in order, what comes
            beyond the last day, and what has no day.

    Raises:
        PeriodError: *until* is before *as_of*.
        ReportMismatchError: a row is of no period of it.
        WrongTypeError, DateTypeError: a part is of another type.
    """

    as_of: date
    until: date
    unit: ForecastPeriod
    rows: tuple[ForecastRow, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check each part, so that no sum leaves a row out."""
        require_stretch(self.as_of, self.until, names=("as_of", "until"))
        require_type(self.unit, ForecastPeriod, "the period of a forecast")
        require_type(self.rows, tuple, "the rows of a forecast")
        slots = set(slots_of(self.as_of, self.until, self.unit)) if self.rows else set[Slot]()
        for index, row in enumerate(self.rows):
            require_type(row, ForecastRow, f"rows[{index}]")
            if row.slot not in slots:
                raise ReportMismatchError(
                    "a row is of no period of its forecast",
                    expected=f"overdue, a {self.unit} from {self.as_of} on, beyond or undated",
                    got=Words(str(row.slot)),
                )

    @property
    def totals(self) -> tuple[ForecastRow, ...]:
        """One row per currency, the sum of its rows."""
        sums: dict[Currency, list[int]] = {}
        for row in self.rows:
            sums[row.currency] = list(map(add, sums.get(row.currency, [0] * 4), _minors(row)))
        return tuple(_row(None, currency, minors) for currency, minors in sums.items())

    def __add__(self, other: "CashForecast") -> "CashForecast":
        """Return the forecast of what is in both.

        Raises:
            ReportMismatchError: the days or the periods differ.
        """
        if not isinstance(other, CashForecast):
            return NotImplemented
        if (self.as_of, self.until, self.unit) != (other.as_of, other.until, other.unit):
            raise ReportMismatchError(
                "forecasts of different days or periods do not add up",
                expected=f"{self.as_of} to {self.until} by {self.unit}",
                got=Words(f"{other.as_of} to {other.until} by {other.unit}"),
            )
        cells: _Cells = {}
        for row in (*self.rows, *other.rows):
            key = row.currency, row.slot
            cells[key] = list(map(add, cells.get(key, [0] * 4), _minors(row)))
        return _forecast(self.as_of, self.until, self.unit, cells)

    def __radd__(self, other: object) -> "CashForecast":
        """Let ``sum()`` start from its own zero."""
        return self if type(other) is int and other == 0 else NotImplemented


def cash_forecast(  # noqa: PLR0913  # what is forecast, over which days, and each assumption by name
    schedules: Schedule | Iterable[Schedule],
    invoices: Iterable[Invoice],
    *,
    as_of: date,
    until: date,
    period: ForecastPeriod = ForecastPeriod.WEEK,
    delay_days: int | None = None,
    tax: Percent | Tax | None = None,
    party: Party | str | None = None,
    history: Iterable[Invoice] | None = None,
) -> CashForecast:
    """Return what cash comes when, as known on a day, in four columns that do not overlap.

    **scheduled** is what is not billed yet. A milestone is billed on the day since which it may be,
    or by itself will be: *as_of* if that is past; else on its day of delivery. Its own terms count
    from there, else those of the schedule, else it is due at once. What waits for a decision is
    left out. What the contract retains has no day; a deposit is taken off the bills in the agreed
    order, and comes on signing while it is not billed. Its cap is not looked at.
    **invoiced** is what is open, by due date as extended, disputed amounts included; what is held
    has no day. **promised** is what a promise that is not broken says, by its day, oldest due
    first. **expected** is the same money, moved by the client's own average delay in whole days,
    half up; a promise is taken at its word, and a client without a history pays on the day. What is
    not due yet is never expected before *as_of*; what is expected in the overdue row should have
    come by now, late as this client is.

    In all rows together, expected = scheduled + invoiced + promised, and invoiced + promised is
    what is outstanding. Credit not applied is left out.

    Args:
        schedules: a contract, or several whose milestones have different keys. Forecast each on its
            own and add the forecasts where keys meet, or deposits are billed.
        invoices: all of those contracts, and of no contract if you like.
        as_of: facts, issue dates and change orders after it are invisible.
        until: the last day, included.
        period: weeks start on Monday and months on the 1st, but the first period on *as_of*.
        delay_days: what if all clients pay so many days late, whatever their own delay; below zero
            is early.
        tax: added to what is scheduled, half up: a percentage, or a ``Tax`` for its rate. None
            leaves that net, while what is invoiced is with tax.
        party: the client of the contracts, or its key; by default that of their invoices, if it is
            one.
        history: the invoices by which clients' delays are known; by default *invoices*. With
            *delay_days* nothing would look at it.

    Raises:
        PeriodError: *until* is before *as_of*.
        DuplicateKeyError: two schedules have a milestone of one key.
        ArgumentsError: deposits are billed, and there are several schedules; or both *delay_days*
            and *history* are given.
        OverbillingError, NumberRangeError, DuplicateNumberError, CurrencyMismatchError: as
            ``milestone_billing``.
        SharesError, RemainderSignError, PaymentTermsError, DateRangeError, CalendarRangeError,
            DueBeforeStartError: the terms do not fit what is scheduled, or a day.
        BlankTextError, NumberTypeError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [Milestone("a", "Audit", REST, due_on=date(2026, 5, 29))],
        ...     terms=PaymentTerms.net(14),
        ... )
        >>> forecast = cash_forecast(
        ...     schedule,
        ...     [],
        ...     as_of=date(2026, 5, 4),
        ...     until=date(2026, 6, 30),
        ...     period=ForecastPeriod.MONTH,
        ... )
        >>> for row in forecast.rows:
        ...     print(f"{row.slot}: {row.scheduled}")
        overdue: EUR 0.00
        2026-05-04 to 2026-05-31: EUR 0.00
        2026-06-01 to 2026-06-30: EUR 900.00
        beyond: EUR 0.00
        undated: EUR 0.00

    Source: the receipts side of a cash flow forecast; the columns are a convention of this library.
    """
    require_stretch(as_of, until, names=("as_of", "until"))
    require_type(period, ForecastPeriod, "the period of a forecast")
    require_type(tax, (Percent, Tax, type(None)), "tax")
    _require_one_delay(delay_days, history)
    whose = None if party is None else key_of(party)
    contracts = (schedules,) if isinstance(schedules, Schedule) else schedules
    contracts = tuple_of(contracts, Schedule, "schedules")
    bills = require_unique_numbers(invoices)
    _require_apart(contracts, bills, as_of)
    known = bills if history is None else history
    delays = None if delay_days is not None else _delays(known, as_of)
    slots = slots_of(as_of, until, period)
    cells: _Cells = {}
    cash = [*_claimed(bills, as_of), *_scheduled(contracts, bills, as_of, _rate_of(tax), whose)]
    for column, client, day, amount in cash:
        later = (delay_days or 0) if delays is None else delays.get((client, amount.currency), 0)
        moved = day if column == _PROMISED else _moved(day, later, as_of)
        for place, on in ((column, day), (_EXPECTED, moved)):
            key = amount.currency, slot_of(on, slots)
            cells.setdefault(key, [0] * 4)[place] += amount.minor
    return _forecast(as_of, until, period, cells)


def _require_one_delay(delay_days: int | None, history: Iterable[Invoice] | None) -> None:
    """Refuse a delay for all clients beside the invoices by which each has its own."""
    if delay_days is None:
        return
    require_int(delay_days, "delay_days")
    if history is not None:
        raise ArgumentsError(
            "delay_days takes the place of every client's own delay",
            expected="delay_days or history",
            got=Words("both"),
            hint="leave one of them out",
        )


def _rate_of(tax: Percent | Tax | None) -> Percent | None:
    """Return the percentage of a tax; one that has none adds nothing."""
    return (tax.rate or Percent(0)) if isinstance(tax, Tax) else tax


def _moved(day: date | None, later: int, as_of: date) -> date | None:
    """Return a day moved by a delay; what is not due yet cannot have come before today."""
    if day is None:
        return None
    moved = add_days(day, later)
    return moved if day < as_of else max(moved, as_of)


def _delays(history: Iterable[Invoice], as_of: date) -> Mapping[tuple[str | None, Currency], int]:
    """Return by how many whole days each client pays late, half up."""
    return {
        (each.party, each.currency): round_ratio(
            each.days_late.numerator, each.days_late.denominator, Rounding.HALF_UP
        )
        for each in payment_habits(history, as_of=as_of)
    }


def _claimed(bills: Iterable[Invoice], as_of: date) -> Iterator[_Cash]:
    for bill in bills:
        for is_promised, day, amount in claimed_cash(bill, as_of):
            if amount:
                yield _PROMISED if is_promised else _INVOICED, bill.buyer.key, day, amount


def _scheduled(
    schedules: Sequence[Schedule],
    bills: Sequence[Invoice],
    as_of: date,
    tax: Percent | None,
    party: str | None,
) -> Iterator[_Cash]:
    for schedule in schedules:
        keys = set(schedule.keys)
        of_it = [bill for bill in bills if any(line.milestone in keys for line in bill.lines)]
        whose = party or _only_client(of_it, as_of)
        for day, amount in scheduled_cash(
            schedule, bills if len(schedules) == 1 else of_it, as_of, tax
        ):
            if amount:
                yield _SCHEDULED, whose, day, amount


def _only_client(bills: Iterable[Invoice], as_of: date) -> str | None:
    """Return the client of issued bills, if it is one."""
    clients = {bill.buyer.key for bill in bills if bill.is_issued(as_of)}
    return clients.pop() if len(clients) == 1 else None


def _require_apart(schedules: Sequence[Schedule], bills: Iterable[Invoice], as_of: date) -> None:
    """Refuse several contracts of which nobody can say whose a bill is."""
    seen: set[str] = set()
    for schedule in schedules:
        for key in schedule.keys:
            if key in seen:
                raise DuplicateKeyError(
                    "two schedules have a milestone of one key",
                    expected="different keys",
                    got=key,
                    hint="forecast each contract with its own invoices, and add the forecasts",
                )
        seen |= set(schedule.keys)
    for bill in bills if len(schedules) > 1 else ():
        if bill.kind is InvoiceKind.DEPOSIT and bill.is_issued(as_of):
            raise ArgumentsError(
                "nothing says of which contract a deposit is",
                expected="one schedule with its own invoices",
                got=Words(f"{len(schedules)} schedules and deposit {bill.number}"),
                hint="forecast each contract with its own invoices, and add the forecasts",
            )


def _forecast(as_of: date, until: date, unit: ForecastPeriod, cells: _Cells) -> CashForecast:
    """Box the cells: all slots of each currency that is there."""
    slots = slots_of(as_of, until, unit)
    found = {currency for currency, _ in cells}
    rows = (
        _row(slot, currency, cells.get((currency, slot), [0] * 4))
        for currency in sorted(found, key=currency_order)
        for slot in slots
    )
    return CashForecast(as_of, until, unit, tuple(rows))


def _row(slot: Slot | None, currency: Currency, minors: Sequence[int]) -> ForecastRow:
    return ForecastRow(slot, currency, *(Money(minor, currency) for minor in minors))


def _minors(row: ForecastRow) -> list[int]:
    amounts = (row.scheduled, row.invoiced, row.promised, row.expected)
    return [amount.minor for amount in amounts]
