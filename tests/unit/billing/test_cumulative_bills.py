"""Bills to date that take each earlier bill off with its own net and tax; worked by hand."""

from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    CreditEffect,
    DeductedAs,
    Deposit,
    Invoice,
    InvoiceKind,
    Percent,
    Retainage,
    RetainageMode,
    RetainageStep,
    Schedule,
    Tax,
    Voided,
    contract_position,
    milestone_billing,
)
from milestone_invoicing.errors import WrongTypeError
from tests.unit.advances import S9, S21, asked, billed, contract, credited, pay, work
from tests.unit.bills import eur, line, may

ONE = contract(None, [100])
KINDS = InvoiceKind.PARTIAL_CONSTRUCTION, InvoiceKind.FINAL_CONSTRUCTION
REBILL, PRICE = CreditEffect.REBILL, CreditEffect.PRICE_REDUCTION


def to_date(invoices: list[Invoice], number: str, schedule: Schedule = ONE, **options: Any) -> Any:
    return billed(schedule, "a", invoices, number, cumulative=True, **options)


def series(*points: str) -> list[Invoice]:
    """Return bills up to each percentage."""
    bills: list[Invoice] = []
    for number, each in enumerate(points, 1):
        bills.append(to_date(bills, str(number), up_to=Percent(each)))
    return bills


def rows(bill: Invoice) -> list[tuple[str, str, str | None]]:
    """Return description, net and own tax of each line."""
    return [
        (
            each.description,
            str(each.net.amount),
            str(each.tax_amount.amount) if each.tax_amount is not None else None,
        )
        for each in bill.lines
    ]


def test_the_first_bill_takes_nothing_off():
    (first,) = series("30")
    assert rows(first) == [("Part a", "300.00", None)]
    assert (first.kind, first.preceding) == (InvoiceKind.PARTIAL_CONSTRUCTION, ())


def test_each_bill_shows_all_to_date_less_each_earlier_bill():
    first, second, third = series("30", "50", "100")
    assert rows(second) == [("Part a", "500.00", None), ("Less 1", "-300.00", "-63.00")]
    assert rows(third) == [
        ("Part a", "1000.00", None),
        ("Less 1", "-300.00", "-63.00"),
        ("Less 2", "-200.00", "-42.00"),
    ]
    assert [each.payable for each in (first, second, third)] == [eur(363), eur(242), eur(605)]
    assert third.preceding == ("1", "2")
    assert [(each.milestone, each.deducts) for each in third.lines] == [
        ("a", None),
        ("a", "1"),
        ("a", "2"),
    ]


def test_the_taxes_of_all_are_that_of_the_whole():
    # A third each: 333.33 x 21% = 69.9993; each alone gives 70.00, and so 210.00 in all. At 9 %
    # each alone gives 30.00 + 30.00 + 30.00; at 2.5 % 8.33 x 3 = 24.99 instead of 25.00.
    tax = Tax.standard("2.5")
    alone, together = [
        [each.totals.tax for each in _three(tax, cumulative=cumulative)]
        for cumulative in (False, True)
    ]
    assert alone == [eur("8.33"), eur("8.33"), eur("8.33")]
    assert together == [eur("8.33"), eur("8.34"), eur("8.33")]


def _three(tax: Tax, *, cumulative: bool) -> list[Invoice]:
    bills: list[Invoice] = []
    for number, part in enumerate(("333.33", "333.33", "333.34"), 1):
        options = {"portion": eur(part), "tax": tax, "cumulative": cumulative}
        bills.append(billed(ONE, "a", bills, str(number), **options))
    return bills


def test_bills_of_which_all_is_left_off_take_their_whole_tax_off_again():
    rule = Retainage([RetainageStep(100)], mode=RetainageMode.UNBILLED)
    schedule = attrs.evolve(ONE, retainage=rule)
    first = to_date([], "1", schedule, up_to=Percent(60))
    second = to_date([first], "2", schedule)
    # 600.00 with 126.00 of tax, and 600.00 left off; then 1,000.00 - 600.00, and 400.00 left off.
    assert rows(second)[:2] == [("Part a", "1000.00", None), ("Less 1", "-600.00", "-126.00")]
    assert [each.payable for each in (first, second)] == [eur(0), eur(0)]


@pytest.mark.parametrize(
    ("parts", "up_to", "kinds"),
    [
        pytest.param([100], ["50", "100"], KINDS, id="half, then all of the only milestone"),
        pytest.param([50, 50], ["50", "100"], KINDS[:1] * 2, id="another milestone is left"),
    ],
)
def test_the_last_bill_of_the_contract_is_the_final_one(
    parts: list[int], up_to: list[str], kinds: tuple[InvoiceKind, ...]
):
    schedule = contract(None, parts)
    bills: list[Invoice] = []
    for number, each in enumerate(up_to, 1):
        bills.append(to_date(bills, str(number), schedule, up_to=Percent(each)))
    assert tuple(each.kind for each in bills) == kinds


def test_an_ordinary_bill_before_is_taken_off_too():
    first = billed(ONE, "a", [], "1", portion=eur(300))
    assert rows(to_date([first], "2"))[1:] == [("Less 1", "-300.00", "-63.00")]


def test_only_the_lines_of_the_milestone_are_taken_off():
    first = Invoice(
        "1", may(5), asked(contract()).buyer, [line(300, milestone="a", tax=S21), line(99, tax=S21)]
    )
    assert rows(to_date([first], "2"))[1:] == [("Less 1", "-300.00", "-63.00")]


def test_a_bill_of_nothing_needs_no_line_to_take_it_off():
    lines = [line(50, milestone="a", tax=S21), line(-50, milestone="a", tax=S21), line(9)]
    nothing = Invoice("1", may(5), asked(contract()).buyer, lines)
    assert rows(to_date([nothing], "2")) == [("Part a", "1000.00", None)]


def test_drafts_and_voids_are_not_taken_off():
    draft = work(ONE, "a", [], portion=eur(100))
    void = billed(ONE, "a", [], "1", portion=eur(200)).record(Voided("typo", on=may(11)))
    found = to_date([draft, void], "2", portion=eur(300))
    assert rows(found) == [("Part a", "300.00", None)]


def test_a_rate_that_changed_is_taken_off_at_the_old_one():
    # The work to date is taxed at the rate of the bill to date, as the law of works has it; what
    # was billed before goes off at its own.
    first = billed(ONE, "a", [], "1", portion=eur(400), tax=S9)
    final = to_date([first], "2", tax=S21)
    assert rows(final)[1:] == [("Less 1", "-400.00", "-36.00")]
    assert [(str(each.tax), each.base, each.amount) for each in final.totals.breakdown] == [
        ("S 9%", eur(-400), eur(-36)),
        ("S 21%", eur(1000), eur(210)),
    ]
    last = to_date([first, to_date([first], "2", portion=eur(100))], "3")
    assert rows(last)[1:] == [
        ("Less 1", "-400.00", "-36.00"),
        ("Less 2", "400.00", "36.00"),
        ("Less 2", "-500.00", "-105.00"),
    ]
    assert sum((each.totals.tax for each in (first, final)), eur(0)) == eur(210)


@pytest.mark.parametrize("tax", [None, Tax.outside_scope()])
def test_without_a_rate_no_line_has_a_tax_of_its_own(tax: Tax | None):
    first = billed(ONE, "a", [], "1", portion=eur(400), tax=tax)
    assert rows(to_date([first], "2", tax=tax)) == [
        ("Part a", "1000.00", None),
        ("Less 1", "-400.00", None),
    ]


def test_a_price_reduction_is_taken_off_with_its_bill():
    first = billed(ONE, "a", [], "1", portion=eur(400))
    note = credited(first, effect=PRICE, net=eur(100))
    last = to_date([first, note], "2")
    assert rows(last) == [
        ("Part a", "900.00", None),
        ("Less 1", "-400.00", "-84.00"),
        ("Less CN", "100.00", "21.00"),
    ]
    assert last.preceding == ("1", "CN")


def test_a_note_to_be_billed_again_is_named_only_by_what_bills_it_again():
    first = billed(ONE, "a", [], "1", portion=eur(400))
    note = credited(first, effect=REBILL, day=10)
    more = to_date([first, note], "2", portion=eur(300))
    assert more.preceding == ("1",)
    bills = [first, note, more]
    found = milestone_billing(ONE, "a", bills, as_of=may(10))
    assert (found.awaiting_decision, found.not_yet_invoiced) == (eur(400), eur(300))
    again = to_date(bills, "3", rebill=True)
    assert again.preceding == ("CN", "1", "2")
    assert again.totals.tax_exclusive == eur(400)
    found = milestone_billing(ONE, "a", [*bills, again], as_of=may(10))
    assert (found.awaiting_decision, found.not_yet_invoiced) == (eur(0), eur(300))


def test_cents_taxed_above_their_sum_are_given_back():
    # Three bills of 0.02 at 25 % have 0.01 of tax each, 0.03 in all; 0.07 has 0.02.
    tax = Tax.standard(25)
    bills: list[Invoice] = []
    for number in ("1", "2", "3"):
        bills.append(billed(ONE, "a", bills, number, portion=eur("0.02"), tax=tax))
    fourth = to_date(bills, "4", portion=eur("0.01"), tax=tax)
    assert (fourth.totals.tax_exclusive, fourth.totals.tax) == (eur("0.01"), eur("-0.01"))
    fifth = to_date([*bills, fourth], "5", tax=tax)
    assert rows(fifth)[-2:] == [("Less 4", "-0.07", "-0.02"), ("Less 4", "0.06", "0.03")]
    assert sum((each.totals.tax for each in (*bills, fourth, fifth)), eur(0)) == eur(250)


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_deposit_is_taken_off_the_final_bill_besides(deducted_as: DeductedAs):
    schedule = contract(Deposit(Percent(30), deducted_as=deducted_as), [100])
    deposit = asked(schedule, pay(363, 3))
    first = to_date([deposit], "1", schedule, portion=eur(400))
    final = to_date([deposit, first], "2", schedule)
    assert (first.payable, final.payable) == (eur(484), eur(726 - 363))
    assert final.kind is InvoiceKind.FINAL_CONSTRUCTION
    assert final.preceding == ("1",)


def test_retainage_is_of_what_each_bill_adds():
    schedule = Schedule(
        eur(1000),
        ONE.original.milestones,
        signed_on=may(1),
        retainage=Retainage.flat(10),
    )
    first = to_date([], "1", schedule, portion=eur(400))
    second = to_date([first], "2", schedule)
    assert (first.held, second.held) == (eur(40), eur(60))


def test_positions_count_each_bill_once():
    bills = series("30", "50")
    found = contract_position(ONE, [bills[0].record(pay(363, 11)), bills[1]], as_of=may(12))
    assert (found.net.invoiced, found.net.not_yet_invoiced) == (eur(500), eur(500))
    assert found.net.paid == eur(300)


def test_cumulative_is_yes_or_no():
    with pytest.raises(WrongTypeError, match="cumulative is of the wrong type"):
        work(ONE, "a", [], cumulative=1)
