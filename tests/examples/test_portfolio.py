"""Forty invoices of five clients in two currencies, aged on three days, and read back.

Source: made up. By hand: invoice number i is issued on 5 January + 5 i days, over 1,000 + 25 i; its
client is number i mod 5, with net 30, 14, 30, 0 or 45. By i mod 4 it is paid on its due date (0),
ten days later (1), half on its due date (2), or never (3).
"""

from datetime import date
from decimal import Decimal

import pytest

from milestone_invoicing import Payment, age, as_known_on
from tests.examples.stories import cells, script

STORY = script("portfolio")
CURRENT, TO_30, TO_60, TO_90, BEYOND = range(5)

# What is open: by day and client the number of each invoice, its amount, and its column, with
# the day it was due and so many days since. What is not listed is paid, or not issued yet: the
# last one issued is number 17 by 31 March (5 January + 85 days), 29 by 31 May, 39 by 31 July.
OPEN = {
    date(2026, 3, 31): {
        "acme": [
            (10, "625", TO_30),  # half of 1,250; due 26 March, 5 days
            (15, "1375", CURRENT),  # due 20 April
            # 0 was paid on 4 February. 5, due 1 March, was paid on the 11th.
        ],
        "boreal": [
            (6, "575", TO_60),  # half of 1,150; due 18 February, 10 + 31 = 41 days
            (11, "1275", TO_30),  # due 15 March, 16 days
            (16, "1400", CURRENT),  # due 9 April
            # 1, due 24 January, was paid on 3 February.
        ],
        "cobalt": [
            (2, "525", TO_60),  # half of 1,050; due 14 February, 14 + 31 = 45 days
            (7, "1175", TO_30),  # due 11 March, 20 days
            (12, "1300", CURRENT),  # due 5 April
            (17, "1425", CURRENT),  # issued today
        ],
        "delta": [
            (3, "1075", TO_90),  # due 20 January, 11 + 28 + 31 = 70 days
            # 8 was paid on receipt, 14 February. 13, due 11 March, was paid on the 21st.
        ],
        "elm": [
            (9, "1225", CURRENT),  # issued 19 February, due 5 April
            (14, "1350", CURRENT),  # due 30 April
            # 4 was paid on 11 March.
        ],
    },
    date(2026, 5, 31): {
        "acme": [
            (10, "625", TO_90),  # 5 + 30 + 31 = 66 days
            (15, "1375", TO_60),  # due 20 April, 10 + 31 = 41 days
            (25, "1625", CURRENT),  # due 9 June
            # 20 was paid on 15 May.
        ],
        "boreal": [
            (6, "575", BEYOND),  # 41 + 30 + 31 = 102 days
            (11, "1275", TO_90),  # 16 + 30 + 31 = 77 days
            (26, "825", TO_30),  # half of 1,650; due 29 May, 2 days
            # 16 was paid on 9 April; 21, due 4 May, on the 14th.
        ],
        "cobalt": [
            (2, "525", BEYOND),  # 45 + 61 = 106 days
            (7, "1175", TO_90),  # 20 + 61 = 81 days
            (22, "775", TO_30),  # half of 1,550; due 25 May, 6 days
            (27, "1675", CURRENT),  # due 19 June
        ],
        "delta": [
            (3, "1075", BEYOND),  # 70 + 61 = 131 days
            (18, "725", TO_60),  # half of 1,450; due 5 April, 25 + 31 = 56 days
            (23, "1575", TO_60),  # due 30 April, 31 days: the first day of its column
            # 28 was paid on receipt, 25 May.
        ],
        "elm": [
            (14, "675", TO_60),  # half of 1,350; due 30 April, 31 days
            (19, "1475", TO_30),  # issued 10 April, due 25 May, 6 days
            (24, "1600", CURRENT),  # due 19 June
            (29, "1725", CURRENT),  # due 14 July
        ],
    },
    date(2026, 7, 31): {
        "acme": [
            (10, "625", BEYOND),  # 66 + 61 = 127 days
            (15, "1375", BEYOND),  # 41 + 61 = 102 days
            (30, "875", TO_30),  # half of 1,750; due 4 July, 27 days
            (35, "1875", TO_30),  # due 29 July, 2 days
        ],
        "boreal": [
            (6, "575", BEYOND),
            (11, "1275", BEYOND),
            (26, "825", TO_90),  # due 29 May, 2 + 30 + 31 = 63 days
            (31, "1775", TO_60),  # due 23 June, 7 + 31 = 38 days
        ],
        "cobalt": [
            (2, "525", BEYOND),
            (7, "1175", BEYOND),
            (22, "775", TO_90),  # 6 + 61 = 67 days
            (27, "1675", TO_60),  # due 19 June, 11 + 31 = 42 days
            (37, "1925", CURRENT),  # due 8 August
        ],
        "delta": [
            (3, "1075", BEYOND),
            (18, "725", BEYOND),  # 56 + 61 = 117 days
            (23, "1575", BEYOND),  # 31 + 61 = 92 days
            (38, "975", TO_30),  # half of 1,950; due 14 July, 17 days
            # 33, due 19 June, was paid on the 29th.
        ],
        "elm": [
            (14, "675", BEYOND),  # 31 + 61 = 92 days
            (19, "1475", TO_90),  # 6 + 61 = 67 days
            (34, "1850", CURRENT),  # due 8 August
            (39, "1975", CURRENT),  # issued 19 July, due 2 September
        ],
    },
}
# Paid by 31 March, but entered after it: as it was known then, these were open besides.
NOT_YET_ENTERED = {
    "acme": [
        (5, "1125", TO_30)
    ],  # due 1 March, 30 days: the last day of its column; entered 1 April
    "delta": [(13, "1325", TO_30)],  # due 11 March, 20 days; entered 11 April
}
# Each sum added by hand from the lists above.
TOTALS = {
    # EUR: 1,375 + 1,400; 625 + 1,275; 575; 1,075. USD: 1,300 + 1,425 + 1,225 + 1,350; 1,175; 525.
    date(2026, 3, 31): {
        "EUR": ("2775.00", "1900.00", "575.00", "1075.00", "0.00", "6325.00"),
        "USD": ("5300.00", "1175.00", "525.00", "0.00", "0.00", "7000.00"),
    },
    # EUR: 1,625; 825; 1,375 + 725 + 1,575; 625 + 1,275; 575 + 1,075.
    # USD: 1,675 + 1,600 + 1,725; 775 + 1,475; 675; 1,175; 525.
    date(2026, 5, 31): {
        "EUR": ("1625.00", "825.00", "3675.00", "1900.00", "1650.00", "9675.00"),
        "USD": ("5000.00", "2250.00", "675.00", "1175.00", "525.00", "9625.00"),
    },
    # EUR: 875 + 1,875 + 975; 1,775; 825; 2,000 + 1,850 + 3,375.
    # USD: 1,925 + 1,850 + 1,975; 1,675; 775 + 1,475; 1,700 + 675.
    date(2026, 7, 31): {
        "EUR": ("0.00", "3725.00", "1775.00", "825.00", "7225.00", "13550.00"),
        "USD": ("5750.00", "0.00", "1675.00", "2250.00", "2375.00", "12050.00"),
    },
}


def columns(items: list[tuple[int, str, int]]) -> tuple[str, ...]:
    """Return the cells that open items make: the columns, nothing unapplied, the balance."""
    sums = [Decimal("0.00")] * 5
    for _, amount, column in items:
        sums[column] += Decimal(amount)
    return tuple(map(str, (*sums, Decimal("0.00"), sum(sums))))


@pytest.mark.parametrize("day", OPEN, ids=str)
def test_each_client_owes_what_is_listed_by_hand(day: date):
    expected = {client: columns(items) for client, items in OPEN[day].items()}
    assert cells(age(STORY.portfolio(), as_of=day)) == expected


@pytest.mark.parametrize("day", OPEN, ids=str)
def test_exactly_the_listed_invoices_are_open(day: date):
    listed = {f"P-{number:02}" for items in OPEN[day].values() for number, _, _ in items}
    still = {one.number for one in STORY.portfolio() if age([one], as_of=day).rows}
    assert still == listed


@pytest.mark.parametrize("day", TOTALS, ids=str)
def test_each_currency_has_a_total_of_its_own(day: date):
    totals = age(STORY.portfolio(), as_of=day).totals
    assert {
        row.currency.code: tuple(
            str(amount.amount) for amount in (row.current, *row.buckets, row.balance)
        )
        for row in totals
    } == TOTALS[day]


def test_the_story_is_told_on_these_days():
    assert tuple(OPEN) == STORY.DAYS
    assert date(2026, 3, 31) == STORY.LAST_MONTH
    assert len(STORY.portfolio()) == 40


def test_read_back_as_known_on_31_march_what_was_not_entered_is_open():
    day = STORY.LAST_MONTH
    then = [as_known_on(invoice, day) for invoice in STORY.portfolio()]
    expected = {
        client: columns([*items, *NOT_YET_ENTERED.get(client, [])])
        for client, items in OPEN[day].items()
    }
    assert cells(age(then, as_of=day)) == expected


def test_later_entries_never_change_what_was_known():
    day = STORY.LAST_MONTH
    printed = age([as_known_on(invoice, day) for invoice in STORY.portfolio()], as_of=day)
    entered_later = [
        invoice.record(
            Payment(invoice.payable, on=invoice.issued_on, recorded_on=date(2026, 4, 1)),
            Payment(invoice.payable, on=date(2026, 8, 1)),
        )
        for invoice in STORY.portfolio()
    ]
    assert age(entered_later, as_of=day) != printed
    again = [as_known_on(invoice, day) for invoice in entered_later]
    assert age(again, as_of=day) == printed


def test_what_is_entered_on_the_day_itself_is_known():
    # Number 1 was paid on 3 February and entered three weeks later, on the 24th.
    invoice = STORY.bill(1)
    day = date(2026, 2, 24)
    assert age([as_known_on(invoice, day)], as_of=day).rows == ()
    before = age([as_known_on(invoice, date(2026, 2, 23))], as_of=day)
    assert str(before.rows[0].balance) == "EUR 1025.00"


def test_the_script_prints_three_reports_and_the_one_read_back(capsys: pytest.CaptureFixture[str]):
    STORY.main()
    lines = capsys.readouterr().out.splitlines()
    for line in (
        "Portfolio",
        "Mar 31, 2026      Current       1-30    31-60      61-90    91+    Balance",
        "Acme Ltd        €1,375.00    €625.00    €0.00      €0.00  €0.00  €2,000.00",
        "Acme Ltd        €1,375.00  €1,750.00    €0.00      €0.00  €0.00  €3,125.00",  # read back
        "Total EUR       €1,625.00    €825.00  €3,675.00  €1,900.00  €1,650.00  €9,675.00",
        "Total USD       $5,750.00      $0.00  $1,675.00  $2,250.00  $2,375.00  $12,050.00",
        "As it was known on the first of these days, before late entries:",
    ):
        assert line in lines
