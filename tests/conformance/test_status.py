"""Statuses of other systems, those that the present facts reach."""

from datetime import date, timedelta
from typing import Any

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    DueRule,
    Installment,
    Invoice,
    Line,
    Money,
    Party,
    PaymentTerms,
    Percent,
    Sent,
    due_items,
    invoice_status,
)
from tests.conformance.shared_cases import cases

CASES = {case["id"]: case for case in cases("status")}
NOT_BUILT_YET = {
    "ST004": "reminders are not built yet",
    "ST005": "an order of rules; the truth table has ours, in which due today is not overdue too",
    "ST011": "reminders are not built yet",
    "ST013": "reminders are not built yet",
    "ST014": "reminders are not built yet",
    "ST015": "reminders are not built yet",
}
CHECKED = {"ST001", "ST007", "ST017"}
TODAY = date(2026, 5, 20)


def bill(total: str, issued_on: date, terms: PaymentTerms) -> Invoice:
    line = Line("All", 1, Money.of(total, "EUR"))
    return Invoice("1", issued_on, Party("client", "Client"), [line], terms=terms).record(
        Sent(on=issued_on)
    )


def after(days: int, percent: str = "100") -> Installment:
    return Installment(Percent(percent), DueRule((AddDays(days),)))


def test_one_instalment_past_its_day_makes_the_invoice_overdue():
    given, expected = CASES["ST001"]["given"], CASES["ST001"]["expected"]
    terms = PaymentTerms([after(part["days"], part["percent"]) for part in given["installments"]])
    invoice = bill(given["total"], TODAY - timedelta(given["issued_days_ago"]), terms)
    status = invoice_status(invoice, as_of=TODAY)
    late = [item for item in due_items(invoice, as_of=TODAY) if item.due_on < TODAY]
    assert status.label.value == expected["status"].lower()
    assert len(late) == expected["overdue_installments"]


def test_a_part_that_is_due_a_month_ahead_leaves_it_sent():
    assert CASES["ST007"]["given"]["partial_due"] == "one month ahead"
    month = Installment(Percent(50), DueRule((AddMonths(1),)))
    invoice = bill("100", TODAY, PaymentTerms([month, after(60, "50")]))
    status = invoice_status(invoice, as_of=TODAY)
    assert status.label.value == CASES["ST007"]["expected"]["status"]


def test_without_net_days_it_is_due_on_its_issue_date_and_late_from_the_next():
    given, expected = CASES["ST017"]["given"], CASES["ST017"]["expected"]
    invoice = bill(
        "100", date.fromisoformat(given["invoice_date"]), PaymentTerms.net(given["net_days"])
    )
    asked = date.fromisoformat(given["dunning_date"])
    assert str(invoice.installments[0].due_on) == expected["due_date"]
    assert (invoice_status(invoice, as_of=asked).label.value == "overdue") is expected["candidate"]


@pytest.mark.parametrize("case", NOT_BUILT_YET)
def test_what_cannot_be_asked_yet(case: str):
    pytest.skip(f"{CASES[case]['source']}: {NOT_BUILT_YET[case]}")


def test_every_case_is_checked_or_says_why_not(cases: Any):
    assert {case["id"] for case in cases("status")} == CHECKED | NOT_BUILT_YET.keys()
