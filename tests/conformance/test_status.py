"""Statuses and reminders of other systems, by our own statuses and policies."""

from datetime import date, timedelta
from typing import Any

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    Audience,
    CreditEffect,
    Disputed,
    DueRule,
    EndOfMonth,
    Installment,
    Invoice,
    InvoiceKind,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Reminded,
    ReminderAnchor,
    ReminderPolicy,
    ReminderStep,
    Sent,
    Voided,
    due_items,
    due_reminders,
    invoice_status,
    reminder_plan,
)
from tests.conformance.shared_cases import cases

CASES = {case["id"]: case for case in cases("status")}
CHECKED = {"ST001", "ST004", "ST005", "ST007", "ST011", "ST013", "ST014", "ST015", "ST017"}
TODAY = date(2026, 5, 20)


def bill(total: str, issued_on: date, terms: PaymentTerms) -> Invoice:
    line = Line("All", 1, Money.of(total, "EUR"))
    return Invoice("1", issued_on, Party("client", "Client"), [line], terms=terms).record(
        Sent(on=issued_on)
    )


def after(days: int, percent: str = "100") -> Installment:
    return Installment(Percent(percent), DueRule((AddDays(days),)))


def day(text: str) -> date:
    return date.fromisoformat(text)


def client_step(days: int | DueRule, level: int, **others: Any) -> ReminderStep:
    return ReminderStep(days, Audience.CLIENT, level=level, **others)


def test_one_instalment_past_its_day_makes_the_invoice_overdue_and_is_chased():
    given, expected = CASES["ST001"]["given"], CASES["ST001"]["expected"]
    terms = PaymentTerms([after(part["days"], part["percent"]) for part in given["installments"]])
    invoice = bill(given["total"], TODAY - timedelta(given["issued_days_ago"]), terms)
    status = invoice_status(invoice, as_of=TODAY)
    late = [item for item in due_items(invoice, as_of=TODAY) if item.due_on < TODAY]
    found = due_reminders([invoice], ReminderPolicy.to_client(1), as_of=TODAY)
    assert status.label.value == expected["status"].lower()
    assert len(late) == expected["overdue_installments"]
    assert bool(found) is (expected["dunning"] == "Unresolved")
    assert [each.amount for each in found] == [item.open for item in late]


def test_a_credit_note_that_is_not_applied_leaves_the_invoice_to_be_chased():
    given, expected = CASES["ST004"]["given"], CASES["ST004"]["expected"]
    issued_on = TODAY - timedelta(10)
    note = Invoice(
        "2",
        issued_on,
        Party("client", "Client"),
        [Line("Goodwill", -1, Money.of(given["unapplied_credit"], "EUR"))],
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.PRICE_REDUCTION,
    ).record(Sent(on=issued_on))
    invoice = bill(given["total"], issued_on, PaymentTerms.net(5))
    found = due_reminders([note, invoice], ReminderPolicy.to_client(1), as_of=TODAY)
    assert expected["dunning"] == "Unresolved"
    assert [each.number for each in found] == [invoice.number]


PAID = {
    "nothing": (),
    "a part": (Payment(Money.of(40, "EUR"), on=TODAY - timedelta(1)),),
    "all": (Payment(Money.of(100, "EUR"), on=TODAY - timedelta(1)),),
}
LATE, IN_TIME = PaymentTerms.net(1), PaymentTerms.net(2)
# Their words for ours. "internal transfer" and "submitted" are states that we do not have; theirs
# of a credit note is that of the invoice that it credits, which is ours once it is applied.
ORDERED = [
    ("draft", "draft", IN_TIME, "nothing"),
    ("overdue", "overdue", LATE, "nothing"),
    ("overdue", "overdue", LATE, "a part"),
    ("partly paid", "part paid", PaymentTerms.net(9), "a part"),
    ("unpaid", "due", IN_TIME, "nothing"),
    ("paid", "paid", LATE, "all"),
]


@pytest.mark.parametrize(("theirs", "ours", "terms", "paid"), ORDERED)
def test_the_first_rule_that_holds_gives_the_label(
    theirs: str, ours: str, terms: PaymentTerms, paid: str
):
    order = [rule.split(":")[0] for rule in CASES["ST005"]["expected"]["order"]]
    issued_on = TODAY - timedelta(2)
    invoice = bill("100", issued_on, terms).record(*PAID[paid])
    asked = issued_on - timedelta(1) if ours == "draft" else TODAY
    assert theirs in order
    assert invoice_status(invoice, as_of=asked).label.value == ours
    places = [order.index(each) for each, *_ in ORDERED]
    assert places == sorted(places)


def test_a_cancelled_invoice_is_nothing_else():
    invoice = bill("100", TODAY - timedelta(9), LATE).record(Voided("x", on=TODAY))
    assert invoice_status(invoice, as_of=TODAY).label.value == "void"
    assert CASES["ST005"]["note"] == "due today is not overdue (strict <)"


def test_a_part_that_is_due_a_month_ahead_leaves_it_sent():
    assert CASES["ST007"]["given"]["partial_due"] == "one month ahead"
    month = Installment(Percent(50), DueRule((AddMonths(1),)))
    invoice = bill("100", TODAY, PaymentTerms([month, after(60, "50")]))
    status = invoice_status(invoice, as_of=TODAY)
    assert status.label.value == CASES["ST007"]["expected"]["status"]


def _third_party_step(level: dict[str, Any]) -> ReminderStep:
    days, number = level["days"], level["level"]
    if level["mode"] == "end_of_month":
        return client_step(DueRule((AddDays(days), EndOfMonth())), number)
    anchors = {
        "net_days": ReminderAnchor.DUE_DATE,
        "previous_date": ReminderAnchor.LAST_REMINDER,
    }
    return client_step(days, number, anchor=anchors[level["mode"]])


def test_levels_by_days_by_end_of_month_and_since_the_last_reminder():
    given, expected = CASES["ST011"]["given"], CASES["ST011"]["expected"]
    policy = ReminderPolicy(map(_third_party_step, given["levels"]), one_at_a_time=True)
    due_on = TODAY
    invoice = bill("100", TODAY, PaymentTerms.on_receipt())
    plan = reminder_plan([invoice], policy, since=TODAY, until=TODAY + timedelta(100))
    first, second, third = (each.on for each in plan)
    assert expected["level_1"] == "as_of >= due + 10 days"
    assert first == due_on + timedelta(10)
    assert expected["level_2"].startswith("as_of >= end of month of (due + 30 days)")
    assert second == EndOfMonth().apply(due_on + timedelta(30))
    assert expected["level_3"].startswith("as_of >= previous reminder date + 10 days")
    assert third == second + timedelta(10)


@pytest.mark.parametrize(("late", "sent", "expected"), [(9, 0, 0), (10, 0, 1), (50, 0, 1)])
@pytest.mark.parametrize("blocked", [False, True])
def test_a_line_enters_at_the_first_level_that_is_true(
    late: int, sent: int, expected: int, blocked: bool
):
    assert "enters at the first level that tests true" in CASES["ST013"]["expected"]["rule"]
    assert_level(late, sent, 0 if blocked else expected, blocked=blocked)


@pytest.mark.parametrize(
    ("late", "sent", "expected"), [(19, 1, 0), (20, 1, 2), (50, 1, 2), (50, 2, 3), (50, 3, 0)]
)
def test_and_then_moves_one_level_at_a_time(late: int, sent: int, expected: int):
    assert "moves one list position at a time" in CASES["ST013"]["expected"]["rule"]
    assert "not blocked" in CASES["ST013"]["expected"]["lines_considered"]
    assert_level(late, sent, expected)


def assert_level(late: int, sent: int, expected: int, *, blocked: bool = False) -> None:
    """Assert which of the levels 10, 20 and 30 is next, so many days late with so many sent."""
    policy = ReminderPolicy(
        [client_step(10 * level, level) for level in (1, 2, 3)], one_at_a_time=True
    )
    invoice = bill("100", TODAY - timedelta(late), PaymentTerms.on_receipt())
    for level in range(1, sent + 1):
        invoice = invoice.record(Reminded(level, "client", on=TODAY - timedelta(sent + 1 - level)))
    if blocked:
        invoice = invoice.record(Disputed("x", on=TODAY))
    found = due_reminders([invoice], policy, as_of=TODAY)
    assert [each.level for each in found] == ([expected] if expected else [])


def test_reminders_since_the_issue_date_and_then_without_end():
    given, expected = CASES["ST014"]["given"], CASES["ST014"]["expected"]
    *first, last = given["reminders"]
    since_issue = {"anchor": ReminderAnchor.ISSUE_DATE}
    steps = [client_step(each["after_invoice_date"], each["n"], **since_issue) for each in first]
    endless = {"repeat_every": given["endless_every_days"], **since_issue}
    policy = ReminderPolicy([*steps, client_step(last["after_invoice_date"], last["n"], **endless)])
    assert_dates(given, policy, expected["dates"])


def test_a_reminder_before_the_due_date():
    given, expected = CASES["ST015"]["given"], CASES["ST015"]["expected"]
    (only,) = given["reminders"]
    policy = ReminderPolicy([client_step(-only["before_due_date"], only["n"])])
    assert_dates(given, policy, expected["dates"])


def assert_dates(given: dict[str, Any], policy: ReminderPolicy, expected: list[str]) -> None:
    """Assert all days up to the last expected one on which a reminder goes out."""
    issued_on = day(given["invoice_date"])
    terms = PaymentTerms.net((day(given["due_date"]) - issued_on).days)
    invoice = bill("100", issued_on, terms)
    plan = reminder_plan([invoice], policy, since=issued_on, until=day(expected[-1]))
    assert [str(each.on) for each in plan] == expected


def test_without_net_days_it_is_due_on_its_issue_date_and_late_from_the_next():
    given, expected = CASES["ST017"]["given"], CASES["ST017"]["expected"]
    invoice = bill("100", day(given["invoice_date"]), PaymentTerms.net(given["net_days"]))
    asked = day(given["dunning_date"])
    levels = [level["days_after_due"] for level in given["levels"]]
    found = due_reminders([invoice], ReminderPolicy.to_client(*levels), as_of=asked)
    assert str(invoice.installments[0].due_on) == expected["due_date"]
    assert (invoice_status(invoice, as_of=asked).label.value == "overdue") is expected["candidate"]
    assert bool(found) is expected["candidate"]


def test_every_case_is_checked(cases: Any):
    assert {case["id"] for case in cases("status")} == CHECKED
