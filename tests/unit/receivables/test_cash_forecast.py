"""A forecast: into which row and column money goes, and when it is expected."""

import re
from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import (
    REST,
    Cancelled,
    CashForecast,
    DueDateExtended,
    ForecastPeriod,
    ForecastRow,
    Installment,
    Invoice,
    Line,
    Milestone,
    Money,
    Outside,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Period,
    PlanAgreed,
    Promised,
    Schedule,
    Tax,
    Voided,
    cash_forecast,
)
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    DateTypeError,
    DuplicateKeyError,
    DuplicateNumberError,
    NumberTypeError,
    PeriodError,
    ReportMismatchError,
    WrongTypeError,
)
from tests.unit.advances import deposit_of
from tests.unit.bills import ACME, april, bill, eur, july, june, line, may

NOW = june(10)  # a Wednesday
MONTH = ForecastPeriod.MONTH
OUTSIDE = Tax.outside_scope()
BOLT = Party("bolt", "Bolt")


def due(day: date, amount: int, *facts: object, **parts: object) -> Invoice:
    """Return a bill of 1 April that is due on a day."""
    terms = PaymentTerms.net((day - april(1)).days)
    return bill(amount, *facts, issued_on=april(1), terms=terms, **parts)


def contract(due_on: date | None, amount: int = 900, key: str = "a", **parts: object) -> Schedule:
    parts = {"terms": PaymentTerms.net(14)} | parts
    return Schedule(eur(amount), [Milestone(key, "Audit", REST, due_on=due_on)], **parts)


def forecast(schedules: object, *bills: Invoice, **asked: object) -> CashForecast:
    asked = {"as_of": NOW, "until": july(31), "period": MONTH} | asked
    return cash_forecast(schedules, bills, **asked)


def cells(found: CashForecast) -> dict[str, tuple[int, ...]]:
    """Return the rows that are not zero, as units of scheduled, invoiced, promised, expected."""
    rows = {}
    for row in found.rows:
        amounts = (row.scheduled, row.invoiced, row.promised, row.expected)
        if any(amounts):
            name = str(row.slot) if isinstance(row.slot, Outside) else f"{row.slot.start:%d.%m.}"
            rows[name] = tuple(int(each.amount) for each in amounts)
    return rows


def periods(found: CashForecast) -> list[str]:
    return [str(row.slot) for row in found.rows]


def test_weeks_run_from_monday_to_sunday_and_the_first_begins_today():
    found = forecast([], due(NOW, 1), period=ForecastPeriod.WEEK, until=date(2026, 6, 30))
    assert periods(found) == [
        "overdue",
        "2026-06-10 to 2026-06-14",
        "2026-06-15 to 2026-06-21",
        "2026-06-22 to 2026-06-28",
        "2026-06-29 to 2026-06-30",
        "beyond",
        "undated",
    ]


@pytest.mark.parametrize(
    ("as_of", "until", "expected"),
    [
        (june(14), june(15), ["2026-06-14 to 2026-06-14", "2026-06-15 to 2026-06-15"]),
        (june(8), june(14), ["2026-06-08 to 2026-06-14"]),
        (june(10), june(10), ["2026-06-10 to 2026-06-10"]),
        (
            date(2026, 12, 31),
            date(2027, 1, 4),
            ["2026-12-31 to 2027-01-03", "2027-01-04 to 2027-01-04"],
        ),
        (date(2026, 12, 31), date(2027, 1, 1), ["2026-12-31 to 2027-01-01"]),
    ],
    ids=["a Sunday", "a whole week", "one day", "new year", "of one week"],
)
def test_a_week_is_cut_off_at_both_ends(as_of: date, until: date, expected: list[str]):
    found = forecast([], due(june(9), 1), as_of=as_of, until=until, period=ForecastPeriod.WEEK)
    assert periods(found)[1:-2] == expected


def test_months_are_those_of_the_calendar():
    found = forecast([], due(NOW, 1), until=date(2026, 8, 15))
    months = ["2026-06-10 to 2026-06-30", "2026-07-01 to 2026-07-31", "2026-08-01 to 2026-08-15"]
    assert periods(found)[1:-2] == months


def test_the_last_week_of_the_calendar_ends_a_day_early():
    last = date(9999, 12, 30)
    found = forecast([], due(june(9), 1), as_of=last, until=last, period=ForecastPeriod.WEEK)
    assert periods(found)[1] == "9999-12-30 to 9999-12-30"


@pytest.mark.parametrize(
    ("day", "row"),
    [
        (june(9), "overdue"),
        (june(10), "10.06."),
        (june(30), "10.06."),
        (july(1), "01.07."),
        (july(31), "01.07."),
        (date(2026, 8, 1), "beyond"),
    ],
)
def test_what_is_due_stands_in_the_row_of_its_day(day: date, row: str):
    assert cells(forecast([], due(day, 100))) == {row: (0, 100, 0, 100)}


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        pytest.param(
            due(june(9), 100, DueDateExtended(july(5), "x", on=june(1))),
            {"01.07.": (0, 100, 0, 100)},
            id="extended",
        ),
        pytest.param(
            due(june(20), 100, Payment(eur(30), on=june(10))),
            {"10.06.": (0, 70, 0, 70)},
            id="100 - 30",
        ),
        pytest.param(
            due(june(20), 100, Payment(eur(30), on=june(11))),
            {"10.06.": (0, 100, 0, 100)},
            id="paid tomorrow",
        ),
        pytest.param(due(june(20), 100, Voided("x", on=june(9))), {}, id="void"),
        pytest.param(bill(100, number=None), {}, id="draft"),
        pytest.param(bill(100, issued_on=june(11)), {}, id="issued tomorrow"),
        pytest.param(
            bill(100, terms=PaymentTerms([Installment(Percent(100), after="delivery")])),
            {"undated": (0, 100, 0, 100)},
            id="waits for an event",
        ),
        pytest.param(
            due(july(2), 100, held=eur(40)),
            {"01.07.": (0, 60, 0, 60), "undated": (0, 40, 0, 40)},
            id="40 held",
        ),
        pytest.param(
            due(july(2), 100, Payment(eur(60), on=june(1)), held=eur(40)),
            {"undated": (0, 40, 0, 40)},
            id="40 held and all else paid",
        ),
        pytest.param(
            due(
                june(9),
                100,
                PlanAgreed(
                    [DueAmount(june(15), eur(50)), DueAmount(july(15), eur(50))], on=june(9)
                ),
            ),
            {"10.06.": (0, 50, 0, 50), "01.07.": (0, 50, 0, 50)},
            id="a plan",
        ),
    ],
)
def test_an_invoice_is_forecast_as_it_stands(invoice: Invoice, expected: object):
    assert cells(forecast([], invoice)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([Promised(july(3), on=june(5))], {"01.07.": (0, 0, 100, 100)}, id="all of it"),
        pytest.param(
            [Promised(july(3), eur(40), on=june(5))],
            {"overdue": (0, 60, 0, 60), "01.07.": (0, 0, 40, 40)},
            id="40",
        ),
        pytest.param(
            [Promised(july(3), eur(40), on=june(5)), Payment(eur(30), on=june(6))],
            {"overdue": (0, 60, 0, 60), "01.07.": (0, 0, 10, 10)},
            id="40, of which 30 came",
        ),
        pytest.param(
            [Promised(june(10), on=june(5))], {"10.06.": (0, 0, 100, 100)}, id="for today"
        ),
        pytest.param(
            [Promised(june(9), on=june(5))], {"overdue": (0, 100, 0, 100)}, id="broken yesterday"
        ),
        pytest.param(
            [Promised(july(3), on=june(11))], {"overdue": (0, 100, 0, 100)}, id="not made yet"
        ),
    ],
)
def test_a_promise_takes_the_place_of_the_due_date(facts: list[object], expected: object):
    assert cells(forecast([], due(june(1), 100, *facts))) == expected


def test_a_promise_is_for_what_is_due_first():
    halves = PaymentTerms.monthly(2, first_days=90)  # 30 June, and 30 July
    invoice = bill(100, Promised(june(20), eur(70), on=june(5)), issued_on=april(1), terms=halves)
    expected = {"10.06.": (0, 0, 70, 70), "01.07.": (0, 30, 0, 30)}
    assert cells(forecast([], invoice)) == expected


def late(days: int, number: str, buyer: Party = ACME) -> Invoice:
    """Return a bill due on 1 May that was paid so many days late."""
    fact = Payment(eur(10), on=date.fromordinal(may(1).toordinal() + days))
    return due(may(1), 10, fact, number=number, buyer=buyer)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        pytest.param([], "10.06.", id="none: on the day"),
        pytest.param([late(12, "h")], "10.06.", id="12: 30 June"),
        pytest.param([late(13, "h")], "01.07.", id="13: 1 July"),
        pytest.param([late(12, "h"), late(13, "i")], "01.07.", id="12.5, half up: 1 July"),
        pytest.param([late(40, "h", BOLT)], "10.06.", id="of another client"),
        pytest.param([late(-20, "h")], "10.06.", id="early, but not before today"),
    ],
)
def test_money_is_expected_as_late_as_its_client_pays(history: list[Invoice], expected: str):
    found = forecast([], due(june(18), 100), *history)
    assert {row.slot for row in found.rows if row.invoiced} == {Period(NOW, july(1))}
    assert [name for name, amounts in cells(found).items() if amounts[3]] == [expected]
    assert found == forecast([], due(june(18), 100), history=history)


@pytest.mark.parametrize(
    ("delay_days", "expected"),
    [
        (None, "10.06."),
        (0, "overdue"),
        (1, "overdue"),
        (9, "10.06."),
        (8, "overdue"),
        (-9, "overdue"),
    ],
)
def test_overdue_money_is_expected_a_delay_after_its_day(delay_days: int | None, expected: str):
    found = forecast([], due(june(1), 100), late(10, "h"), delay_days=delay_days)
    assert [name for name, amounts in cells(found).items() if amounts[3]] == [expected]


@pytest.mark.parametrize(("delay_days", "expected"), [(0, "10.06."), (1, "01.07.")])
def test_a_delay_of_no_days_moves_nothing(delay_days: int, expected: str):
    found = forecast([], due(june(30), 100), late(10, "h"), delay_days=delay_days)
    assert [name for name, amounts in cells(found).items() if amounts[3]] == [expected]


def test_what_is_due_today_is_not_expected_before_today():
    found = forecast([], due(NOW, 100), delay_days=-1)
    assert cells(found) == {"10.06.": (0, 100, 0, 100)}


def test_the_deposits_among_the_invoices_of_one_contract_are_its_own():
    asked = attrs.evolve(deposit_of(line(100)), terms=PaymentTerms.on_receipt())
    found = forecast(contract(june(20)), asked)
    assert cells(found) == {"01.07.": (800, 0, 0, 800)}


def test_a_what_if_delay_moves_all_but_promises_and_what_has_no_day():
    promised = due(june(1), 5, Promised(june(12), on=june(5)), number="2")
    undated = bill(7, number="3", terms=PaymentTerms([Installment(Percent(100), after="delivery")]))
    found = forecast(contract(june(12)), due(june(20), 100), promised, undated, delay_days=30)
    assert cells(found) == {
        "10.06.": (900, 100, 5, 5),
        "01.07.": (0, 0, 0, 1000),
        "undated": (0, 7, 0, 7),
    }


def test_the_client_of_scheduled_money_is_that_of_its_invoices_or_named():
    bills = [
        late(20, "h"),
        bill(90, number="2", milestone="a", issued_on=may(2)),
        late(0, "i", BOLT),
    ]
    moved = {"overdue": (0, 90, 0, 0), "10.06.": (810, 0, 0, 90), "01.07.": (0, 0, 0, 810)}
    assert cells(forecast(contract(june(12)), *bills)) == moved
    assert forecast(contract(june(12)), *bills, party=BOLT) == forecast(
        contract(june(12)), *bills, party="bolt"
    )
    named = moved | {"10.06.": (810, 0, 0, 900)}
    del named["01.07."]
    assert cells(forecast(contract(june(12)), *bills, party="bolt")) == named
    two = bill(1, number="3", milestone="a", issued_on=may(2), buyer=BOLT)
    assert cells(forecast(contract(june(12)), *bills, two))["10.06."][3] == 809 + 90
    later = bill(1, number="3", milestone="a", issued_on=june(11), buyer=BOLT)
    assert cells(forecast(contract(june(12)), *bills, later)) == moved


def test_currencies_stay_apart():
    dollars = Invoice("D", may(1), ACME, [Line("Work", 1, Money.of(5, "USD"))])
    found = forecast([], dollars, due(june(20), 100))
    assert [str(total.due) for total in found.totals] == ["EUR 100.00", "USD 5.00"]
    assert len(found.rows) == 2 * 5


def test_a_total_is_the_sum_of_its_rows():
    found = forecast(contract(june(12)), due(june(1), 100), due(july(1), 10, number="2"))
    (total,) = found.totals
    assert (total.slot, total.scheduled, total.invoiced) == (None, eur(900), eur(110))
    assert total.expected == total.due == eur(1010)


def test_a_forecast_of_nothing_has_no_rows_and_changes_no_sum():
    found = forecast(contract(june(12)), due(june(1), 100))
    assert forecast([]).rows == ()
    assert forecast([]) + found == found + forecast([]) == sum([found]) == found


def test_several_contracts_are_one_forecast_or_a_sum():
    one, two = contract(june(12)), contract(july(12), key="b")
    bills = [bill(90, number="1", milestone="a"), bill(80, number="2", milestone="b", buyer=BOLT)]
    apart = forecast(one, bills[0]) + forecast(two, bills[1])
    assert forecast([one, two], *bills) == apart
    assert [int(total.scheduled.amount) for total in apart.totals] == [810 + 820]


@pytest.mark.parametrize("other", [1, None, 1.5])
def test_nothing_else_is_added(other: object):
    for left, right in ((forecast([]), other), (other, forecast([]))):
        with pytest.raises(TypeError, match="unsupported operand"):
            left + right


@pytest.mark.parametrize(
    "asked",
    [{"as_of": june(9)}, {"until": july(30)}, {"period": ForecastPeriod.WEEK}],
    ids=["as_of", "until", "period"],
)
def test_forecasts_of_other_days_do_not_add_up(asked: dict[str, object]):
    message = "forecasts of different days or periods do not add up: expected 2026-06-10 to"
    with pytest.raises(ReportMismatchError, match=message):
        forecast([]) + forecast([], **asked)


def test_what_is_cancelled_or_waits_for_a_decision_is_not_scheduled():
    gone = contract(june(12)).record("a", Cancelled("x", on=june(10)))
    assert forecast(gone).rows == ()
    assert forecast(contract(june(12)).record("a", Cancelled("x", on=june(11)))).rows
    void = bill(900, Voided("x", on=june(9)), milestone="a")
    assert forecast(contract(june(12)), void).rows == ()


@pytest.mark.parametrize(
    ("tax", "amount"),
    [
        (Percent(21), 1089),
        (Tax.standard(21), 1089),
        (Tax("S", Percent(6)), 954),
        (Tax("AE", Percent(0)), 900),
        (OUTSIDE, 900),
    ],
    ids=["21 %", "21 % of the standard rate", "6 %", "reverse charge", "outside"],
)
def test_the_tax_of_what_is_scheduled_is_a_percentage_or_that_of_its_lines(
    tax: Percent | Tax, amount: int
):
    (total,) = forecast(contract(june(12)), tax=tax).totals
    assert total.scheduled == eur(amount)


def test_a_tax_without_a_rate_is_a_tax_of_zero_and_a_deposit_is_taken_off_with_it():
    deposit = deposit_of(line(100, tax=Tax.standard(20)))
    asked = [forecast(contract(june(12)), deposit, tax=each) for each in (OUTSIDE, Percent(0))]
    assert asked[0] == asked[1] != forecast(contract(june(12)), deposit)


def test_a_row_says_what_is_due_in_it():
    row = ForecastRow(Outside.BEYOND, eur(1).currency, eur(1), eur(2), eur(4), eur(8))
    assert row.due == eur(7)


SAME = [contract(june(1)), contract(june(2))]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: forecast(1), WrongTypeError, "schedules is not a collection"),
        (lambda: forecast([1]), WrongTypeError, "schedules[0] is of the wrong type"),
        (lambda: forecast([], 1), WrongTypeError, "invoices[0] is of the wrong type"),
        (
            lambda: forecast([], bill(), bill()),
            DuplicateNumberError,
            "two invoices have one",
        ),
        (lambda: forecast([], as_of=datetime(2026, 6, 1)), DateTypeError, "as_of is not a plain"),
        (
            lambda: forecast([], until=june(9)),
            PeriodError,
            "a stretch ends before it starts: expected 2026-06-10 or later, got",
        ),
        (lambda: forecast([], period="week"), WrongTypeError, "the period of a forecast is of the"),
        (
            lambda: forecast([], tax=21),
            WrongTypeError,
            "tax is of the wrong type: expected Percent or Tax or None, got 21",
        ),
        (lambda: forecast([], delay_days="1"), NumberTypeError, "delay_days is not a whole number"),
        (
            lambda: forecast([], delay_days=0, history=[]),
            ArgumentsError,
            (
                "delay_days takes the place of every client's own delay: expected delay_days or "
                "history, got both; leave one of them out"
            ),
        ),
        (
            lambda: CashForecast(NOW, july(31), MONTH, forecast([], due(july(1), 1)).totals),
            ReportMismatchError,
            "a row is of no period of its forecast: expected overdue, a month from 2026-06-10 on",
        ),
        (
            lambda: CashForecast(NOW, july(31), MONTH, (1,)),
            WrongTypeError,
            "rows[0] is of the wrong type: expected ForecastRow, got 1",
        ),
        (lambda: CashForecast(NOW, july(31), MONTH, [1]), WrongTypeError, "the rows of a forecast"),
        (lambda: CashForecast(NOW, july(31), "month"), WrongTypeError, "the period of a forecast"),
        (lambda: CashForecast(NOW, june(9), MONTH), PeriodError, "a stretch ends before it starts"),
        (lambda: CashForecast(1, june(9), MONTH), DateTypeError, "as_of is not a plain date"),
        (
            lambda: forecast([], party=1),
            WrongTypeError,
            "the client is of the wrong type: expected Party or str, got 1",
        ),
        (lambda: forecast([], party=" "), BlankTextError, "the key of the client is blank"),
        (
            lambda: forecast(SAME),
            DuplicateKeyError,
            "two schedules have a milestone of one key: expected different keys, got 'a'; forecast",
        ),
        (
            lambda: forecast([SAME[0], contract(june(1), key="b")], deposit_of(line())),
            ArgumentsError,
            "nothing says of which contract a deposit is: expected one schedule with its own",
        ),
    ],
    ids=[
        "schedules",
        "schedule",
        "invoice",
        "twice",
        "as_of",
        "until",
        "period",
        "tax",
        "delay",
        "delays",
        "row",
        "rows",
        "no tuple",
        "unit",
        "last day",
        "first day",
        "party",
        "blank",
        "keys",
        "deposit",
    ],
)
def test_what_cannot_be_forecast_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()
