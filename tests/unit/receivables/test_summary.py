"""The summary of receivables: boundary days of each column, clients, owners, refusals."""

import re
from datetime import date

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    Assigned,
    Disputed,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Milestone,
    Money,
    OnAccount,
    Party,
    Payment,
    PaymentTerms,
    Period,
    Promised,
    Schedule,
    SummaryRow,
    Voided,
    Withheld,
    ready_to_invoice,
    receivables_summary,
)
from milestone_invoicing.errors import (
    BlankTextError,
    DateRangeError,
    DateTypeError,
    DuplicateNumberError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, eur, july, june, may

COLUMNS = ("overdue", "due_this_week", "due_in_30_days", "due_later", "undated")


def total(*bills: Invoice, as_of: date, **given) -> SummaryRow:
    (row,) = receivables_summary(bills, as_of=as_of, **given).totals
    return row


def due(on: date) -> Invoice:
    """Return an invoice of 1,000.00 that is due on a day."""
    return bill(1000, issued_on=may(1), terms=PaymentTerms.net((on - may(1)).days))


@pytest.mark.parametrize(
    ("asked", "due_on", "column"),
    [
        # 13 May 2026 is a Wednesday.
        (may(13), may(12), "overdue"),
        (may(13), may(13), "due_this_week"),
        (may(13), may(17), "due_this_week"),
        (may(13), may(18), "due_in_30_days"),
        (may(13), june(12), "due_in_30_days"),
        (may(13), june(13), "due_later"),
        (may(17), may(16), "overdue"),
        (may(17), may(17), "due_this_week"),
        (may(17), may(18), "due_in_30_days"),
        (may(18), may(24), "due_this_week"),
        (may(18), may(25), "due_in_30_days"),
        (may(31), june(30), "due_in_30_days"),
        (may(31), july(1), "due_later"),
    ],
    ids=str,
)
def test_each_amount_stands_in_the_column_of_its_due_date(asked: date, due_on: date, column: str):
    row = total(due(due_on), as_of=asked)
    assert {name: getattr(row, name) for name in COLUMNS} == {
        name: eur(1000 if name == column else 0) for name in COLUMNS
    }
    assert (row.open, row.outstanding, row.invoices) == (eur(1000), eur(1000), 1)
    assert row.overdue_invoices == int(column == "overdue")


@pytest.mark.parametrize(
    ("asked", "due_on", "expected"),
    [
        (may(13), may(31), 0),
        (may(13), june(1), 1000),
        (may(13), june(30), 1000),
        (may(13), july(1), 0),
        (may(31), june(1), 1000),
        (may(30), may(31), 0),
    ],
    ids=str,
)
def test_next_month_is_the_calendar_month_after_that_of_the_day(asked, due_on, expected):
    assert total(due(due_on), as_of=asked).due_next_month == eur(expected)


def test_the_stretches_are_told():
    told = receivables_summary([], as_of=may(13))
    assert (told.as_of, told.totals, told.clients, told.owners) == (may(13), (), (), ())
    assert told.week == Period.through(may(13), may(17))
    assert told.soon == Period.through(may(18), june(12))
    assert told.next_month == Period.through(june(1), june(30))
    sunday = receivables_summary([], as_of=may(17))
    assert sunday.week == Period.through(may(17), may(17))
    late = receivables_summary([], as_of=date(2026, 12, 31))
    assert late.next_month == Period.through(date(2027, 1, 1), date(2027, 1, 31))


def test_what_waits_is_undated_and_what_is_held_is_retained():
    terms = PaymentTerms([Installment(REST, after="ship")])
    row = total(bill(1000, terms=terms, held=eur(100)), as_of=may(13))
    assert (row.undated, row.retained, row.open) == (eur(900), eur(100), eur(900))
    assert (row.outstanding, row.balance) == (eur(1000), eur(1000))
    only_held = total(bill(1000, Payment(eur(900), on=may(2)), held=eur(100)), as_of=may(13))
    assert (only_held.invoices, only_held.retained, only_held.open) == (1, eur(100), eur(0))


def test_what_is_too_much_or_early_or_on_account_is_unapplied():
    over = bill(1000, Payment(eur(1100), on=may(2)))
    early = bill(500, Payment(eur(30), on=may(3)), number="2", issued_on=june(1))
    void = bill(5, Voided("x", on=may(2)), Payment(eur(7), on=may(3)), number="3")
    note = bill(-20, number="4")
    money = OnAccount("acme", eur(3), may(4))
    row = total(over, early, void, note, as_of=may(13), on_account=[money])
    assert (row.unapplied, row.open, row.balance) == (eur(160), eur(0), eur(-160))
    assert (row.invoices, row.overdue_invoices) == (0, 0)


@pytest.mark.parametrize(
    ("facts", "disputed", "promised"),
    [
        ([Disputed("x", eur(250), on=may(9))], 250, 0),
        ([Disputed("x", on=may(9)), Payment(eur(400), on=may(10))], 600, 0),
        ([Promised(may(13), on=may(9))], 0, 1000),
        ([Promised(may(12), on=may(9))], 0, 0),
        ([Promised(may(13), eur(300), on=may(9)), Payment(eur(100), on=may(10))], 0, 200),
        ([Promised(may(13), eur(300), on=may(9)), Payment(eur(300), on=may(10))], 0, 0),
        ([Promised(may(13), eur(800), on=may(9)), Withheld(eur(500), on=may(9))], 0, 300),
        ([Payment(eur(400), on=may(2)), Promised(may(20), on=may(9))], 0, 600),
    ],
)
def test_what_is_disputed_or_promised(facts: list[InvoiceFact], disputed: int, promised: int):
    row = total(bill(1000, *facts), as_of=may(13))
    assert (row.disputed, row.promised) == (eur(disputed), eur(promised))


def test_no_more_is_promised_than_is_open():
    facts = [Promised(may(20), eur(800), on=may(9)), Voided("x", on=may(12))]
    assert receivables_summary([bill(1000, *facts)], as_of=may(13)).totals == ()
    held = bill(1000, Promised(may(20), eur(1000), on=may(9)), held=eur(600))
    assert total(held, as_of=may(13)).promised == eur(400)


def test_clients_and_owners_have_a_row_in_each_currency():
    bolt = Party("bolt", "Bolt")
    dollars = Line("Work", 1, Money.of(5, "USD"))
    bills = [
        bill(1000, Assigned("Dana", on=may(2))),
        bill(200, number="2", buyer=bolt),
        bill(30, Assigned("Eve", on=june(1)), number="3", buyer=bolt),
        Invoice("4", may(1), bolt, [dollars], owner="Dana"),
        bill(7, Payment(eur(7), on=may(2)), number="5", buyer=Party("paid", "Paid")),
    ]
    schedule = Schedule(
        eur(90), [Milestone("a", "Audit", REST, trigger=ON_SIGNING)], signed_on=april(1)
    )
    told = receivables_summary(
        bills,
        as_of=may(13),
        on_account=[OnAccount("crow", eur(9), may(4))],
        ready={"acme": ready_to_invoice(schedule, [], as_of=may(13)), "bolt": []},
    )

    def shown(rows: tuple[SummaryRow, ...]) -> list[tuple[str | None, str, str, str]]:
        return [
            (row.key, str(row.open), str(row.unapplied.amount), str(row.ready.amount))
            for row in rows
        ]

    assert shown(told.clients) == [
        ("acme", "EUR 1000.00", "0.00", "90.00"),
        ("bolt", "EUR 230.00", "0.00", "0.00"),
        ("crow", "EUR 0.00", "9.00", "0.00"),
        ("bolt", "USD 5.00", "0.00", "0.00"),
    ]
    assert shown(told.owners) == [
        (None, "EUR 230.00", "9.00", "90.00"),
        ("Dana", "EUR 1000.00", "0.00", "0.00"),
        ("Dana", "USD 5.00", "0.00", "0.00"),
    ]
    assert shown(told.totals) == [
        (None, "EUR 1230.00", "9.00", "90.00"),
        (None, "USD 5.00", "0.00", "0.00"),
    ]
    assert [row.invoices for row in told.totals] == [3, 1]


def test_one_cent_is_an_overdue_invoice():
    row = total(bill("0.01"), as_of=june(1))
    assert (row.overdue, row.overdue_invoices) == (eur("0.01"), 1)


def test_what_is_issued_or_comes_later_is_not_there():
    later = bill(1000, issued_on=may(14))
    money = OnAccount("acme", eur(9), may(14))
    assert receivables_summary([later], as_of=may(13), on_account=[money]).totals == ()
    assert total(later, as_of=may(14), on_account=[money]).balance == eur(991)


REFUSED = {
    "a time": (
        lambda: receivables_summary([], as_of=None),
        DateTypeError,
        "as_of is not a plain date: expected datetime.date, got None",
    ),
    "the end of all days": (
        lambda: receivables_summary([], as_of=date(9999, 12, 1)),
        DateRangeError,
        "a step of days from 9999-12-01 leads to no date: expected a step that stays",
    ),
    "two of one number": (
        lambda: receivables_summary([bill(), bill()], as_of=may(1)),
        DuplicateNumberError,
        "two invoices have one number: expected unique numbers, got '1'",
    ),
    "money that is none": (
        lambda: receivables_summary([], as_of=may(1), on_account=[7]),
        WrongTypeError,
        "the money on account[0] is of the wrong type: expected OnAccount, got 7",
    ),
    "no mapping": (
        lambda: receivables_summary([], as_of=may(1), ready=()),
        WrongTypeError,
        "what is ready is of the wrong type: expected Mapping, got ()",
    ),
    "a blank client": (
        lambda: receivables_summary([], as_of=may(1), ready={"": []}),
        BlankTextError,
        "the key of a client is blank: expected some text, got ''",
    ),
    "nothing that is ready": (
        lambda: receivables_summary([], as_of=may(1), ready={"acme": [ACME]}),
        WrongTypeError,
        "what is ready[0] is of the wrong type: expected ReadyMilestone, got ",
    ),
}


@pytest.mark.parametrize(("ask", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        ask()
