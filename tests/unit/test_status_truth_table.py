"""The truth table of statuses, all rows; numbers as in its source.

An invoice of 1,000.00, issued and sent on 1 May 2026, due on Sunday 31 May, unless a row says
otherwise. The figures are worked out by hand from the dates.
"""

from datetime import date
from typing import Any, NamedTuple

import pytest

from milestone_invoicing import (
    AddDays,
    Applied,
    BusinessCalendar,
    Credited,
    Disputed,
    DocumentState,
    DueDateExtended,
    DueRule,
    EarlyDiscount,
    Flag,
    Installment,
    Invoice,
    InvoiceStatus,
    Payment,
    PaymentTerms,
    Percent,
    Promised,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    RollToBusinessDay,
    Sent,
    SettlementState,
    StatusLabel,
    Timeliness,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    age,
    invoice_status,
)
from tests.unit.bills import april, bill, eur, july, june, may

DRAFT, ISSUED, SENT, VOID = DocumentState
UNPAID, PART_PAID, NOTHING_DUE, WRITTEN_OFF, OVERPAID, PAID, CREDITED = SettlementState
NOTHING_OPEN, NOT_DUE, DUE, OVERDUE = Timeliness
LABEL = StatusLabel
UNSENT, EXTENDED = frozenset({Flag.UNSENT}), frozenset({Flag.EXTENDED})
DISPUTED, PROMISED = frozenset({Flag.DISPUTED}), frozenset({Flag.PROMISED})
BROKEN = frozenset({Flag.PROMISE_BROKEN})
NO_FLAG: frozenset[Flag] = frozenset()

ON_1_MAY = Sent(on=may(1))
TWO_PARTS = PaymentTerms(
    [  # 15 May and 31 May
        Installment(Percent(50), DueRule((AddDays(14),))),
        Installment(Percent(50), DueRule((AddDays(30),))),
    ]
)
NEXT_BUSINESS_DAY = DueRule((RollToBusinessDay(BusinessCalendar()),))

UNSENT_BILL = bill()
SENT_BILL = bill(1000, ON_1_MAY)
NUMBERLESS = bill(number=None, issued_on=may(1))
PART = SENT_BILL.record(Payment(eur(400), on=may(15)))
HALVES = bill(1000, ON_1_MAY, terms=TWO_PARTS)
HALF_PAID = HALVES.record(Payment(eur(500), on=may(14)))
LATE_PAID = SENT_BILL.record(Payment(eur(1000), on=june(5)))
TOO_MUCH = SENT_BILL.record(Payment(eur(1050), on=may(30)))
EXTENDED_EARLY = SENT_BILL.record(DueDateExtended(june(30), "asked", on=may(20)))
EXTENDED_LATE = SENT_BILL.record(DueDateExtended(june(30), "asked", on=june(10)))
PART_DISPUTED = SENT_BILL.record(Disputed("two days too many", eur(250), on=june(5)))
PROMISED_ON_5_JUNE = SENT_BILL.record(Promised(june(15), on=june(5)))
ZERO = bill(0, ON_1_MAY)
VOIDED = UNSENT_BILL.record(Voided("wrong client", on=may(5)))
VOIDED_WITH_400 = UNSENT_BILL.record(
    Payment(eur(400), on=may(4)), Voided("wrong client", on=may(5))
)
PAID_30_MAY = Payment(eur(1000), on=may(30))
BOUNCED = SENT_BILL.record(PAID_30_MAY, Reversed(PAID_30_MAY, "bounced", on=june(8)))
TWO_TEN = bill(1000, ON_1_MAY, terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)]))
PAID_11_MAY = TWO_TEN.record(Payment(eur(980), on=may(11)))
PAID_12_MAY = TWO_TEN.record(Payment(eur(980), on=may(12)))
WAITING = bill(
    1000, ON_1_MAY, terms=PaymentTerms([Installment(Percent(100), after="letter of credit")])
)


REFUNDED = TOO_MUCH.record(Refunded(eur(50), on=june(15)))
CASH_AND_CREDIT = SENT_BILL.record(
    Payment(eur(400), on=may(20)), Credited(eur(600), "CN-1", on=june(2))
)
# A note of 600 beside 700 in cash: 300 of it find room, and 300 stay on the note.
PART_CREDIT = SENT_BILL.record(
    Payment(eur(700), on=may(20)), Credited(eur(300), "CN-1", on=june(2))
)
NOTE_OF_600 = bill(-600, Sent(on=may(1)), Applied(eur(300), "1", on=june(2)), number="CN-1")
ALL_CREDITED = SENT_BILL.record(Credited(eur(1000), "CN-1", on=june(2)))
SOME_CREDITED = SENT_BILL.record(Credited(eur(200), "CN-1", on=may(12)))
BAD_DEBT = SENT_BILL.record(Payment(eur(900), on=may(20)), WrittenOff(eur(100), on=june(20)))
SMALL = SENT_BILL.record(
    Payment(eur("999.60"), on=may(20)),
    WrittenOff(eur("0.40"), WriteOffReason.SMALL_DIFFERENCE, on=june(20)),
)
ALL_SMALL = bill(
    "0.40",
    ON_1_MAY,
    WrittenOff(eur("0.40"), WriteOffReason.SMALL_DIFFERENCE, on=june(20)),
)
LOST = SENT_BILL.record(WrittenOff(eur(1000), on=june(20)))
RECOVERED = LOST.record(Recovered(eur(300), on=july(5)))
ALL_RECOVERED = LOST.record(Recovered(eur(1000), on=july(5)))
NOTE = bill(-300, Sent(on=may(1)), number="CN-2")
APPLIED = NOTE.record(Applied(eur(300), "1", on=may(20)))
PAID_BACK = NOTE.record(Refunded(eur(300), on=may(20)))
HELD = bill(1000, ON_1_MAY, Payment(eur(900), on=may(31)), held=eur(100))
RELEASED = HELD.record(RetainageReleased(eur(100), june(30), on=june(10)))
WITHHELD = SENT_BILL.record(Payment(eur(850), on=may(20)), Withheld(eur(150), "W-17", on=may(20)))


class Row(NamedTuple):
    number: int
    situation: str
    invoice: Invoice
    asked: date
    axes: tuple[DocumentState, SettlementState, Timeliness]
    label: StatusLabel
    open: int
    days: int = 0
    overdue: int = 0
    next_change: date | None = None
    flags: frozenset[Flag] = NO_FLAG
    to_chase: int | None = None  # all that is open
    unapplied: int = 0
    discount: int = 0
    loss: int = 0
    retained: int = 0
    payable: int = 1000
    options: dict[str, Any] = {}  # noqa: RUF012  # read only, as every row is

    @property
    def name(self) -> str:
        late = f", {self.days} days" if self.days else ""
        asked = f"{self.asked.day} {self.asked:%b}"
        return f"row {self.number}, {self.situation}, {asked} = {self.label.value}{late}"


# fmt: off
ROWS = [
    Row(1, "issued on 1 May", SENT_BILL, april(30), (DRAFT, UNPAID, NOTHING_OPEN), LABEL.DRAFT, 0),
    Row(1, "issued on 1 May", SENT_BILL, may(1), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000,
        next_change=may(31)),
    Row(2, "no number", NUMBERLESS, june(10), (DRAFT, UNPAID, NOTHING_OPEN), LABEL.DRAFT, 0),
    Row(3, "sent", SENT_BILL, may(10), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000,
        next_change=may(31)),
    Row(4, "never sent", UNSENT_BILL, may(10), (ISSUED, UNPAID, NOT_DUE), LABEL.ISSUED, 1000,
        next_change=may(31), flags=UNSENT),
    Row(5, "due within 7", SENT_BILL, may(23), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000,
        next_change=may(24), options={"due_within": 7}),
    Row(5, "due within 7", SENT_BILL, may(24), (SENT, UNPAID, DUE), LABEL.DUE, 1000,
        next_change=june(1), options={"due_within": 7}),
    Row(5, "due within 7", SENT_BILL, may(25), (SENT, UNPAID, DUE), LABEL.DUE, 1000,
        next_change=june(1), options={"due_within": 7}),
    Row(6, "due today", SENT_BILL, may(31), (SENT, UNPAID, DUE), LABEL.DUE, 1000,
        next_change=june(1)),
    Row(7, "the day after", SENT_BILL, june(1), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE, 1000, 1,
        overdue=1000),
    Row(8, "rolled to Monday", SENT_BILL, may(31), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000,
        next_change=june(1), options={"pay_by": NEXT_BUSINESS_DAY}),
    Row(8, "rolled to Monday", SENT_BILL, june(1), (SENT, UNPAID, DUE), LABEL.DUE, 1000,
        next_change=june(2), options={"pay_by": NEXT_BUSINESS_DAY}),
    Row(8, "rolled to Monday", SENT_BILL, june(2), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE, 1000, 1,
        overdue=1000, options={"pay_by": NEXT_BUSINESS_DAY}),
    Row(9, "grace 5", SENT_BILL, june(3), (SENT, UNPAID, DUE), LABEL.DUE, 1000,
        next_change=june(6), options={"grace_days": 5}),
    Row(9, "grace 5", SENT_BILL, june(5), (SENT, UNPAID, DUE), LABEL.DUE, 1000,
        next_change=june(6), options={"grace_days": 5}),
    Row(9, "grace 5", SENT_BILL, june(6), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE, 1000, 6,
        overdue=1000, options={"grace_days": 5}),
    Row(10, "400 paid", PART, may(20), (SENT, PART_PAID, NOT_DUE), LABEL.PART_PAID, 600,
        next_change=may(31)),
    Row(10, "400 paid", PART, june(10), (SENT, PART_PAID, OVERDUE), LABEL.OVERDUE, 600, 10,
        overdue=600),
    Row(11, "the first of two halves paid", HALF_PAID, may(20), (SENT, PART_PAID, NOT_DUE),
        LABEL.PART_PAID, 500, next_change=may(31)),
    Row(12, "two halves, nothing paid", HALVES, may(20), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE,
        1000, 5, overdue=500),
    Row(13, "paid on 5 Jun", LATE_PAID, june(3), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE, 1000, 3,
        overdue=1000),
    Row(13, "paid on 5 Jun", LATE_PAID, june(4), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE, 1000, 4,
        overdue=1000),
    Row(13, "paid on 5 Jun", LATE_PAID, june(5), (SENT, PAID, NOTHING_OPEN), LABEL.PAID, 0),
    Row(13, "paid on 5 Jun", LATE_PAID, june(10), (SENT, PAID, NOTHING_OPEN), LABEL.PAID, 0),
    Row(14, "1,050 paid", TOO_MUCH, june(10), (SENT, OVERPAID, NOTHING_OPEN), LABEL.PAID, 0,
        unapplied=50),
    Row(15, "then 50 refunded", REFUNDED, june(14), (SENT, OVERPAID, NOTHING_OPEN), LABEL.PAID, 0,
        unapplied=50),
    Row(15, "then 50 refunded", REFUNDED, june(15), (SENT, PAID, NOTHING_OPEN), LABEL.PAID, 0),
    Row(16, "400 cash, 600 credited", CASH_AND_CREDIT, june(1), (SENT, PART_PAID, OVERDUE),
        LABEL.OVERDUE, 600, 1, overdue=600),
    Row(16, "400 cash, 600 credited", CASH_AND_CREDIT, june(10), (SENT, PAID, NOTHING_OPEN),
        LABEL.PAID, 0),
    Row(17, "700 cash, a note of 600", PART_CREDIT, june(10), (SENT, PAID, NOTHING_OPEN),
        LABEL.PAID, 0),
    Row(17, "the note of 600", NOTE_OF_600, june(10), (SENT, OVERPAID, NOTHING_OPEN),
        LABEL.CREDIT_OPEN, 0, unapplied=300, payable=-600),
    Row(18, "credited in full", ALL_CREDITED, june(10), (SENT, CREDITED, NOTHING_OPEN),
        LABEL.CREDITED, 0),
    Row(19, "200 credited", SOME_CREDITED, may(11), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000,
        next_change=may(31)),
    Row(19, "200 credited", SOME_CREDITED, may(20), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 800,
        next_change=may(31)),
    Row(20, "900 paid, 100 lost", BAD_DEBT, june(19), (SENT, PART_PAID, OVERDUE), LABEL.OVERDUE,
        100, 19, overdue=100),
    Row(20, "900 paid, 100 lost", BAD_DEBT, june(20), (SENT, WRITTEN_OFF, NOTHING_OPEN),
        LABEL.WRITTEN_OFF, 0, loss=100),
    Row(21, "999.60 paid, 0.40 given up", SMALL, june(20), (SENT, PAID, NOTHING_OPEN), LABEL.PAID,
        0),
    Row(21, "0.40 given up and nothing paid", ALL_SMALL, june(20),
        (SENT, WRITTEN_OFF, NOTHING_OPEN), LABEL.WRITTEN_OFF, 0, payable=0),
    Row(22, "all written off", LOST, july(4), (SENT, WRITTEN_OFF, NOTHING_OPEN),
        LABEL.WRITTEN_OFF, 0, loss=1000),
    Row(22, "then 300 recovered", RECOVERED, july(5), (SENT, WRITTEN_OFF, NOTHING_OPEN),
        LABEL.WRITTEN_OFF, 0, loss=700),
    Row(22, "then all recovered", ALL_RECOVERED, july(5), (SENT, PAID, NOTHING_OPEN), LABEL.PAID,
        0),
    Row(23, "250 disputed on 5 Jun", PART_DISPUTED, june(4), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 4, overdue=1000),
    Row(23, "250 disputed on 5 Jun", PART_DISPUTED, june(5), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 5, overdue=1000, flags=DISPUTED, to_chase=750),
    Row(23, "250 disputed on 5 Jun", PART_DISPUTED, june(10), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 10, overdue=1000, flags=DISPUTED, to_chase=750),
    Row(24, "extended on 20 May", EXTENDED_EARLY, june(10), (SENT, UNPAID, NOT_DUE), LABEL.SENT,
        1000, next_change=june(30), flags=EXTENDED),
    Row(24, "extended on 20 May", EXTENDED_EARLY, may(19), (SENT, UNPAID, NOT_DUE), LABEL.SENT,
        1000, next_change=may(31)),
    Row(24, "extended on 20 May", EXTENDED_EARLY, july(1), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE,
        1000, 1, overdue=1000, flags=EXTENDED),
    Row(25, "extended on 10 Jun", EXTENDED_LATE, june(9), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE,
        1000, 9, overdue=1000),
    Row(25, "extended on 10 Jun", EXTENDED_LATE, june(10), (SENT, UNPAID, NOT_DUE), LABEL.SENT,
        1000, next_change=june(30), flags=EXTENDED),
    Row(25, "extended on 10 Jun", EXTENDED_LATE, june(11), (SENT, UNPAID, NOT_DUE), LABEL.SENT,
        1000, next_change=june(30), flags=EXTENDED),
    Row(26, "promised for 15 Jun", PROMISED_ON_5_JUNE, june(4), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 4, overdue=1000),
    Row(26, "promised for 15 Jun", PROMISED_ON_5_JUNE, june(5), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 5, overdue=1000, flags=PROMISED, next_change=june(16)),
    Row(26, "promised for 15 Jun", PROMISED_ON_5_JUNE, june(10), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 10, overdue=1000, flags=PROMISED, next_change=june(16)),
    Row(26, "promised for 15 Jun", PROMISED_ON_5_JUNE, june(15), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 15, overdue=1000, flags=PROMISED, next_change=june(16)),
    Row(26, "promised for 15 Jun", PROMISED_ON_5_JUNE, june(16), (SENT, UNPAID, OVERDUE),
        LABEL.OVERDUE, 1000, 16, overdue=1000, flags=BROKEN),
    Row(27, "nothing billed", ZERO, may(1), (SENT, NOTHING_DUE, NOTHING_OPEN), LABEL.PAID, 0,
        payable=0),
    Row(27, "nothing billed", ZERO, june(10), (SENT, NOTHING_DUE, NOTHING_OPEN), LABEL.PAID, 0,
        payable=0),
    Row(28, "a credit note", NOTE, june(10), (SENT, OVERPAID, NOTHING_OPEN), LABEL.CREDIT_OPEN, 0,
        unapplied=300, payable=-300),
    Row(28, "a credit note, applied", APPLIED, june(10), (SENT, NOTHING_DUE, NOTHING_OPEN),
        LABEL.CREDIT_APPLIED, 0, payable=-300),
    Row(28, "a credit note, refunded", PAID_BACK, june(10), (SENT, NOTHING_DUE, NOTHING_OPEN),
        LABEL.REFUNDED, 0, payable=-300),
    Row(29, "100 held", HELD, may(30), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 900, retained=100,
        next_change=may(31)),
    Row(29, "900 paid, 100 held", HELD, june(10), (SENT, PART_PAID, NOTHING_OPEN), LABEL.RETAINED,
        0, retained=100),
    Row(30, "released for 30 Jun", RELEASED, june(9), (SENT, PART_PAID, NOTHING_OPEN),
        LABEL.RETAINED, 0, retained=100),
    Row(30, "released for 30 Jun", RELEASED, june(10), (SENT, PART_PAID, NOT_DUE),
        LABEL.PART_PAID, 100, next_change=june(30)),
    Row(30, "released for 30 Jun", RELEASED, july(5), (SENT, PART_PAID, OVERDUE), LABEL.OVERDUE,
        100, 5, overdue=100),
    Row(31, "voided unsent", VOIDED, may(4), (ISSUED, UNPAID, NOT_DUE), LABEL.ISSUED, 1000,
        next_change=may(31), flags=UNSENT),
    Row(31, "voided unsent", VOIDED, may(5), (VOID, NOTHING_DUE, NOTHING_OPEN), LABEL.VOID, 0,
        payable=0),
    Row(31, "voided unsent", VOIDED, june(10), (VOID, NOTHING_DUE, NOTHING_OPEN), LABEL.VOID, 0,
        payable=0),
    Row(31, "voided with 400 received", VOIDED_WITH_400, june(10), (VOID, OVERPAID, NOTHING_OPEN),
        LABEL.VOID, 0, unapplied=400, payable=0),
    Row(32, "paid 30 May, bounced 8 Jun", BOUNCED, june(5), (SENT, PAID, NOTHING_OPEN), LABEL.PAID,
        0),
    Row(32, "paid 30 May, bounced 8 Jun", BOUNCED, june(8), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE,
        1000, 8, overdue=1000),
    Row(32, "paid 30 May, bounced 8 Jun", BOUNCED, june(10), (SENT, UNPAID, OVERDUE), LABEL.OVERDUE,
        1000, 10, overdue=1000),
    Row(33, "2/10, 980 paid on 11 May", PAID_11_MAY, may(10), (SENT, UNPAID, NOT_DUE), LABEL.SENT,
        1000, next_change=may(31)),
    Row(33, "2/10, 980 paid on 11 May", PAID_11_MAY, may(11), (SENT, PAID, NOTHING_OPEN),
        LABEL.PAID, 0, discount=20),
    Row(33, "2/10, 980 paid on 11 May", PAID_11_MAY, may(20), (SENT, PAID, NOTHING_OPEN),
        LABEL.PAID, 0, discount=20),
    Row(33, "2/10, 980 paid on 12 May", PAID_12_MAY, may(20), (SENT, PART_PAID, NOT_DUE),
        LABEL.PART_PAID, 20, next_change=may(31)),
    Row(33, "2/10, 980 paid on 12 May", PAID_12_MAY, june(1), (SENT, PART_PAID, OVERDUE),
        LABEL.OVERDUE, 20, 1, overdue=20),
    Row(34, "850 cash, 150 withheld", WITHHELD, june(10), (SENT, PAID, NOTHING_OPEN), LABEL.PAID,
        0),
    Row(35, "waits for an event", WAITING, may(1), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000),
    Row(35, "waits for an event", WAITING, june(10), (SENT, UNPAID, NOT_DUE), LABEL.SENT, 1000),
    Row(35, "waits for an event, due within 99", WAITING, july(1), (SENT, UNPAID, NOT_DUE),
        LABEL.SENT, 1000, options={"due_within": 99}),
]
# fmt: on


def row_of(row: Row, status: InvoiceStatus) -> Row:
    """Return what *status* says as a row, so that one comparison shows all that differs."""
    euros = {
        name: getattr(status, name).minor // 100
        for name in ("open", "overdue", "unapplied", "discount", "loss", "retained", "payable")
    }
    return row._replace(
        asked=status.as_of,
        axes=(status.document, status.settlement, status.timeliness),
        label=status.label,
        days=status.days_overdue,
        next_change=status.next_change,
        flags=status.flags,
        to_chase=None if status.to_chase == status.open else status.to_chase.minor // 100,
        **euros,
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_status_is(row: Row):
    assert row_of(row, invoice_status(row.invoice, as_of=row.asked, **row.options)) == row


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_all_means_and_what_is_open_is_what_is_claimed(row: Row):
    status = invoice_status(row.invoice, as_of=row.asked, **row.options)
    if status.document is not DRAFT and status.payable.minor >= 0:
        means = (status.paid, status.discount, status.credited, status.withheld, status.loss)
        assert sum((*means, status.retained), status.open) == status.payable


def test_what_waits_for_an_event_stands_in_the_undated_column():
    (row,) = age([WAITING], as_of=june(10)).rows
    assert (row.undated, row.current, row.overdue) == (eur(1000), eur(0), eur(0))


def test_the_table_has_each_row():
    assert {row.number for row in ROWS} == {*range(1, 36)}
