"""A freelance UX designer, 5,000 USD: 40 % on signing, 30 % after user testing, 30 % on delivery.

Source: the percents are those of practice (DESIGN: UX 40/30/30); dates and payments are made up.
Hand-made figures; terms are net 14, without tax.
"""

from datetime import date

import pytest

from milestone_invoicing import invoice_status, work_status
from tests.examples.stories import Seen, billed, due, script, seen

STORY = script("ux_designer")
AGREED = "5000.00"


def test_the_total_is_divided_by_percent():
    schedule = STORY.contract()
    amounts = {
        one.key: str(schedule.amount(one.key, as_of=STORY.DAYS[0])) for one in schedule.milestones
    }
    assert amounts == {
        "signing": "USD 2000.00",  # 5,000.00 x 40 %
        "testing": "USD 1500.00",  # 5,000.00 x 30 %
        "delivery": "USD 1500.00",  # 5,000.00 x 30 %; 2,000 + 1,500 + 1,500 = 5,000
    }


def test_each_invoice_bills_a_whole_milestone_without_tax():
    assert billed(STORY) == {
        "2026-001": ("2000.00", "0.00", "2000.00"),
        "2026-002": ("1500.00", "0.00", "1500.00"),
        "2026-003": ("1500.00", "0.00", "1500.00"),
    }


def test_each_invoice_is_due_fourteen_days_after_its_issue():
    assert due(STORY) == {
        "2026-001": [("2026-03-16", "2000.00")],  # 2 March + 14 days
        "2026-002": [("2026-05-06", "1500.00")],  # 22 April + 14: 30 April is 8 days on, 6 to go
        "2026-003": [("2026-06-17", "1500.00")],  # 3 June + 14 days
    }


DAYS = {
    # Signed and billed on that day; the work has not begun.
    date(2026, 3, 2): Seen(
        milestones={"signing": "invoiced", "testing": "planned", "delivery": "planned"},
        invoices={"2026-001": ("2000.00", "2000.00", "sent", 0)},
        net=(AGREED, "2000.00", "0.00", "3000.00", "0.00"),  # 5,000 - 2,000 = 3,000
        gross=("2000.00", "0.00", "2000.00", "0.00"),
        aged={"northwind": ("2000.00", "0.00", "0.00", "0.00", "0.00", "0.00", "2000.00")},
    ),
    # The first is paid on 12 March; user testing was delivered on the 10th, refused on the 13th.
    date(2026, 4, 13): Seen(
        milestones={"signing": "paid", "testing": "rejected", "delivery": "planned"},
        invoices={"2026-001": ("2000.00", "0.00", "paid", 0)},
        net=(AGREED, "2000.00", "0.00", "3000.00", "0.00"),
        gross=("2000.00", "2000.00", "0.00", "0.00"),
        aged={},  # nothing is open
    ),
    # 1,000 of the second came on 4 May; 500 is open since it was due on 6 May, 4 days ago.
    date(2026, 5, 10): Seen(
        milestones={"signing": "paid", "testing": "invoiced", "delivery": "planned"},
        invoices={
            "2026-001": ("2000.00", "0.00", "paid", 0),
            "2026-002": ("1500.00", "500.00", "overdue", 4),
        },
        net=(AGREED, "3500.00", "0.00", "1500.00", "0.00"),  # 2,000 + 1,500; 5,000 - 3,500
        gross=("3500.00", "3000.00", "500.00", "0.00"),  # paid 2,000 + 1,000
        aged={"northwind": ("0.00", "500.00", "0.00", "0.00", "0.00", "0.00", "500.00")},
    ),
    # The other 500 came on 20 May; the third, due on 17 June, is one day late.
    date(2026, 6, 18): Seen(
        milestones={"signing": "paid", "testing": "paid", "delivery": "invoiced"},
        invoices={
            "2026-001": ("2000.00", "0.00", "paid", 0),
            "2026-002": ("1500.00", "0.00", "paid", 0),
            "2026-003": ("1500.00", "1500.00", "overdue", 1),
        },
        net=(AGREED, "5000.00", "0.00", "0.00", "0.00"),
        gross=("5000.00", "3500.00", "1500.00", "0.00"),  # paid 2,000 + 1,000 + 500
        aged={"northwind": ("0.00", "1500.00", "0.00", "0.00", "0.00", "0.00", "1500.00")},
    ),
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_contract_on(day: date):
    assert seen(STORY, day) == DAYS[day]


def test_the_story_is_told_on_these_days():
    assert tuple(DAYS) == STORY.DAYS


@pytest.mark.parametrize(
    ("day", "label", "next_change"),
    [
        (date(2026, 5, 5), "part paid", "2026-05-06"),  # 500 open, due tomorrow
        (date(2026, 5, 6), "due", "2026-05-07"),  # due today, overdue tomorrow
        (date(2026, 5, 7), "overdue", "None"),
        (date(2026, 5, 20), "paid", "None"),  # the rest came that day
    ],
    ids=str,
)
def test_the_second_invoice_around_its_due_date(day: date, label: str, next_change: str):
    invoice = STORY.bills(STORY.contract())[1]
    status = invoice_status(invoice, as_of=day)
    assert (status.label.value, str(status.next_change)) == (label, next_change)


def test_user_testing_is_ready_from_the_second_delivery_on():
    # Delivered 10 April, refused on the 13th: that delivery does not count. Delivered again on
    # the 20th, approved on the 22nd.
    schedule = STORY.contract()
    assert work_status(schedule, "testing", as_of=date(2026, 4, 21)).ready_since is None
    after = work_status(schedule, "testing", as_of=date(2026, 6, 18))
    assert after.ready_since == date(2026, 4, 22)


def test_the_script_prints_schedule_invoices_position_and_aging(capsys: pytest.CaptureFixture[str]):
    STORY.main()
    lines = capsys.readouterr().out.splitlines()
    for line in (
        "UX design",
        "Jun 18, 2026",
        "After user testing    30%  $1,500.00  on approval    rejected",
        "Total                      $5,000.00",
        "2026-002  Apr 22, 2026  $1,500.00  $500.00  overdue (4 days), part paid",
        "2026-003  Jun 3, 2026   $1,500.00  $1,500.00  overdue (1 day)",
        "Without tax: agreed $5,000.00 = invoiced $3,500.00 + not yet invoiced $1,500.00",
        "With tax: payable $5,000.00 = paid $3,500.00 + open $1,500.00",
        "Northwind Inc.    $0.00  $1,500.00  $0.00  $0.00  $0.00  $1,500.00",
    ):
        assert line in lines
