"""A brand designer, 6,499.99 EUR: 30 % first mock-ups, 30 % revisions, 40 % final assets.

Source: the percents are those of practice (DESIGN: freelance design 30/30/40); the rest is made
up. Hand-made figures; net 30 with 20 % tax; one invoice is voided and billed again.
"""

from datetime import date

import pytest

from milestone_invoicing import due_items
from tests.examples.stories import Seen, billed, due, major, script, seen

STORY = script("brand_designer")
AGREED = "6499.99"


def test_a_total_that_does_not_divide_is_shared_out_to_the_cent():
    schedule = STORY.contract()
    # Truncated: 1,949.99 + 1,949.99 + 2,599.99 = 6,499.97; 2 cents are left over.
    assert major(*schedule.amounts(as_of=STORY.DAYS[0])) == (
        "1950.00",  # 6,499.99 x 30 % = 1,949.997; remainder .7, a cent more
        "1950.00",  # the same: these two remainders are the largest
        "2599.99",  # 6,499.99 x 40 % = 2,599.996; remainder .6
    )


def test_each_invoice_adds_a_fifth_of_tax():
    assert billed(STORY) == {
        "A-1": ("1950.00", "390.00", "2340.00"),  # 1,950.00 x 20 % = 390.00
        "A-2": ("1950.00", "390.00", "2340.00"),
        "A-3": ("1950.00", "390.00", "2340.00"),  # the same milestone, billed again
    }


def test_the_second_bill_is_due_in_two_instalments():
    assert due(STORY) == {
        "A-1": [("2026-10-04", "2340.00")],  # 4 September + 30 days
        "A-2": [("2026-10-28", "2340.00")],  # 28 September + 30 days
        # 1 October + 14 days, and a month after that; 2,340 / 2 = 1,170
        "A-3": [("2026-10-15", "1170.00"), ("2026-11-15", "1170.00")],
    }


DAYS = {
    date(2026, 9, 4): Seen(
        milestones={"mock-ups": "invoiced", "revisions": "planned", "final-assets": "planned"},
        invoices={"A-1": ("2340.00", "2340.00", "sent", 0)},
        net=(AGREED, "1950.00", "0.00", "4549.99", "0.00"),  # 6,499.99 - 1,950.00
        gross=("2340.00", "0.00", "2340.00", "0.00"),
        aged={"atelier": ("2340.00", "0.00", "0.00", "0.00", "0.00", "0.00", "2340.00")},
    ),
    # A-1 was paid on 21 September. A-2, of the 28th, is voided on that day: it claims nothing, and
    # its 1,950.00 wait for a decision.
    date(2026, 9, 29): Seen(
        milestones={"mock-ups": "paid", "revisions": "needs decision", "final-assets": "planned"},
        invoices={"A-1": ("2340.00", "0.00", "paid", 0), "A-2": ("0.00", "0.00", "void", 0)},
        net=(AGREED, "1950.00", "1950.00", "2599.99", "0.00"),  # 6,499.99 - 2 x 1,950.00
        gross=("2340.00", "2340.00", "0.00", "0.00"),
        aged={},
    ),
    date(2026, 10, 1): Seen(
        milestones={"mock-ups": "paid", "revisions": "invoiced", "final-assets": "planned"},
        invoices={
            "A-1": ("2340.00", "0.00", "paid", 0),
            "A-2": ("0.00", "0.00", "void", 0),
            "A-3": ("2340.00", "2340.00", "sent", 0),
        },
        net=(AGREED, "3900.00", "0.00", "2599.99", "0.00"),  # 2 x 1,950.00
        gross=("4680.00", "2340.00", "2340.00", "0.00"),  # 2 x 2,340.00
        aged={"atelier": ("2340.00", "0.00", "0.00", "0.00", "0.00", "0.00", "2340.00")},
    ),
    # The first instalment came on its day, 15 October; the second is due in five days.
    date(2026, 11, 10): Seen(
        milestones={"mock-ups": "paid", "revisions": "invoiced", "final-assets": "planned"},
        invoices={
            "A-1": ("2340.00", "0.00", "paid", 0),
            "A-2": ("0.00", "0.00", "void", 0),
            "A-3": ("2340.00", "1170.00", "part paid", 0),
        },
        net=(AGREED, "3900.00", "0.00", "2599.99", "0.00"),
        gross=("4680.00", "3510.00", "1170.00", "0.00"),  # paid 2,340 + 1,170
        aged={"atelier": ("1170.00", "0.00", "0.00", "0.00", "0.00", "0.00", "1170.00")},
    ),
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_contract_on(day: date):
    assert seen(STORY, day) == DAYS[day]


def test_the_story_is_told_on_these_days():
    assert tuple(DAYS) == STORY.DAYS


def test_the_new_bill_names_the_voided_one_and_the_right_client():
    _, wrong, again = STORY.bills(STORY.contract())
    assert again.preceding == ("A-2",)
    assert (wrong.buyer.key, again.buyer.key) == ("lune", "atelier")
    assert again.seller == STORY.DESIGNER


def test_the_payment_of_october_fills_the_first_instalment():
    again = STORY.bills(STORY.contract())[2]
    items = due_items(again, as_of=date(2026, 11, 10))
    assert [major(item.paid, item.open) for item in items] == [
        ("1170.00", "0.00"),
        ("0.00", "1170.00"),
    ]


def test_the_script_prints_in_french(capsys: pytest.CaptureFixture[str]):
    STORY.main()
    plain = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    lines = plain.replace("\N{NARROW NO-BREAK SPACE}", " ").splitlines()
    for line in (
        "Identité visuelle",
        "29 sept. 2026",
        "Révisions            30 %  1 950,00 €  à l'approbation  décision requise",
        "Facture  Date d'émission  Net à payer  Reste dû  Statut",
        "A-2      28 sept. 2026         0,00 €    0,00 €  annulée",
        "A-3      1 oct. 2026       2 340,00 €  1 170,00 €  partiellement payée",
        "HT : convenu 6 499,99 € = facturé 3 900,00 € + reste à facturer 2 599,99 €",
        "TTC : facturé 4 680,00 € = payé 3 510,00 € + reste dû 1 170,00 €",
        "Total EUR          1 170,00 €  0,00 €  0,00 €  0,00 €  0,00 €  1 170,00 €",
    ):
        assert line in lines
