"""A SaaS build, 48,000 EUR: 25 % MVP, 25 % core features, 50 % QA and deployment.

Source: the percents are those of practice (DESIGN: software 25/25/50); the rest is made up.
Hand-made figures; terms are 30 days, then to the end of that month; tax is reverse charged.
"""

from datetime import date

import pytest

from milestone_invoicing import invoice_status, work_status
from tests.examples.stories import Seen, billed, due, major, script, seen

STORY = script("saas_build")
AGREED = "48000.00"
NOTHING_BILLED = (AGREED, "0.00", "0.00", "48000.00", "0.00")
NOTHING_OPEN = ("0.00", "0.00", "0.00", "0.00")


def test_the_total_is_divided_by_percent():
    schedule = STORY.contract()
    assert major(*schedule.amounts(as_of=STORY.DAYS[0])) == (
        "12000.00",  # 48,000.00 x 25 %
        "12000.00",  # 48,000.00 x 25 %
        "24000.00",  # 48,000.00 x 50 %
    )


def test_the_last_sprint_is_billed_in_two_halves_and_no_tax_is_asked_for():
    assert billed(STORY) == {
        "F-11": ("12000.00", "0.00", "12000.00"),
        "F-12": ("12000.00", "0.00", "12000.00"),
        "F-13": ("12000.00", "0.00", "12000.00"),  # up to 50 % of 24,000, nothing billed before
        "F-14": ("12000.00", "0.00", "12000.00"),  # up to 100 %: 24,000 - 12,000
    }


def test_thirty_days_come_first_and_then_the_end_of_the_month():
    assert due(STORY) == {
        "F-11": [("2026-03-31", "12000.00")],  # 4 February + 30 days = 6 March
        "F-12": [("2026-04-30", "12000.00")],  # 10 March + 30 days = 9 April
        "F-13": [("2026-05-31", "12000.00")],  # 1 April + 30 days = 1 May
        "F-14": [("2026-06-30", "12000.00")],  # 4 May + 30 days = 3 June
    }


DAYS = {
    # Work on the first sprint begins on that day.
    date(2026, 1, 5): Seen(
        milestones={"mvp": "in progress", "core": "planned", "deployment": "planned"},
        invoices={},
        net=NOTHING_BILLED,
        gross=NOTHING_OPEN,
        aged={},
    ),
    # Delivered on 30 January; Mia approved on 2 February, Ravi will on the 4th: not yet ready.
    date(2026, 2, 3): Seen(
        milestones={"mvp": "delivered", "core": "planned", "deployment": "planned"},
        invoices={},
        net=NOTHING_BILLED,
        gross=NOTHING_OPEN,
        aged={},
    ),
    # F-11 was paid on 27 March. Half of the last sprint was done on the 31st and is billed today.
    date(2026, 4, 1): Seen(
        milestones={"mvp": "paid", "core": "invoiced", "deployment": "part invoiced"},
        invoices={
            "F-11": ("12000.00", "0.00", "paid", 0),
            "F-12": ("12000.00", "12000.00", "sent", 0),
            "F-13": ("12000.00", "12000.00", "sent", 0),
        },
        net=(AGREED, "36000.00", "0.00", "12000.00", "0.00"),  # 3 x 12,000; 48,000 - 36,000
        gross=("36000.00", "12000.00", "24000.00", "0.00"),
        aged={"lumen": ("24000.00", "0.00", "0.00", "0.00", "0.00", "0.00", "24000.00")},
    ),
    # 12,500 came for F-12 on 30 April, 500 too much. F-13 was due yesterday, F-14 is on 30 June.
    date(2026, 6, 1): Seen(
        milestones={"mvp": "paid", "core": "paid", "deployment": "invoiced"},
        invoices={
            "F-11": ("12000.00", "0.00", "paid", 0),
            "F-12": ("12000.00", "0.00", "paid", 0),
            "F-13": ("12000.00", "12000.00", "overdue", 1),
            "F-14": ("12000.00", "12000.00", "sent", 0),
        },
        net=(AGREED, "48000.00", "0.00", "0.00", "0.00"),
        gross=("48000.00", "24000.00", "24000.00", "500.00"),  # paid 2 x 12,000; 12,500 - 12,000
        # 12,000 current + 12,000 one day late - 500 that is the client's = 23,500
        aged={"lumen": ("12000.00", "12000.00", "0.00", "0.00", "0.00", "-500.00", "23500.00")},
    ),
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_contract_on(day: date):
    assert seen(STORY, day) == DAYS[day]


def test_the_story_is_told_on_these_days():
    assert tuple(DAYS) == STORY.DAYS


def test_the_overpaid_invoice_says_so_beside_its_label():
    invoice = STORY.bills(STORY.contract())[1]
    before, after = (
        invoice_status(invoice, as_of=day) for day in (date(2026, 4, 29), date(2026, 4, 30))
    )
    assert (before.settlement.value, before.label.value) == ("unpaid", "sent")
    assert (after.settlement.value, after.label.value) == ("overpaid", "paid")
    assert str(after.unapplied) == "EUR 500.00"  # 12,500 - 12,000


@pytest.mark.parametrize(
    ("key", "ready_since"),
    [
        ("mvp", "2026-02-04"),  # the second of two approvals
        ("core", "2026-03-10"),  # likewise, Ravi on the 9th and Mia on the 10th
        ("deployment", "2026-03-31"),  # 50 % is reached; the delivery in May breaks nothing
    ],
)
def test_a_sprint_is_ready_to_invoice_since(key: str, ready_since: str):
    status = work_status(STORY.contract(), key, as_of=date(2026, 6, 1))
    assert str(status.ready_since) == ready_since


def test_the_script_prints_the_overpayment_and_the_two_halves(capsys: pytest.CaptureFixture[str]):
    STORY.main()
    lines = capsys.readouterr().out.splitlines()
    for line in (
        "SaaS build",
        "1 Apr 2026",
        "Sprint 3: QA and deployment    50%  €24,000.00  at 50% progress  part invoiced",
        "F-13     1 Apr 2026   €12,000.00  €12,000.00  overdue (1 day)",
        "With tax: payable €48,000.00 = paid €24,000.00 + open €24,000.00",
        "Unapplied: €500.00",
        "1 Jun 2026     Current        1-30  31-60  61-90    91+  Unapplied     Balance",
        "Lumen NV    €12,000.00  €12,000.00  €0.00  €0.00  €0.00   -€500.00  €23,500.00",
    ):
        assert line in lines
