"""Aging: which column an amount stands in, what a report holds, how reports add up."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from milestone_invoicing import (
    AgeBy,
    AgingBasis,
    AgingBuckets,
    AgingReport,
    AgingRow,
    Currency,
    DueDateExtended,
    ExchangeRates,
    Money,
    OpenItem,
    Party,
    Payment,
    PaymentTerms,
    Voided,
    age,
)
from milestone_invoicing.errors import (
    BlankTextError,
    BucketsError,
    DateTypeError,
    MilestoneInvoicingError,
    NumberTypeError,
    ReportMismatchError,
    WrongTypeError,
)
from tests.unit.bills import april, bill, eur, june, may

DUE = date(2026, 5, 31)
EUR = Currency.of("EUR")


def item(
    amount: int = 100,
    party: str = "acme",
    due_on: date | None = DUE,
    issued_on: date | None = None,
) -> OpenItem:
    return OpenItem("17", party, due_on, eur(amount), issued_on)


def row(party: str | None, *amounts: int) -> AgingRow:
    """Return a row: current, 1-30, 31-60, 61-90, 91+, undated, retained, unapplied."""
    current, *buckets, undated, retained, unapplied = map(eur, amounts)
    return AgingRow(party, EUR, current, tuple(buckets), undated, eur(0), retained, unapplied)


@pytest.mark.parametrize(
    ("days", "column"),
    [
        (-400, 0),
        (-1, 0),
        (0, 0),
        (1, 1),
        (30, 1),
        (31, 2),
        (60, 2),
        (61, 3),
        (90, 3),
        (91, 4),
        (9999, 4),
    ],
    ids=str,
)
def test_days_overdue_fall_into_a_column(days: int, column: int):
    assert AgingBuckets().column(days) == column
    amounts = [0] * 8
    amounts[column] = 100
    assert age([item()], as_of=DUE + timedelta(days)).rows == (row("acme", *amounts),)


@pytest.mark.parametrize(
    ("edges", "labels"),
    [
        ((30, 60, 90), ("1-30", "31-60", "61-90", "91+")),
        ((30,), ("1-30", "31+")),
        ((1, 2), ("1-1", "2-2", "3+")),
        ((7, 14, 21, 28), ("1-7", "8-14", "15-21", "22-28", "29+")),
    ],
    ids=str,
)
def test_buckets_are_named_by_their_days(edges: tuple[int, ...], labels: tuple[str, ...]):
    assert AgingBuckets(edges).labels == labels
    assert AgingBuckets(iter(edges)) == AgingBuckets(edges)


@pytest.mark.parametrize(
    ("edges", "error", "message"),
    [
        (
            (),
            BucketsError,
            r"edges do not rise: expected days such as \(30, 60, 90\), the first 1 or",
        ),
        ((0, 30), BucketsError, "bucket edges do not rise"),
        ((-1, 30), BucketsError, "bucket edges do not rise"),
        ((30, 30), BucketsError, r"bucket edges do not rise.*got \(30, 30\)"),
        ((60, 30), BucketsError, "bucket edges do not rise"),
        ((30, True), NumberTypeError, "an edge of a bucket is not a whole number: expected int"),
        ((30.0,), NumberTypeError, "an edge of a bucket is not a whole number"),
        (("30",), NumberTypeError, "an edge of a bucket is not a whole number"),
        ("30", WrongTypeError, "edges is not a collection"),
        (30, WrongTypeError, "edges is not a collection"),
    ],
    ids=str,
)
def test_edges_are_refused(edges: Any, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        AgingBuckets(edges)


def test_the_first_edge_may_be_a_day():
    assert AgingBuckets((1,)).column(1) == 1
    assert AgingBuckets((1,)).column(2) == 2


@pytest.mark.parametrize("days", [True, "1", None], ids=str)
def test_days_overdue_are_whole(days: Any):
    with pytest.raises(NumberTypeError, match="days overdue is not a whole number: expected int"):
        AgingBuckets().column(days)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"reference": 1}, WrongTypeError, "the reference of an open item is of the wrong type"),
        ({"party": " "}, BlankTextError, "the party of an open item is blank"),
        ({"due_on": "now"}, DateTypeError, "due_on is not a plain date"),
        ({"open": 100}, WrongTypeError, "the open amount is of the wrong type: expected Money"),
        ({"issued_on": "now"}, DateTypeError, "issued_on is not a plain date"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else None,
)
def test_an_open_item_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    good = {"reference": "1", "party": "acme", "due_on": DUE, "open": eur(1)}
    with pytest.raises(error, match=message):
        OpenItem(**(good | parts))


TWO_PARTS = PaymentTerms.monthly(2, first_days=14)  # 15 May and 15 June


@pytest.mark.parametrize(
    ("items", "rows"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([item(due_on=None)], [(0, 0, 0, 0, 0, 100, 0, 0)], id="undated"),
        pytest.param([item(-100)], [(0, 0, 0, 0, 0, 0, 0, -100)], id="a credit"),
        pytest.param([item(-100, due_on=None)], [(0, 0, 0, 0, 0, 0, 0, -100)], id="undated credit"),
        pytest.param([item(0)], [], id="nothing open"),
        pytest.param([item(issued_on=june(16))], [], id="issued the day after"),
        pytest.param(
            [item(issued_on=june(15))], [(0, 100, 0, 0, 0, 0, 0, 0)], id="issued on the day"
        ),
        pytest.param([bill()], [(0, 1000, 0, 0, 0, 0, 0, 0)], id="an invoice"),
        pytest.param([bill(number=None)], [], id="a draft"),
        pytest.param([bill(issued_on=june(16))], [], id="an invoice of the day after"),
        pytest.param([bill(1000, Voided("x", on=june(15)))], [], id="a void"),
        pytest.param(
            [bill(1000, Voided("x", on=june(16)))],
            [(0, 1000, 0, 0, 0, 0, 0, 0)],
            id="void the day after",
        ),
        pytest.param([bill(0)], [], id="a bill of zero"),
        pytest.param([bill(-5)], [(0, 0, 0, 0, 0, 0, 0, -5)], id="a claim below zero"),
        pytest.param([bill(1000, Payment(eur(1000), on=may(9)))], [], id="paid"),
        pytest.param(
            [bill(1000, Payment(eur(1050), on=may(9)))], [(0, 0, 0, 0, 0, 0, 0, -50)], id="overpaid"
        ),
        pytest.param(
            [bill(1000, Payment(eur(10), on=may(9)), issued_on=june(16))],
            [(0, 0, 0, 0, 0, 0, 0, -10)],
            id="prepaid",
        ),
        pytest.param(
            [bill(terms=TWO_PARTS)], [(500, 0, 500, 0, 0, 0, 0, 0)], id="instalments singly"
        ),
        pytest.param(
            [bill(1000, Payment(eur(600), on=may(9)), terms=TWO_PARTS)],
            [(400, 0, 0, 0, 0, 0, 0, 0)],
            id="the older instalment is paid first",
        ),
        pytest.param(
            [bill(1000, DueDateExtended(june(15), "x", on=june(15)))],
            [(1000, 0, 0, 0, 0, 0, 0, 0)],
            id="extended",
        ),
        pytest.param(
            [bill(1000, DueDateExtended(june(15), "x", on=june(16)))],
            [(0, 1000, 0, 0, 0, 0, 0, 0)],
            id="extended the day after",
        ),
        pytest.param(
            [item(1), item(2), item(-4), item(8, due_on=april(1)), item(16, due_on=june(15))],
            [(16, 3, 0, 8, 0, 0, 0, -4)],
            id="many of one client",
        ),
    ],
)
def test_on_15_june_it_stands(items: list[Any], rows: list[tuple[int, ...]]):
    # 15 June is 15 days after 31 May, 31 after 15 May and 75 after 1 April.
    report = age(iter(items), as_of=june(15))
    assert report == AgingReport.of_rows(
        (row("acme", *amounts) for amounts in rows), as_of=june(15), buckets=AgingBuckets()
    )


def test_rows_go_by_currency_then_client():
    dollars = OpenItem("1", "acme", DUE, Money.of(7, "USD"))
    found = age([dollars, item(party="zeta"), item(), item()], as_of=june(1))
    assert [(each.currency.code, each.key) for each in found.rows] == [
        ("EUR", "acme"),
        ("EUR", "zeta"),
        ("USD", "acme"),
    ]
    assert [each.balance for each in found.totals] == [eur(300), Money.of(7, "USD")]
    assert [each.key for each in found.totals] == [None, None]


def test_own_currencies_of_one_code_stay_apart_in_any_order():
    two, four = (OpenItem("1", "a", DUE, Money(5, Currency("ZZZ", n))) for n in (2, 4))
    found = age([four, two], as_of=june(1))
    assert found == age([two, four], as_of=june(1))
    assert [each.currency.minor_units for each in found.rows] == [2, 4]


def test_a_client_is_its_key():
    same = [
        bill(1, number="1", buyer=Party("acme", "Acme")),
        bill(2, number="2", buyer=Party("acme", "ACME")),
    ]
    assert len(age(same, as_of=june(1)).rows) == 1


def test_a_row_sums_up():
    one = row("acme", 1, 2, 4, 8, 16, 32, 0, -64)
    assert (one.overdue, one.balance) == (eur(30), eur(-1))


def test_other_edges_give_other_columns():
    found = age([item()], as_of=june(8), buckets=AgingBuckets((7,)))
    assert found.buckets == AgingBuckets((7,))
    assert found.rows[0].buckets == (eur(0), eur(100))


def test_reports_add_up():
    one, other = age([item(1)], as_of=DUE), age([item(2), item(4, "zeta")], as_of=DUE)
    assert one + other == age([item(1), item(2), item(4, "zeta")], as_of=DUE)
    assert one + AgingReport(DUE, AgingBuckets()) == one


@pytest.mark.parametrize(
    ("options", "expected", "got"),
    [
        ({"as_of": june(1)}, "on 2026-05-31", "on 2026-06-01"),
        (
            {"buckets": AgingBuckets((30,))},
            "buckets current, 1-30, 31-60, 61-90, 91+",
            "buckets current, 1-30, 31+",
        ),
        ({"by": AgeBy.OWNER}, "by client", "by owner"),
        ({"by": lambda _: "all"}, "by client", "by an own key"),
        ({"basis": AgingBasis.ISSUE_DATE}, "from the due date", "from the issue date"),
        ({"disputed_apart": True}, "disputed among the others", "disputed apart"),
        (
            {"as_of": june(1), "by": AgeBy.PROJECT},
            "on 2026-05-31, by client",
            "on 2026-06-01, by project",
        ),
    ],
    ids=["day", "buckets", "owner", "own key", "basis", "disputed", "day and project"],
)
def test_reports_of_other_questions_do_not_add_up(options: dict[str, Any], expected: str, got: str):
    message = re.escape(
        f"aging reports of different questions do not add up: expected {expected}, got {got}"
    )
    with pytest.raises(ReportMismatchError, match=f"{message}$"):
        age([item()], as_of=DUE) + age([], **({"as_of": DUE} | options))


def test_a_converted_report_adds_to_others_of_the_same_rates_only():
    rates = ExchangeRates("USD", {"EUR": "1.08"}, DUE)
    one, other = age([item()], as_of=DUE), age([item(party="zeta")], as_of=DUE)
    both = one.converted(rates) + other.converted(rates)
    assert [str(each.balance) for each in both.rows] == ["USD 108.00", "USD 108.00"]
    message = "expected in their own currencies, got in USD on 2026-05-31: EUR 1.08$"
    with pytest.raises(ReportMismatchError, match=message):
        one + other.converted(rates)
    with pytest.raises(ReportMismatchError, match="an aging report is converted already"):
        both.converted(rates)


def test_a_report_adds_to_reports_only():
    with pytest.raises(TypeError, match="unsupported operand"):
        age([], as_of=DUE) + 0


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"as_of": "now"}, DateTypeError, "as_of is not a plain date"),
        ({"buckets": (30,)}, WrongTypeError, "buckets is of the wrong type: expected AgingBuckets"),
        ({"keys": "ab"}, WrongTypeError, "the keys of a report is not a collection"),
        ({"keys": ["acme"]}, WrongTypeError, r"the keys of a report\[0\] is of the wrong type"),
        ({"cells": [1]}, WrongTypeError, r"the cells of a report\[0\] is of the wrong type"),
        ({"by": "client"}, WrongTypeError, "by is of the wrong type: expected AgeBy or None"),
        ({"basis": "due"}, WrongTypeError, "basis is of the wrong type: expected AgingBasis"),
        ({"disputed_apart": 1}, WrongTypeError, "disputed_apart is of the wrong type"),
        ({"rates": {}}, WrongTypeError, "rates is of the wrong type: expected ExchangeRates"),
        (
            {"cells": (b"",)},
            BucketsError,
            "do not fit its rows: expected 0 columns of 0 rows, got 1 columns; make reports with",
        ),
        ({"keys": [("a", EUR)]}, BucketsError, "expected 9 columns of 1 rows, got 0 columns"),
        (
            {"keys": [("a", EUR)], "cells": [b"", b"1234567"] + [b""] * 7},
            BucketsError,
            "expected 9 columns of 1 rows, got 9 columns",
        ),
        (
            {"keys": [("a", EUR)], "cells": [b"", (1, 2)] + [b""] * 7},
            BucketsError,
            "expected 9 columns of 1 rows, got 9 columns",
        ),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else None,
)
def test_a_report_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        AgingReport(**({"as_of": DUE, "buckets": AgingBuckets()} | parts))


def test_rows_of_other_buckets_make_no_report():
    with pytest.raises(BucketsError, match="expected 4 amounts, got 3"):
        AgingReport.of_rows([row("a", 1, 2, 3, 4, 5, 0, -6)], as_of=DUE, buckets=AgingBuckets())


@pytest.mark.parametrize(
    ("items", "options", "error", "message"),
    [
        ([], {"by": "client"}, WrongTypeError, "by is of the wrong type: expected AgeBy or a fun"),
        ([item()], {"by": lambda _: 1}, WrongTypeError, "the key of a row is of the wrong type"),
        ([item()], {"by": lambda _: " "}, BlankTextError, "the key of a row is blank"),
        ([], {"on_account": [1]}, WrongTypeError, r"on_account\[0\] is of the wrong type"),
        ([], {"as_of": datetime(2026, 5, 1)}, DateTypeError, "as_of is not a plain date"),
        ([], {"buckets": (30,)}, WrongTypeError, "buckets is of the wrong type: expected Aging"),
        (
            ["17"],
            {},
            WrongTypeError,
            "what is to be aged is of the wrong type: expected Invoice or OpenItem, got '17'",
        ),
        (bill(), {}, WrongTypeError, "what is to be aged is of the wrong type: expected Iterable"),
    ],
)
def test_aging_refuses(
    items: Any, options: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        age(items, **({"as_of": DUE} | options))
