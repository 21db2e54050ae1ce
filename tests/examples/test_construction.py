"""A construction job, 184,333.37 EUR and 21 % tax: permits, foundation, frame, final inspection.

Source: the percents are those of practice (DESIGN: construction 20/30/30/20); the rest is made
up. Hand-made figures; net 30; one invoice is paid in part, one is late until it is extended.
"""

from datetime import date

import pytest

from milestone_invoicing import Flag, invoice_status
from tests.examples.stories import Seen, billed, due, major, script, seen

STORY = script("construction")
AGREED = "184333.37"


def test_a_total_that_does_not_divide_is_shared_out_to_the_cent():
    schedule = STORY.contract()
    # Truncated: 2 x 36,866.67 + 2 x 55,300.01 = 184,333.36; 1 cent is left over.
    assert major(*schedule.amounts(as_of=STORY.DAYS[0])) == (
        "36866.68",  # 184,333.37 x 20 % = 36,866.674; the cent goes to the largest remainder, .4
        "55300.01",  # 184,333.37 x 30 % = 55,300.011; remainder .1
        "55300.01",  # the same
        "36866.67",  # 36,866.674 again: of two equal remainders the first was served
    )


def test_each_invoice_adds_tax_on_its_own_net_amount():
    assert billed(STORY) == {
        "26-01": ("36866.68", "7742.00", "44608.68"),  # 36,866.68 x 21 % = 7,742.0028
        "26-02": ("55300.01", "11613.00", "66913.01"),  # 55,300.01 x 21 % = 11,613.0021
        "26-03": ("55300.01", "11613.00", "66913.01"),
    }


def test_each_invoice_is_due_thirty_days_after_its_issue():
    assert due(STORY) == {
        "26-01": [("2026-02-15", "44608.68")],  # 16 January + 30: 31 January is 15 days on
        "26-02": [("2026-04-01", "66913.01")],  # 2 March + 30
        "26-03": [("2026-05-20", "66913.01")],  # 20 April + 30
    }


FIRST_PAID = ("44608.68", "0.00", "paid", 0)
DAYS = {
    date(2026, 2, 1): Seen(
        milestones={
            "permits": "invoiced",
            "foundation": "planned",
            "frame": "planned",
            "inspection": "planned",
        },
        invoices={"26-01": ("44608.68", "44608.68", "sent", 0)},
        net=(AGREED, "36866.68", "0.00", "147466.69", "0.00"),  # 184,333.37 - 36,866.68
        gross=("44608.68", "0.00", "44608.68", "0.00"),
        aged={"devries": ("44608.68", "0.00", "0.00", "0.00", "0.00", "0.00", "44608.68")},
    ),
    # The first came on 10 February, 40,000 of the second on 30 March; the rest is 9 days late.
    date(2026, 4, 10): Seen(
        milestones={
            "permits": "paid",
            "foundation": "invoiced",
            "frame": "planned",
            "inspection": "planned",
        },
        invoices={
            "26-01": FIRST_PAID,
            "26-02": ("66913.01", "26913.01", "overdue", 9),  # 66,913.01 - 40,000.00
        },
        net=(AGREED, "92166.69", "0.00", "92166.68", "0.00"),  # 36,866.68 + 55,300.01
        # 44,608.68 + 66,913.01; 44,608.68 + 40,000.00
        gross=("111521.69", "84608.68", "26913.01", "0.00"),
        aged={"devries": ("0.00", "26913.01", "0.00", "0.00", "0.00", "0.00", "26913.01")},
    ),
    # 26-02: 29 days of April after the 1st and 27 of May are 56. 26-03: 20 to 27 May are 7.
    date(2026, 5, 27): Seen(
        milestones={
            "permits": "paid",
            "foundation": "invoiced",
            "frame": "invoiced",
            "inspection": "planned",
        },
        invoices={
            "26-01": FIRST_PAID,
            "26-02": ("66913.01", "26913.01", "overdue", 56),
            "26-03": ("66913.01", "66913.01", "overdue", 7),
        },
        net=(AGREED, "147466.70", "0.00", "36866.67", "0.00"),  # + 55,300.01; the inspection
        # 111,521.69 + 66,913.01; 26,913.01 + 66,913.01
        gross=("178434.70", "84608.68", "93826.02", "0.00"),
        aged={"devries": ("0.00", "66913.01", "26913.01", "0.00", "0.00", "0.00", "93826.02")},
    ),
    # On 28 May 26-03 was extended to 30 June: it is current again. 26-02 is 56 + 5 = 61 days late.
    date(2026, 6, 1): Seen(
        milestones={
            "permits": "paid",
            "foundation": "invoiced",
            "frame": "invoiced",
            "inspection": "planned",
        },
        invoices={
            "26-01": FIRST_PAID,
            "26-02": ("66913.01", "26913.01", "overdue", 61),
            "26-03": ("66913.01", "66913.01", "sent", 0),
        },
        net=(AGREED, "147466.70", "0.00", "36866.67", "0.00"),
        gross=("178434.70", "84608.68", "93826.02", "0.00"),
        aged={"devries": ("66913.01", "0.00", "0.00", "26913.01", "0.00", "0.00", "93826.02")},
    ),
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_contract_on(day: date):
    assert seen(STORY, day) == DAYS[day]


def test_the_story_is_told_on_these_days():
    assert tuple(DAYS) == STORY.DAYS


@pytest.mark.parametrize(
    ("day", "label", "days_overdue", "flags", "next_change"),
    [
        (date(2026, 5, 19), "sent", 0, set(), "2026-05-20"),  # the day before the due date
        (date(2026, 5, 20), "due", 0, set(), "2026-05-21"),
        (date(2026, 5, 21), "overdue", 1, set(), "None"),
        (date(2026, 5, 27), "overdue", 7, set(), "None"),  # the extension comes tomorrow
        (date(2026, 5, 28), "sent", 0, {Flag.EXTENDED}, "2026-06-30"),
        (date(2026, 7, 1), "overdue", 1, {Flag.EXTENDED}, "None"),  # past the extension too
    ],
    ids=str,
)
def test_the_extension_counts_from_its_own_day(
    day: date, label: str, days_overdue: int, flags: set[Flag], next_change: str
):
    status = invoice_status(STORY.bills(STORY.contract())[2], as_of=day)
    assert (status.label.value, status.days_overdue) == (label, days_overdue)
    assert (status.flags, str(status.next_change)) == (flags, next_change)


def test_the_script_prints_in_dutch(capsys: pytest.CaptureFixture[str]):
    STORY.main()
    lines = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    net = "Exclusief btw: overeengekomen € 184.333,37 = gefactureerd € 147.466,70"
    for line in (
        f"{net} + nog te factureren € 36.866,67",
        "Nieuwbouw Dijkweg 4",
        "10 apr 2026",
        "Vergunningen           20%   € 36.866,68  bij goedkeuring  gefactureerd",
        "Totaal                      € 184.333,37",
        "26-02    2 mrt 2026      € 66.913,01  € 26.913,01  achterstallig (9 dagen), deels betaald",
        "26-03    20 apr 2026     € 66.913,01  € 66.913,01  verzonden, uitstel verleend",
        "Inclusief btw: gefactureerd € 178.434,70 = betaald € 84.608,68 + openstaand € 93.826,02",
        "Totaal EUR        € 66.913,01  € 0,00  € 0,00  € 26.913,01  € 0,00  € 93.826,02",
    ):
        assert line in lines
