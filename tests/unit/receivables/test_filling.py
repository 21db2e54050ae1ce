"""What cash fills which instalment on which day, with early discounts and with events."""

from datetime import date

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueDateExtended,
    DueItem,
    DueRule,
    EarlyDiscount,
    EventOccurred,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Payment,
    PaymentTerms,
    Percent,
    Reversed,
    age,
    due_items,
    invoice_status,
)
from milestone_invoicing.billing.history.filling import Filling, fill
from tests.unit.bills import ACME, april, bill, claim_of, eur, june, may

TWO_TEN, ONE_TWENTY = EarlyDiscount(2, 10), EarlyDiscount(1, 20)
DAYS_14, DAYS_30 = DueRule((AddDays(14),)), DueRule((AddDays(30),))
WHOLE = PaymentTerms.net(30, discounts=[TWO_TEN, ONE_TWENTY])
# 600 due on 31 May, 400 due on 15 May; 2 % of the whole until 11 May.
TWO = PaymentTerms([Installment(Percent(60), DAYS_30), Installment(REST, DAYS_14)], [TWO_TEN])
# 600 due on 31 May, less 12 until 11 May; 400 due on 15 May, less 4 until 21 May.
EACH = PaymentTerms(
    [
        Installment(Percent(60), DAYS_30, discounts=[TWO_TEN]),
        Installment(REST, DAYS_14, discounts=[ONE_TWENTY]),
    ]
)
# 500 wait, 500 due on 31 May.
WAITS = PaymentTerms([Installment(Percent(50), after="a"), Installment(REST, DAYS_30)])
# 500 wait, less 10 within ten days of the event; 500 due on 31 May.
WAITS_LESS = PaymentTerms(
    [Installment(Percent(50), after="a", discounts=[TWO_TEN]), Installment(REST, DAYS_30)]
)
AT_ONCE = PaymentTerms([Installment(REST, after="a")])

NOTHING = [eur(0)] * 4
"""Neither credited, withheld, written off nor retained."""


def paid(amount: int | str, day: int = 2) -> Payment:
    return Payment(eur(amount), on=may(day))


def came(day: int = 5) -> EventOccurred:
    return EventOccurred("a", on=may(day))


def told(terms: PaymentTerms, *facts: InvoiceFact) -> Invoice:
    return bill(1000, *facts, terms=terms)


def filled(invoice: Invoice, asked: date) -> list[tuple[int, int, int]]:
    """Return what of each instalment is paid, discount and open, in whole euros."""
    items = due_items(invoice, as_of=asked)
    assert all(item.amount == item.paid + item.discount + item.open for item in items)
    return [
        (item.paid.minor // 100, item.discount.minor // 100, item.open.minor // 100)
        for item in items
    ]


ON_THE_WHOLE = {
    "979.99 of 980 takes nothing": ([paid("979.99", 11)], [("979.99", "0", "20.01")]),
    "980 takes 20": ([paid(980, 11)], [("980", "20", "0")]),
    "990 takes 10": ([paid(990, 11)], [("990", "10", "0")]),
    "999.99 takes 0.01": ([paid("999.99", 11)], [("999.99", "0.01", "0")]),
    "1000 takes none": ([paid(1000, 11)], [("1000", "0", "0")]),
    "1001 takes none": ([paid(1001, 11)], [("1000", "0", "0")]),
    "980 a day late reaches no 990": ([paid(980, 12)], [("980", "0", "20")]),
    "990 in the second window takes 10": ([paid(990, 12)], [("990", "10", "0")]),
    "990 on its last day takes 10": ([paid(990, 21)], [("990", "10", "0")]),
    "990 after it takes nothing": ([paid(990, 22)], [("990", "0", "10")]),
    "500 and 480 of one day count together": (
        [paid(500, 11), paid(480, 11)], [("980", "20", "0")]),
    "980 and 20 of one day take none": ([paid(980, 11), paid(20, 11)], [("1000", "0", "0")]),
    "500, then 480 take 20": ([paid(500), paid(480, 11)], [("980", "20", "0")]),
    "500, then 480 late": ([paid(500), paid(480, 12)], [("980", "0", "20")]),
    "980 late, then 10 in the second window": (
        [paid(980, 12), paid(10, 21)], [("990", "10", "0")]),
    "980, then 20: the discount stays taken": ([paid(980, 11), paid(20, 12)], [("980", "20", "0")]),
    "recorded the other way round": ([paid(480, 11), paid(500)], [("980", "20", "0")]),
    "980 before the issue date": (
        [Payment(eur(980), on=april(1))], [("980", "20", "0")]),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), ON_THE_WHOLE.values(), ids=ON_THE_WHOLE)
def test_a_discount_on_the_whole_is_what_the_client_left_off(facts: list[Payment], expected):
    items = due_items(told(WHOLE, *facts), as_of=june(1))
    amounts = [(item.paid, item.discount, item.open) for item in items]
    assert amounts == [tuple(map(eur, item)) for item in expected]


IN_PARTS = {
    "399: the one due first": (TWO, [paid(399)], [(0, 0, 600), (399, 0, 1)]),
    "980: the rest is the discount of the one due last": (
        TWO, [paid(980)], [(580, 20, 0), (400, 0, 0)]),
    "979: nothing": (TWO, [paid(979)], [(579, 0, 21), (400, 0, 0)]),
    "each: 395 of 396": (EACH, [paid(395)], [(0, 0, 600), (395, 0, 5)]),
    "each: 396 take 4": (EACH, [paid(396)], [(0, 0, 600), (396, 4, 0)]),
    "each: 400 take 4, and 4 go on": (EACH, [paid(400)], [(4, 0, 596), (396, 4, 0)]),
    "each: 983 of 984 take one": (EACH, [paid(983)], [(587, 0, 13), (396, 4, 0)]),
    "each: 984 take both": (EACH, [paid(984)], [(588, 12, 0), (396, 4, 0)]),
    "each: 987 give 3 back to the first due": (EACH, [paid(987)], [(588, 12, 0), (399, 1, 0)]),
    "each: 995 give 4 and 7 back": (EACH, [paid(995)], [(595, 5, 0), (400, 0, 0)]),
    "each: 1000 give both back": (EACH, [paid(1000)], [(600, 0, 0), (400, 0, 0)]),
    "each: 1001 give both back": (EACH, [paid(1001)], [(600, 0, 0), (400, 0, 0)]),
    "each: 396, later 588 late": (
        EACH, [paid(396), paid(588, 12)], [(588, 0, 12), (396, 4, 0)]),
    "each: 396, later 600 late, and nothing back": (
        EACH, [paid(396), paid(604, 12)], [(600, 0, 0), (396, 4, 0)]),
    "each: 984 on the 11th": (EACH, [paid(984, 11)], [(588, 12, 0), (396, 4, 0)]),
    "each: 984 on the 12th": (EACH, [paid(984, 12)], [(588, 0, 12), (396, 4, 0)]),
    "each: 996 on the 12th": (EACH, [paid(996, 12)], [(600, 0, 0), (396, 4, 0)]),
    "each: 1000 on the 12th": (EACH, [paid(1000, 12)], [(600, 0, 0), (400, 0, 0)]),
    "each: 1000 on the 22nd": (EACH, [paid(1000, 22)], [(600, 0, 0), (400, 0, 0)]),
    "each: 398 on the 22nd": (EACH, [paid(398, 22)], [(0, 0, 600), (398, 0, 2)]),
    "each: 2 late, then 394": (
        EACH, [paid(2, 9), paid(394, 12)], [(0, 0, 600), (396, 4, 0)]),
    "waiting: the dated one first": (WAITS, [paid(600)], [(100, 0, 400), (500, 0, 0)]),
    "dated before the cash came: it is due first": (
        WAITS, [came(), paid(600, 5)], [(500, 0, 0), (100, 0, 400)]),
    "dated after the cash came: nothing moves": (
        WAITS, [came(), paid(600, 4)], [(100, 0, 400), (500, 0, 0)]),
    "cash on both sides of the event": (
        WAITS, [paid(300, 4), came(), paid(300, 5)], [(300, 0, 200), (300, 0, 200)]),
    "what waits has no discount": (
        WAITS_LESS, [paid(990)], [(490, 0, 10), (500, 0, 0)]),
    "nor has what was paid when it waited, but the event takes it then": (
        WAITS_LESS, [paid(990), came()], [(490, 10, 0), (500, 0, 0)]),
    "989 are a unit too few for that": (
        WAITS_LESS, [paid(989), came()], [(489, 0, 11), (500, 0, 0)]),
    "within ten days of the event": (
        WAITS_LESS, [came(), paid(490, 15)], [(490, 10, 0), (0, 0, 500)]),
    "eleven days after the event": (
        WAITS_LESS, [came(), paid(490, 16)], [(490, 0, 10), (0, 0, 500)]),
}  # fmt: skip


@pytest.mark.parametrize(("terms", "facts", "expected"), IN_PARTS.values(), ids=IN_PARTS)
def test_cash_fills_instalments_day_by_day(
    terms: PaymentTerms, facts: list[InvoiceFact], expected: list[tuple[int, int, int]]
):
    assert filled(told(terms, *facts), june(1)) == expected
    assert filled(told(terms, *reversed(facts)), june(1)) == expected


def test_a_bounced_payment_undoes_the_discount_from_that_day_on():
    invoice = told(WHOLE, paid(980, 11), Reversed(paid(980, 11), "bounced", on=may(15)))
    assert filled(invoice, may(14)) == [(980, 20, 0)]
    assert filled(invoice, may(15)) == [(0, 0, 1000)]
    assert filled(invoice.record(paid(990, 15)), may(15)) == [(990, 10, 0)]


def test_an_event_taken_back_waits_again():
    invoice = told(WAITS, came(), paid(600, 6), Reversed(came(), "not yet", on=may(9)))
    assert filled(invoice, may(8)) == [(500, 0, 0), (100, 0, 400)]
    assert filled(invoice, may(9)) == [(100, 0, 400), (500, 0, 0)]


def test_an_item_says_what_it_waits_for_and_when_that_came():
    invoice = told(AT_ONCE, came())
    waiting = DueItem(1, None, None, eur(1000), eur(0), eur(0), *NOTHING, eur(1000), None, "a")
    dated = DueItem(1, may(5), may(5), eur(1000), eur(0), eur(0), *NOTHING, eur(1000), None, "a")
    assert due_items(invoice, as_of=may(4)) == (waiting,)
    assert due_items(invoice, as_of=may(5)) == (dated,)


def test_an_extension_reaches_what_has_a_date():
    invoice = told(WAITS, DueDateExtended(june(9), "asked", on=may(3)), came(7))
    assert [item.due_on for item in due_items(invoice, as_of=may(6))] == [None, june(9)]
    assert [item.due_on for item in due_items(invoice, as_of=may(7))] == [may(7), june(9)]
    dated = told(WAITS, came(3), DueDateExtended(june(9), "asked", on=may(3)))
    assert [item.due_on for item in due_items(dated, as_of=may(7))] == [june(9), june(9)]
    assert [item.agreed_on for item in due_items(dated, as_of=may(7))] == [may(3), may(31)]


def test_what_waits_is_undated_and_the_rest_is_aged():
    (row,) = age([told(WAITS, paid(100))], as_of=june(1)).rows
    assert (row.undated, row.current, row.overdue) == (eur(500), eur(0), eur(400))
    (row,) = age([told(WAITS, paid(100), came())], as_of=june(1)).rows
    assert (row.undated, row.buckets[0], row.balance) == (eur(0), eur(900), eur(900))


def test_a_discount_taken_is_not_aged():
    assert age([told(WHOLE, paid(980, 11))], as_of=june(1)).rows == ()


def rules(invoice: Invoice, asked: date) -> list[str]:
    return [reason.rule for reason in invoice_status(invoice, as_of=asked).reasons][1:]


SEQUENTIAL = PaymentTerms([*AT_ONCE.installments, Installment(REST, DAYS_14)], sequential=True)
REASONS = {
    "a discount taken": (
        told(WHOLE, paid(990, 11)),
        ["received EUR 990.00 of EUR 1000.00", "early discount taken: EUR 10.00"]),
    "waiting": (told(AT_ONCE), ['instalment 1: EUR 1000.00 waits for "a"']),
    "one waiting, one dated": (
        told(WAITS, paid(100)),
        ["received EUR 100.00 of EUR 1000.00",
         "oldest open instalment 2: EUR 400.00 by 2026-05-31 (agreed: 2026-05-31)",
         'instalment 1: EUR 500.00 waits for "a"']),
    "one waiting for the other": (
        told(SEQUENTIAL),
        ['instalment 1: EUR 500.00 waits for "a"',
         "instalment 2: EUR 500.00 waits for the instalment before it"]),
    "nothing waits any more": (
        told(AT_ONCE, came()),
        ["oldest open instalment 1: EUR 1000.00 by 2026-05-05 (agreed: 2026-05-05)"]),
}  # fmt: skip


@pytest.mark.parametrize(("invoice", "expected"), REASONS.values(), ids=REASONS)
def test_a_status_says_why(invoice: Invoice, expected: list[str]):
    assert rules(invoice, june(1)) == expected


def test_the_reason_of_a_discount_comes_without_facts():
    status = invoice_status(told(WHOLE, paid(990, 11)), as_of=may(11))
    assert [reason.facts for reason in status.reasons] == [(), (paid(990, 11),), ()]


def test_a_filling_is_in_definition_order_and_minor_units():
    invoice = told(EACH, paid(984))
    nothing = (0, 0)
    assert fill(claim_of(invoice), invoice.facts) == Filling(
        invoice.installments,
        (58800, 39600),
        (1200, 400),
        nothing,
        nothing,
        nothing,
        left=nothing,
        retained=0,
        excess=0,
    )


def test_one_cent_is_left_off_when_the_event_comes():
    (first, _) = due_items(told(WAITS_LESS, paid("999.99"), came()), as_of=may(5))
    assert (first.paid, first.discount, first.open) == (eur("499.99"), eur("0.01"), eur(0))


@pytest.mark.parametrize("terms", [WHOLE, EACH], ids=["whole", "each"])
def test_a_draft_claims_nothing(terms: PaymentTerms):
    assert bill(issued_on=None, terms=terms).claim is None


def test_a_bill_of_zero_gives_no_discount():
    invoice = bill(0, paid(5), terms=EACH)
    assert [item.discount for item in due_items(invoice, as_of=may(3))] == [eur(0)]


def test_a_line_that_no_discount_reduces_is_paid_whole():
    lines = [Line("Work", 1, eur(900)), Line("Freight", 1, eur(100), discountable=False)]
    invoice = Invoice("1", may(1), ACME, lines, terms=WHOLE)
    assert filled(invoice.record(paid(981)), may(2)) == [(981, 0, 19)]
    assert filled(invoice.record(paid(982)), may(2)) == [(982, 18, 0)]
