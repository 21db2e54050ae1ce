"""What cash comes in which week or month, by plan, claim, promise and the habits of clients."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import TypeAlias

from milestone_invoicing._checks import (
    require_int,
    require_type,
    tuple_of,
)
from milestone_invoicing.billing import Invoice, InvoiceKind, Party, Tax
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.document.party import key_of
from milestone_invoicing.contract import Schedule
from milestone_invoicing.errors import ArgumentsError, DuplicateKeyError, Words
from milestone_invoicing.money import Currency, Percent, Rounding, round_ratio
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.receivables.collection import running_promise
from milestone_invoicing.receivables.forecast.report import CashForecast, Cells, rows_of
from milestone_invoicing.receivables.forecast.scheduled_cash import scheduled_cash
from milestone_invoicing.receivables.forecast.slots import (
    ForecastPeriod,
    slot_of,
    slots_of,
)
from milestone_invoicing.receivables.metrics.habits import payment_habits
from milestone_invoicing.timing.months import add_days
from milestone_invoicing.timing.order import require_stretch

_SCHEDULED, _INVOICED, _PROMISED, _EXPECTED = range(4)
# Which column, whose, the day of it, and the amount in minor units.
_Cash: TypeAlias = tuple[int, str | None, date | None, Currency, int]


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
    has no day, and what the client withholds for the state is left out. **promised** is what a
    promise that is not broken says, by its day, oldest due first. **expected** is the same money,
    moved by the client's own average delay in whole days, half up; a promise is taken at its word,
    and a client without a history pays on the day. What is not due yet is never expected before
    *as_of*; what is expected in the overdue row should have come by now, late as this client is.

    In all rows together, expected = scheduled + invoiced + promised, and invoiced + promised is
    what is outstanding, less what is withheld. Credit not applied is left out.

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
    bills = books_of(invoices)
    _require_apart(contracts, bills, as_of)
    known = bills if history is None else history
    delays = None if delay_days is not None else _delays(known, as_of)
    slots = slots_of(as_of, until, period)
    by_day: dict[tuple[Currency, date | None], list[int]] = {}
    cash = [*_claimed(bills, as_of), *_scheduled(contracts, bills, as_of, _rate_of(tax), whose)]
    for column, client, day, currency, minor in cash:
        later = (delay_days or 0) if delays is None else delays.get((client, currency), 0)
        moved = day if column == _PROMISED else _moved(day, later, as_of)
        for place, on in ((column, day), (_EXPECTED, moved)):
            by_day.setdefault((currency, on), [0] * 4)[place] += minor
    cells: Cells = {}
    for (currency, day), minors in by_day.items():
        key = currency, slot_of(day, slots)
        cells[key] = list(map(add, cells.get(key, [0] * 4), minors))
    return CashForecast(as_of, until, period, rows_of(cells, slots))


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
    """Yield what is outstanding: a promise that is not broken is for what is due first."""
    for bill in bills:
        reading = bill.reading(as_of)
        if not reading.outstanding:
            continue
        client, currency = bill.buyer.key, reading.currency
        cash, held = reading.cash_by_item, reading.retained_by_item
        promise = running_promise(reading)
        promised: dict[int, int] = {}
        if promise:
            limits = ((place, cash[place]) for place in reading.by_due_date)
            promised.update(waterfall(promise.left.minor, limits))
            for part in promised.values():
                yield _PROMISED, client, promise.fact.pay_on, currency, part
        for place in reading.by_due_date:
            rest = cash[place] - promised.get(place, 0)
            if rest:
                yield _INVOICED, client, reading.due_days[place], currency, rest
            if held[place]:
                yield _INVOICED, client, None, currency, held[place]


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
                yield _SCHEDULED, whose, day, amount.currency, amount.minor


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
