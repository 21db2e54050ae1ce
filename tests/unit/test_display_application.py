"""An application for payment as text: summary, change orders, and the schedule of values."""

from textwrap import dedent

import attrs

from milestone_invoicing import ApplicationLine, ProgressApplication, progress_application
from milestone_invoicing.display import application_text
from tests.unit.building import JUNE_30, MAY_31, at_work, building, usd

WORK = at_work(building())
MAY = progress_application(WORK, number="1", as_of=MAY_31)
JUNE = progress_application(WORK, number="2", as_of=JUNE_30, previous=MAY)
HEAD = dedent("""\
    Application for payment 2
    Period to: Jun 30, 2026

    1   Original contract sum              $200,000.00
    2   Change orders                        $6,000.00
    3   Contract sum to date               $206,000.00
    4   Completed and stored               $123,000.00
    5a  Retainage on completed work         $10,400.00
    5b  Retainage on stored materials          $900.00
    5   Retainage                           $11,300.00
    6   Earned less retainage              $111,700.00
    7   Previous certificates               $52,200.00
    8   Payment due                         $59,500.00
    9   Balance to finish, with retainage   $94,300.00

    Change orders   Additions  Deductions
    -------------  ----------  ----------
    Previous            $0.00       $0.00
    This period    $10,000.00   $4,000.00

    Item  """)
TITLES = (
    "Item  Description    Scheduled    Previous  This period      Stored      To date"
    "  Progress   To finish   Retainage"
)
FRAME = (
    "4     Frame         $80,000.00       $0.00   $20,000.00  $18,000.00   $38,000.00"
    "     47.5%  $42,000.00   $2,880.95"
)
TOTAL = (
    "      Total        $206,000.00  $50,000.00   $55,000.00  $18,000.00  $123,000.00"
    "    59.71%  $83,000.00  $11,300.00"
)


def test_an_application_in_english():
    text = application_text(JUNE, locale="en_US")
    assert text.startswith(HEAD)
    titles, rule, *rows, last_rule, total = text.splitlines()[20:]
    assert (titles, rule) == (TITLES, last_rule)
    assert [row[6:19].strip() for row in rows] == [
        "Site work",
        "Foundation",
        "Drainage",
        "Frame",
        "Finishes",
    ]
    assert (rows[3], total) == (FRAME, TOTAL)


def test_change_orders_are_left_out_where_there_are_none():
    assert "Additions" not in application_text(MAY, locale="en")
    deducted = attrs.evolve(MAY, changes=attrs.evolve(MAY.changes, deductions_before=usd(1)))
    assert "Additions" in application_text(deducted, locale="en")


def test_a_summary_alone_has_no_tables():
    stated = ProgressApplication(
        "7\t\nA ",
        MAY_31,
        original_sum=usd(100),
        retainage_completed=usd(0),
        retainage_stored=usd(0),
        previous_certificates=usd(0),
    )
    head, summary = application_text(stated, locale="nl").split("\n\n")
    assert head.splitlines() == ["Betalingsaanvraag 7  A", "Periode tot en met: 31 mei 2026"]
    assert summary.count("\n") == 10


def test_columns_that_say_nothing_are_empty():
    none = usd(0)
    line = ApplicationLine("a", "Site", none, none, none, none)
    text = application_text(attrs.evolve(MAY, lines=[line]), locale="en_US")
    row, _, total = text.splitlines()[-3:]
    assert row.split() == ["Site", *["$0.00"] * 6]
    assert total.split() == ["Total", *["$0.00"] * 6]
