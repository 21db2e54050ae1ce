"""Aging by other buckets, keys and dates, with what is disputed and on account apart."""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    AgeBy,
    AgingBasis,
    AgingBuckets,
    AgingReport,
    Applied,
    ArgumentsError,
    Assigned,
    BlankTextError,
    BucketsError,
    Currency,
    Disputed,
    Invoice,
    MilestoneInvoicingError,
    Money,
    OnAccount,
    OpenItem,
    Party,
    Payment,
    PaymentTerms,
    WrongTypeError,
    age,
)
from tests.unit.bills import bill, eur, june, may

ACME = Party("acme", "Acme")
DUE = may(31)


@pytest.mark.parametrize(
    ("buckets", "labels", "days"),
    [
        pytest.param(
            AgingBuckets((30, 60)),
            ("1-30", "31-60", "61+"),
            {-1: 0, 0: 0, 1: 1, 30: 1, 31: 2, 60: 2, 61: 3},
            id="an edge closes its bucket",
        ),
        pytest.param(
            AgingBuckets((30, 60), edge_opens=True),
            ("1-29", "30-59", "60+"),
            {-1: 0, 0: 0, 1: 1, 29: 1, 30: 2, 59: 2, 60: 3},
            id="an edge opens the next bucket",
        ),
        pytest.param(
            AgingBuckets((30, 60), zero_is_late=True),
            ("0-30", "31-60", "61+"),
            {-1: 0, 0: 1, 1: 1, 30: 1, 31: 2, 60: 2, 61: 3},
            id="0-30",
        ),
        pytest.param(
            AgingBuckets((30, 60), edge_opens=True, zero_is_late=True),
            ("0-29", "30-59", "60+"),
            {-1: 0, 0: 1, 29: 1, 30: 2, 59: 2, 60: 3},
            id="0-29",
        ),
        pytest.param(
            AgingBuckets((0,), zero_is_late=True), ("0-0", "1+"), {-1: 0, 0: 1, 1: 2}, id="0-0"
        ),
        pytest.param(
            AgingBuckets((1,), edge_opens=True, zero_is_late=True),
            ("0-0", "1+"),
            {-1: 0, 0: 1, 1: 2},
            id="0-0, opened at 1",
        ),
        pytest.param(
            AgingBuckets((2,), edge_opens=True), ("1-1", "2+"), {0: 0, 1: 1, 2: 2}, id="1-1"
        ),
    ],
)
def test_buckets(buckets: AgingBuckets, labels: tuple[str, ...], days: dict[int, int]):
    assert buckets.labels == labels
    assert str(buckets) == ", ".join(("current", *labels))
    assert {day: buckets.column(day) for day in days} == days


@pytest.mark.parametrize(
    ("edges", "options", "error", "message"),
    [
        ((0,), {}, BucketsError, "the first 1 or more"),
        ((1,), {"edge_opens": True}, BucketsError, "the first 2 or more, got"),
        ((0,), {"edge_opens": True, "zero_is_late": True}, BucketsError, "the first 1 or more"),
        ((-1,), {"zero_is_late": True}, BucketsError, "the first 0 or more"),
        ((30,), {"edge_opens": 1}, WrongTypeError, "edge_opens is of the wrong type"),
        ((30,), {"zero_is_late": 1}, WrongTypeError, "zero_is_late is of the wrong type"),
    ],
)
def test_buckets_without_a_day_are_refused(
    edges: tuple[int, ...],
    options: dict[str, Any],
    error: type[MilestoneInvoicingError],
    message: str,
):
    with pytest.raises(error, match=message):
        AgingBuckets(edges, **options)


def keys(report: AgingReport) -> dict[str | None, str]:
    return {row.key: str(row.balance) for row in report.rows}


def invoices() -> list[Invoice]:
    """Return three bills of 100, 200 and 400, of two owners and two projects."""
    return [
        bill(100, number="1", buyer=ACME, owner="Eve", project="site"),
        bill(200, number="2", buyer=ACME, owner="Eve").record(Assigned("Dana", on=june(4))),
        bill(400, number="3", buyer=Party("bolt", "Bolt"), project="app"),
    ]


ITEM = OpenItem("17", "bolt", DUE, eur(800), owner="Dana", project="site")
MONEY = OnAccount("acme", eur(50), june(1))


@pytest.mark.parametrize(
    ("by", "day", "expected"),
    [
        pytest.param(AgeBy.CLIENT, 3, {"acme": "EUR 250.00", "bolt": "EUR 1200.00"}, id="client"),
        pytest.param(
            AgeBy.OWNER,
            3,
            {None: "EUR 350.00", "Dana": "EUR 800.00", "Eve": "EUR 300.00"},
            id="owner, the day before it is assigned",
        ),
        pytest.param(
            AgeBy.OWNER,
            4,
            {None: "EUR 350.00", "Dana": "EUR 1000.00", "Eve": "EUR 100.00"},
            id="owner, the day it is assigned",
        ),
        pytest.param(
            AgeBy.PROJECT,
            3,
            {None: "EUR 150.00", "app": "EUR 400.00", "site": "EUR 900.00"},
            id="project",
        ),
        pytest.param(AgeBy.CURRENCY, 3, {"EUR": "EUR 1450.00"}, id="currency"),
        pytest.param(
            lambda item: type(item).__name__,
            3,
            {"Invoice": "EUR 700.00", "OnAccount": "EUR -50.00", "OpenItem": "EUR 800.00"},
            id="own key",
        ),
        pytest.param(lambda _: None, 3, {None: "EUR 1450.00"}, id="no key"),
    ],
)
def test_rows_go_by(by: Any, day: int, expected: dict[str | None, str]):
    report = age([*invoices(), ITEM], as_of=june(day), by=by, on_account=[MONEY])
    assert keys(report) == expected
    assert report.by == (by if isinstance(by, AgeBy) else None)


def test_money_on_account_is_unapplied_from_its_day_until_it_is_applied():
    used = MONEY.record(Applied(eur(30), "1", on=june(9)))
    unapplied = [
        [str(row.unapplied) for row in age([], as_of=day, on_account=[used]).rows]
        for day in (may(31), june(1), june(8), june(9))
    ]
    assert unapplied == [[], ["EUR -50.00"], ["EUR -50.00"], ["EUR -20.00"]]
    done = used.record(Applied(eur(20), "2", on=june(10)))
    assert not age([], as_of=june(10), on_account=[done]).rows


def test_age_by_the_issue_date():
    sent = bill(100, number="1", issued_on=may(1), terms=PaymentTerms.net(30))
    items = [
        sent,
        OpenItem("2", "acme", None, eur(20), may(31)),
        OpenItem("3", "acme", DUE, eur(3)),
    ]
    (row,) = age(items, as_of=may(31), basis=AgingBasis.ISSUE_DATE).rows
    assert [str(cell) for cell in (row.current, row.buckets[0], row.undated)] == [
        "EUR 20.00",
        "EUR 100.00",
        "EUR 3.00",
    ]
    (row,) = age(items, as_of=may(31)).rows
    assert [str(cell) for cell in (row.current, row.buckets[0], row.undated)] == [
        "EUR 103.00",
        "EUR 0.00",
        "EUR 20.00",
    ]


def disputed(amount_billed: int, *, disputes: int | None, paid: int = 0) -> Invoice:
    """Return a bill in two halves due on 15 and 31 May, so much paid and disputed since."""
    terms = PaymentTerms.monthly(2, first_days=14)
    facts: list[Any] = [Payment(eur(paid), on=may(2))] if paid else []
    amount = None if disputes is None else eur(disputes)
    facts.append(Disputed("too much", amount, on=may(3)))
    return bill(amount_billed, *facts, number="1", issued_on=may(1), terms=terms)


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        pytest.param(disputed(1000, disputes=250), (250, 500, 250), id="from the last"),
        pytest.param(disputed(1000, disputes=600), (0, 400, 600), id="then from the one before"),
        pytest.param(disputed(1000, disputes=None), (0, 0, 1000), id="all"),
        pytest.param(disputed(1000, paid=300, disputes=700), (0, 0, 700), id="what is left"),
        pytest.param(disputed(1000, paid=600, disputes=100), (300, 0, 100), id="paid in part"),
    ],
)
def test_what_is_disputed_stands_apart(invoice: Invoice, expected: tuple[int, int, int]):
    # The halves are due on 15 May and 15 June.
    (row,) = age([invoice], as_of=may(20), disputed_apart=True).rows
    assert (row.current, row.buckets[0], row.disputed) == tuple(map(eur, expected))
    (row,) = age([invoice], as_of=may(20)).rows
    assert not row.disputed
    assert row.balance == eur(sum(expected))


def test_open_items_may_be_disputed_or_retained():
    items = [
        OpenItem("1", "acme", DUE, eur(1), disputed=True),
        OpenItem("2", "acme", None, eur(2), retained=True),
        OpenItem("3", "acme", DUE, eur(-4), disputed=True),
    ]
    (row,) = age(items, as_of=DUE, disputed_apart=True).rows
    assert [row.disputed, row.retained, row.unapplied, row.current] == [
        eur(1),
        eur(2),
        eur(-4),
        eur(0),
    ]
    (row,) = age(items, as_of=DUE).rows
    assert [row.disputed, row.retained, row.unapplied, row.current] == [
        eur(0),
        eur(2),
        eur(-4),
        eur(1),
    ]


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (
            {"owner": " "},
            BlankTextError,
            "the owner of open item '1' is blank: expected some text, or None",
        ),
        ({"project": 1}, WrongTypeError, "the project of open item '1' is of the wrong"),
        ({"disputed": 1}, WrongTypeError, "disputed is of the wrong type"),
        ({"retained": None}, WrongTypeError, "retained is of the wrong type"),
        ({"retained": True, "due_on": DUE}, ArgumentsError, "a retained item is due, disputed or"),
        ({"retained": True, "disputed": True}, ArgumentsError, "a retained item is due, disputed"),
        ({"retained": True, "open": eur(-1)}, ArgumentsError, "zero or more, got EUR -1.00"),
    ],
)
def test_an_open_item_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    plain = {"reference": "1", "party": "acme", "due_on": None, "open": eur(1)}
    with pytest.raises(error, match=message):
        OpenItem(**(plain | parts))


LARGE = 2**62


def item(minor: int, party: str = "acme", currency: Currency | None = None) -> OpenItem:
    return OpenItem("1", party, DUE, Money(minor, currency or Currency.of("EUR")))


@pytest.mark.parametrize("parties", [("acme", "acme"), ("acme", "bolt"), ("bolt", "acme")])
def test_sums_beyond_eight_bytes_are_kept_too(parties: tuple[str, str]):
    items = [item(5, parties[0]), item(LARGE, parties[1]), item(LARGE, parties[1]), item(7)]
    report = age(items, as_of=DUE)
    assert sum(row.balance.minor for row in report.rows) == 2 * LARGE + 12
    assert any(isinstance(column, tuple) for column in report.cells)
    halves = age(items[:2], as_of=DUE) + age(items[2:], as_of=DUE)
    assert all(isinstance(column, bytes) for column in age(items[:2], as_of=DUE).cells)
    assert halves == report
    assert hash(halves) == hash(report)
    assert report + age([item(-1)], as_of=DUE) == age([*items, item(-1)], as_of=DUE)


def test_currencies_that_are_equal_and_not_the_same_share_a_row():
    items = [item(1, currency=Currency("ZZZ", 4)) for _ in range(2500)]
    (row,) = age(iter(items), as_of=DUE).rows
    assert row.balance == Money(2500, Currency("ZZZ", 4))


def test_a_client_may_owe_in_a_currency_that_came_later():
    items = [item(1), item(2, "bolt", Currency.of("USD")), item(4, "acme", Currency.of("USD"))]
    assert [str(row.balance) for row in age(items, as_of=DUE).rows] == [
        "EUR 0.01",
        "USD 0.04",
        "USD 0.02",
    ]


def test_a_day_is_asked_about_before_the_first_invoice():
    assert not age(invoices(), as_of=date(2020, 1, 1)).rows
