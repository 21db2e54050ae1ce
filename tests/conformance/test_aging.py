"""Aged receivables of other systems: what is open, and in which column it stands."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from milestone_invoicing import (
    AddDays,
    AgingBasis,
    AgingBuckets,
    AgingReport,
    Credited,
    DueRule,
    ExchangeRates,
    Installment,
    Invoice,
    Line,
    Money,
    OpenItem,
    Party,
    Payment,
    PaymentTerms,
    age,
    due_items,
    invoice_status,
)
from tests.conformance.shared_cases import case_id, cases

CASES = {case["id"]: case for case in cases("aging")}
PARTY = Party("client", "Client")
DISAGREED = {
    "AG020": "there an advance is taken off the bucket; here it stands apart, unapplied",
    "AG027": "reported there as a fault: what is not due stands in no column at all",
}


def money(text: str) -> Money:
    return Money.of(text, "EUR")


def read(text: str) -> date:
    return date.fromisoformat(text)


def terms(case: dict[str, Any]) -> PaymentTerms:
    """Return terms of fixed instalments, as many days after the issue date as the case says."""
    issued = read(case["issue_date"])
    parts = case.get("schedule") or [{"amount": case["total"], "due_date": case["due_date"]}]
    return PaymentTerms(
        [
            Installment(
                money(part["amount"]), DueRule((AddDays((read(part["due_date"]) - issued).days),))
            )
            for part in parts
        ]
    )


def invoices(case: dict[str, Any]) -> list[Invoice]:
    return [
        Invoice(
            one["id"],
            read(one["issue_date"]),
            PARTY,
            [Line("All", 1, Money.of(one["total"], one.get("currency", "EUR")))],
            terms=PaymentTerms.on_receipt() if "rate_to_base" in one else terms(one),
            facts=[
                *(Payment(money(p["amount"]), on=read(p["date"])) for p in one["payments"]),
                *(
                    Credited(money(note["amount"]), note["id"], on=read(note["date"]))
                    for note in case.get("credits", ())
                    if note["against"] == one["id"]
                ),
            ],
        )
        for one in case["invoices"]
    ]


def credits_of(case: dict[str, Any]) -> list[OpenItem]:
    """Return credit notes and advances that are not applied to anything."""
    return [
        OpenItem(one["id"], PARTY.key, None, -money(one["amount"]), read(one["date"]))
        for one in (*case.get("credits", ()), *case.get("advances", ()))
        if not one.get("against")
    ]


def report(case: dict[str, Any]) -> AgingReport:
    edges = AgingBuckets([edge for edge in case["edges"] if edge])
    items = [*invoices(case), *credits_of(case)]
    return age(items, as_of=read(case["as_of"]), buckets=edges)


def outstanding(case: dict[str, Any]) -> Money | None:
    """Return what the case says is open in all, if it says so."""
    expected = case["expected"]
    if "outstanding" in expected:
        return money(expected["outstanding"])
    rows = [row for row in expected.get("rows", ()) if "outstanding" in row]
    return (
        Money.total((money(row["outstanding"]) for row in rows), currency="EUR") if rows else None
    )


def those(says: Callable[[dict[str, Any]], object]) -> pytest.MarkDecorator:
    """Parametrize over the cases that say something."""
    rows = [pytest.param(case, id=case_id(case)) for case in CASES.values() if says(case)]
    return pytest.mark.parametrize("case", rows)


@those(outstanding)
def test_what_is_outstanding_is_the_balance(case: dict[str, Any]):
    rows = report(case).rows
    assert Money.total((row.balance for row in rows), currency="EUR") == outstanding(case)


@those(
    lambda case: [
        row for row in case["expected"].get("rows", ()) if {"id", "outstanding"} <= set(row)
    ]
)
def test_each_document_is_open_by(case: dict[str, Any]):
    as_of = read(case["as_of"])
    found = {one.number: invoice_status(one, as_of=as_of).open for one in invoices(case)} | {
        one.reference: one.open for one in credits_of(case)
    }
    rows = case["expected"]["rows"]
    assert found == {row["id"]: money(row["outstanding"]) for row in rows}


@those(lambda case: [row for row in case["expected"].get("rows", ()) if "id" not in row])
def test_each_instalment_is_open_by(case: dict[str, Any]):
    found = [
        (item.amount, item.paid, item.open)
        for one in invoices(case)
        for item in due_items(one, as_of=read(case["as_of"]))
    ]
    names = ("invoiced", "paid", "outstanding")
    rows = case["expected"]["rows"]
    assert sorted(found) == sorted(tuple(money(row[name]) for name in names) for row in rows)


@those(lambda case: set(case["expected"]) & {one["id"] for one in case["invoices"]})
def test_each_document_stands_in_its_column(case: dict[str, Any]):
    buckets = AgingBuckets(case["edges"])
    labels = ("current", *buckets.labels)
    found = {
        one.number: labels[buckets.column((read(case["as_of"]) - item.due_on).days)]
        for one in invoices(case)
        for item in due_items(one, as_of=read(case["as_of"]))
    }
    assert found == case["expected"]


def test_day_0_stands_in_a_bucket_that_says_so():
    case = CASES["AG018"]
    buckets = AgingBuckets(case["edges"], zero_is_late=True)
    (row,) = age(invoices(case), as_of=read(case["as_of"]), buckets=buckets).rows
    found = dict(zip(buckets.labels, row.buckets, strict=True))
    assert found == {label: money(open_) for label, open_ in case["expected"]["buckets"].items()}
    (today,) = report(case).rows
    assert today.current == money(case["expected"]["outstanding"])


def test_what_is_paid_is_not_aged_any_more_and_was_90_days_and_more_by_its_invoice():
    case = CASES["AG028"]
    (one,) = case["invoices"]
    (paid,) = (read(payment["date"]) for payment in one["payments"])
    bill = Invoice(one["id"], read(one["issue_date"]), PARTY, [Line("All", 1, money(one["total"]))])
    bill = bill.record(Payment(money(one["total"]), on=paid))
    assert (paid - read(one["issue_date"])).days == case["expected"]["days_to_pay"]
    ages = [
        age([bill], as_of=day, buckets=AgingBuckets(case["edges"]), basis=AgingBasis.ISSUE_DATE)
        for day in (paid - timedelta(1), paid)
    ]
    assert [row.buckets[-1] for row in ages[0].rows] == [money(one["total"])]
    assert ages[0].buckets.labels[-1] == "91+", "there it is called 90+"
    assert not ages[1].rows


def test_each_document_is_worth_by_its_own_rate():
    case = CASES["AG021"]
    for one, invoice in zip(case["invoices"], invoices(case), strict=True):
        rates = ExchangeRates(
            "INR",
            {one["currency"]: one["rate_to_base"]},
            read(one["issue_date"]),
        )
        (row,) = age([invoice], as_of=read(case["as_of"])).converted(rates).rows
        (expected,) = (row for row in case["expected"]["rows"] if row["id"] == one["id"])
        assert row.balance == Money.of(expected["base"], "INR")
        assert invoice.payable == Money.of(expected["document"], one["currency"])


def test_an_advance_stands_apart_from_what_is_open():
    case = CASES["AG020"]
    row = report(case).rows[0]
    assert row.unapplied == -money(case["expected"]["advance"]), DISAGREED["AG020"]
    assert row.current + row.unapplied == money(case["expected"]["buckets"]["0-30"])


def test_what_is_not_due_yet_stands_in_a_column():
    case = CASES["AG027"]
    row = report(case).rows[0]
    assert row.current == money(case["expected"]["outstanding"]), DISAGREED["AG027"]
    assert row.current != money(case["expected"]["aged_total"])
