"""Early discounts of bills of which the client withholds tax: cash and certificate settle together.

1,210.00 of 1 May, due on the 31st, of which 150.00 is withheld; 2 % until the 11th is 24.20.
"""

import re
from collections.abc import Sequence

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    Credited,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Payment,
    PaymentTerms,
    ReminderPolicy,
    Reversed,
    Sent,
    StatusLabel,
    Tax,
    Timeliness,
    Withheld,
    apply_payment,
    discount_state,
    due_reminders,
    invoice_status,
    suggest_matches,
)
from milestone_invoicing.display import invoice_text
from milestone_invoicing.errors import ImpossibleFactError
from tests.unit.bills import ACME, eur, june, may
from tests.unit.bills import bill as plain

TWO_TEN = EarlyDiscount(2, 10)


def in_parts(count: int) -> PaymentTerms:
    rules = (DueRule([AddDays(30 * number)]) for number in range(1, count + 1))
    return PaymentTerms([Installment(REST, rule, discounts=[TWO_TEN]) for rule in rules])


WHOLE = PaymentTerms.net(30, discounts=[TWO_TEN])


def bill(*facts: InvoiceFact, terms: PaymentTerms = WHOLE, withheld: int = 150) -> Invoice:
    return Invoice(
        "1",
        may(1),
        ACME,
        [Line("Audit", 1, eur(1000), tax=Tax.standard(21))],
        terms=terms,
        withheld=[Adjustment(eur(withheld), reason="Withholding tax")],
        facts=(Sent(on=may(1)), *facts),
    )


def paid(amount: int | str, day: int = 11) -> Payment:
    return Payment(eur(amount), on=may(day))


def certified(amount: int | str, day: int = 25) -> Withheld:
    return Withheld(eur(amount), f"W-{amount}", on=may(day))


LATE = paid("1035.80", 12)
BOUNCED = (paid("1035.80"), Reversed(paid("1035.80"), "bounced", on=may(20)))
# fmt: off
SETTLED = {
    "1035.80 + 150.00 to come": ([paid("1035.80")], "24.20", "150.00", 0),
    "1035.80 + 150.00": ([paid("1035.80"), certified(150)], "24.20", "0.00", 0),
    "150.00 + 1035.80": ([certified(150, 5), paid("1035.80")], "24.20", "0.00", 0),
    "1035.80 + 150.00 on one day": ([paid("1035.80"), certified(150, 11)], "24.20", "0.00", 0),
    "1035.80 + 100.00, 50.00 to come": ([paid("1035.80"), certified(100)], "24.20", "50.00", 0),
    "1035.79 is a cent short": ([paid("1035.79")], "0.00", "174.21", 1),
    "1035.80 a day late": ([LATE], "0.00", "174.20", 1),
    "1038.80 + 150.00 to come": ([paid("1038.80")], "21.20", "150.00", 0),
    "1038.80 + 147.00, which is of the discounted": (
        [paid("1038.80"), certified(147)], "24.20", "0.00", 0),
    "147.00 + 1038.80": ([certified(147, 5), paid("1038.80")], "24.20", "0.00", 0),
    "1038.80 + 147.00 on one day": ([paid("1038.80"), certified(147, 11)], "24.20", "0.00", 0),
    "1038.80 + 147.00 + 3.00 that was withheld after all": (
        [paid("1038.80"), certified(147), certified(3, 26)], "21.20", "0.00", 0),
    "1038.80 + 146.99 is a cent short": (
        [paid("1038.80"), certified("146.99")], "21.20", "3.01", 0),
    "1038.79 + 147.00 is a cent short": ([paid("1038.79"), certified(147)], "21.21", "3.00", 0),
    "1060.00 is all": ([paid(1060)], "0.00", "150.00", 0),
    "1060.00 + 147.00: no discount was left off": ([paid(1060), certified(147)], "0.00", "3.00", 0),
    "1185.80, and nothing withheld": ([paid("1185.80")], "24.20", "0.00", 0),
    "1185.80 + 10.00 withheld after all": (
        [paid("1185.80"), certified(10)], "14.20", "0.00", 0),
    "1185.79 is more than cash, and less than all": ([paid("1185.79")], "0.00", "24.21", 0),
    "it bounced": (BOUNCED, "0.00", "1210.00", 1),
    "half credited, 517.90 + 75.00 to come": (
        [Credited(eur(605), "N", on=may(2)), paid("517.90")], "12.10", "75.00", 0),
    "half credited, 517.89 is a cent short": (
        [Credited(eur(605), "N", on=may(2)), paid("517.89")], "0.00", "87.11", 1),
}
# fmt: on


@pytest.mark.parametrize(("facts", "discount", "open_", "letters"), SETTLED.values(), ids=SETTLED)
@pytest.mark.parametrize("terms", [WHOLE, in_parts(1)], ids=["whole", "instalment"])
def test_cash_in_the_window_and_what_is_withheld_take_it(
    facts: Sequence[InvoiceFact], discount: str, open_: str, letters: int, terms: PaymentTerms
):
    invoice = bill(*facts, terms=terms)
    status = invoice_status(invoice, as_of=june(20))
    assert (status.discount, status.open) == (eur(discount), eur(open_))
    assert status.payable == status.paid + status.discount + status.withheld + status.credited + (
        status.open
    )
    late = Timeliness.OVERDUE if letters else Timeliness.NOTHING_OPEN
    assert status.timeliness is late
    asked = due_reminders([invoice], ReminderPolicy.standard(), as_of=june(20))
    assert len(asked) == letters
    assert discount_state(invoice, as_of=june(20)).settles == sum(
        (each.amount for each in asked), eur(0)
    )


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_instalment_leaves_its_part_to_the_certificate(count: int):
    invoice = bill(terms=in_parts(count))
    offers = discount_state(invoice, as_of=may(1)).offers
    assert sum((offer.withheld for offer in offers), eur(0)) == eur(150)
    for number, offer in enumerate(offers):
        state = discount_state(invoice, as_of=may(1 + number))
        assert state.settles == sum((each.pays for each in offers[number:]), eur(0))
        invoice = invoice.record(Payment(offer.pays, on=may(1 + number)))
    status = invoice_status(invoice, as_of=may(11))
    assert (status.discount, status.open) == (sum((o.discount for o in offers), eur(0)), eur(150))
    assert not invoice_status(invoice.record(certified(150)), as_of=may(25)).open


def test_a_certificate_fills_what_each_instalment_leaves_to_it():
    invoice = bill(certified(100, 2), terms=in_parts(2))
    # Of 605.00 each, 75.00 is withheld: 75.00 of the first and 25.00 of the second is certified.
    assert discount_state(invoice, as_of=may(2)).settles == eur("1035.80")
    first = invoice.record(paid("517.90", 3))
    assert invoice_status(first, as_of=may(3)).discount == eur("12.10")
    assert discount_state(first, as_of=may(3)).settles == eur("517.90")


def test_at_two_levels_the_later_one_is_reached_with_what_is_withheld():
    terms = PaymentTerms.net(30, discounts=[TWO_TEN, EarlyDiscount(1, 20)])
    status = invoice_status(bill(paid("1047.90", 21), terms=terms), as_of=june(20))
    assert (status.discount, status.open) == (eur("12.10"), eur(150))


@pytest.mark.parametrize(
    ("facts", "available", "settles"),
    [
        pytest.param([], "24.20", "1035.80", id="1210.00 - 24.20 - 150.00"),
        pytest.param([paid(400, 2)], "24.20", "635.80", id="810.00 - 24.20 - 150.00"),
        pytest.param([certified(100, 2)], "24.20", "1035.80", id="1110.00 - 24.20 - 50.00"),
        pytest.param([paid("1035.80", 2)], "0.00", "0.00", id="taken"),
        pytest.param([paid("1038.80", 2)], "0.00", "0.00", id="taken in part, and over"),
        pytest.param([paid(1060, 2)], "0.00", "0.00", id="all the cash came"),
        pytest.param(
            [Credited(eur(605), "N", on=may(2))], "12.10", "517.90", id="605.00 - 12.10 - 75.00"
        ),
    ],
)
@pytest.mark.parametrize("terms", [WHOLE, in_parts(1)], ids=["whole", "instalment"])
def test_what_settles_is_cash(
    facts: list[InvoiceFact], available: str, settles: str, terms: PaymentTerms
):
    invoice = bill(*facts, terms=terms)
    state = discount_state(invoice, as_of=may(2))
    assert (state.available, state.settles) == (eur(available), eur(settles))
    if state.settles:
        printed = invoice_text(invoice, locale="en", as_of=may(2))
        assert f"Paid by May 11, 2026: €{state.settles.amount:,}" in printed
        (match,) = suggest_matches(state.settles, "", [invoice], as_of=may(2))
        assert [str(reason) for reason in match.reasons] == [
            f"{state.settles} settles it by an early discount"
        ]


def test_the_printout_asks_for_the_cash():
    printed = invoice_text(bill(), locale="en")
    assert re.search(r"May 11, 2026 +2% +€24\.20 +€1,035\.80", printed)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param("1035.80", ["1035.80", "0.00", "0.00"], id="1035.80"),
        pytest.param("1200", ["1035.80", "164.20", "0.00"], id="1035.80 + 164.20"),
        pytest.param("2035.80", ["1035.80", "1000.00", "0.00"], id="1035.80 + 1000.00"),
        pytest.param("2060", ["1060.00", "1000.00", "0.00"], id="1060.00 + 1000.00"),
        pytest.param("2210", ["1210.00", "1000.00", "0.00"], id="1210.00 + 1000.00"),
        pytest.param("2211", ["1210.00", "1000.00", "1.00"], id="1210.00 + 1000.00 + 1.00"),
    ],
)
def test_a_payment_over_many_goes_by_what_is_to_come_in_cash(amount: str, expected: list[str]):
    bills = [bill(), attrs.evolve(plain(1000), number="2", issued_on=may(2))]
    applied = apply_payment(eur(amount), bills, as_of=may(11))
    given = {number: fact.amount for number, fact in applied.facts}
    found = [given.get("1", eur(0)), given.get("2", eur(0)), applied.left_over]
    assert found == [eur(each) for each in expected]


def test_all_that_is_open_may_be_paid():
    applied = apply_payment(eur(1210), [bill()], as_of=may(11), take_discounts=False)
    assert [fact.amount for _, fact in applied.facts] == [eur(1210)]


def test_a_certificate_takes_the_place_of_no_more_than_was_to_be_withheld():
    settled = bill(paid("1038.80"), certified(147))
    with pytest.raises(ImpossibleFactError, match=r"at most EUR 3\.00, which is outstanding"):
        settled.record(certified("3.01", 26))
    untold = attrs.evolve(bill(paid("1185.80")), withheld=[])
    with pytest.raises(ImpossibleFactError, match=r"at most EUR 0\.00, which is outstanding"):
        untold.record(certified(1))


def test_only_the_certificate_is_open():
    status = invoice_status(bill(paid("1035.80")), as_of=june(20))
    assert (status.label, status.days_overdue, status.overdue) == (
        StatusLabel.PART_PAID,
        0,
        eur(0),
    )
    assert status.next_change is None
