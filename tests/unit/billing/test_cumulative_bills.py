"""Bills to date that take each earlier bill off with its own net and tax; worked by hand."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    ON_SIGNING,
    Approved,
    CreditEffect,
    DeductedAs,
    Delivered,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    PaymentTerms,
    Percent,
    ReleaseOn,
    Retainage,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Schedule,
    Severity,
    Tax,
    Voided,
    Weight,
    check,
    check_invoices,
    contract_position,
    milestone_billing,
    retainage_state,
    tax_drift,
)
from milestone_invoicing.errors import CreditError, OverbillingError, WrongTypeError
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


# --- several milestones ---------------------------------------------------------------------------

LOW = Tax.standard("2.5")
ALWAYS = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])


def thirds(**parts: Any) -> Schedule:
    """Return a contract of 1,000.00 in three equal milestones: 333.34, 333.33 and 333.33."""
    milestones = [Milestone(key, f"Part {key}", Weight(1), trigger=ON_SIGNING) for key in "abc"]
    return Schedule(eur(1000), milestones, signed_on=may(1), **parts)


def chain(schedule: Schedule, *taxes: Tax, invoices: Sequence[Invoice] = (), **options: Any) -> Any:
    """Return bills to date of one milestone after the other, each with its tax."""
    bills = list(invoices)
    for number, (key, tax) in enumerate(zip("abc", taxes, strict=True), 1):
        bills.append(billed(schedule, key, bills, str(number), tax=tax, cumulative=True, **options))
    return bills[len(invoices) :]


def taxes(bills: Sequence[Invoice]) -> list[str]:
    return [str(bill.totals.tax.amount) for bill in bills]


def keyed(bill: Invoice) -> list[tuple[str, str, str | None, str | None]]:
    """Return description, net, own tax and milestone of each line."""
    names = (line.milestone for line in bill.lines)
    return [(*row, name) for row, name in zip(rows(bill), names, strict=True)]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        # 333.34 x 2.5% = 8.3335; 666.67 x 2.5% = 16.66675; 25.00 in all.
        pytest.param((LOW, LOW, LOW), ["8.33", "8.34", "8.33"], id="2.5%: 25.00, not 24.99"),
        pytest.param((S21, S21, S21), ["70.00", "70.00", "70.00"], id="21%: 210.00"),
        # 666.67 x 2.5% = 16.66675 = 16.67, less 8.33; b at 9% = 29.9997.
        pytest.param((LOW, S9, LOW), ["8.33", "30.00", "8.34"], id="two rates: 16.67 and 30.00"),
        pytest.param((LOW, Tax.outside_scope(), LOW), ["8.33", "0.00", "8.34"], id="one untaxed"),
    ],
)
def test_milestones_are_taxed_as_the_whole_contract(of: tuple[Tax, ...], expected: list[str]):
    bills = chain(thirds(), *of)
    assert taxes(bills) == expected
    for group in tax_drift(bills, as_of=may(31)).groups:
        assert group.drift == eur(0)


def test_a_bill_shows_the_work_of_the_contract_less_each_earlier_bill():
    last = chain(thirds(), LOW, LOW, LOW)[-1]
    assert keyed(last) == [
        ("Part c", "333.33", None, "c"),
        ("Part a", "333.34", None, "a"),
        ("Part b", "333.33", None, "b"),
        ("Less 1", "-333.34", "-8.33", "a"),
        ("Less 2", "-333.33", "-8.34", "b"),
    ]
    assert [last.net_of(key) for key in "abc"] == [eur(0), eur(0), eur("333.33")]
    assert (last.preceding, last.kind) == (("1", "2"), InvoiceKind.FINAL_CONSTRUCTION)


def test_a_milestone_that_is_billed_in_parts_stands_once():
    schedule = thirds()
    first = billed(schedule, "a", [], "1", tax=LOW, cumulative=True, portion=eur(100))
    second = billed(schedule, "b", [first], "2", tax=LOW, cumulative=True)
    third = billed(schedule, "a", [first, second], "3", tax=LOW, cumulative=True)
    assert keyed(third) == [
        ("Part a", "333.34", None, "a"),
        ("Part b", "333.33", None, "b"),
        ("Less 1", "-100.00", "-2.50", "a"),
        ("Less 2", "-333.33", "-8.33", "b"),
    ]
    # 433.33 x 2.5% = 10.83325; 666.67 x 2.5% = 16.66675.
    assert taxes([first, second, third]) == ["2.50", "8.33", "5.84"]


def test_what_other_milestones_were_credited_is_not_shown():
    schedule = thirds()
    first = billed(schedule, "a", [], "1", tax=LOW, cumulative=True)
    part, rest = credited(first, "N1", net=eur(100)), None
    second = billed(schedule, "b", [first, part], "2", tax=LOW, cumulative=True)
    assert keyed(second)[1:] == [
        ("Part a", "233.34", None, "a"),
        ("Less 1", "-333.34", "-8.33", "a"),
        ("Less N1", "100.00", "2.50", "a"),
    ]
    rest = credited(first, "N2", invoices=[part])
    third = billed(schedule, "b", [first, part, rest], "2", tax=LOW, cumulative=True)
    assert [row[0] for row in rows(third)] == ["Part b", "Less 1", "Less N1", "Less N2"]
    assert third.totals.tax == eur("8.33")
    assert third.preceding == ("1", "N1", "N2")


def test_a_void_of_what_was_taken_off_leaves_the_tax_of_what_stands():
    schedule = thirds()
    first, second = chain(schedule, LOW, LOW, LOW)[:2]
    void = first.record(Voided("typo", on=may(11)))
    third = billed(schedule, "c", [void, second], "3", tax=LOW, cumulative=True)
    assert keyed(third) == [
        ("Part c", "333.33", None, "c"),
        ("Part b", "333.33", None, "b"),
        ("Less 2", "-333.33", "-8.34", "b"),
    ]
    assert third.totals.tax == eur("8.33")  # 666.66 x 2.5% = 16.6665


def test_a_unit_of_drift_is_taken_off_with_work_that_was_billed():
    # 0.10 at 25%: 0.03 (0.025); 0.20: 0.05, so that b has 0.02; shown first, b alone is 0.03.
    milestones = [Milestone(key, f"Part {key}", Weight(1), trigger=ON_SIGNING) for key in "abc"]
    schedule = Schedule(eur("0.30"), milestones, signed_on=may(1))
    quarter = Tax.standard(25)
    bills = chain(schedule, quarter, quarter, quarter)
    assert taxes(bills) == ["0.03", "0.02", "0.03"]  # 0.08 of 0.30
    assert keyed(bills[2])[3:] == [
        ("Less 1", "-0.10", "-0.03", "a"),
        ("Less 2", "-0.10", "-0.02", "b"),
    ]


def test_cents_of_several_milestones_taxed_above_their_sum_are_given_back():
    # 0.02 at 25% have 0.01 of tax each, 0.02 in all; 0.05 has 0.01.
    tax = Tax.standard(25)
    milestones = [
        Milestone(key, f"Part {key}", eur(worth), trigger=ON_SIGNING)
        for key, worth in (("a", "0.02"), ("b", "0.02"), ("c", "0.01"), ("d", "9.95"))
    ]
    schedule = Schedule(eur(10), milestones, signed_on=may(1))
    bills = [billed(schedule, key, [], key, tax=tax) for key in "ab"]
    third = billed(schedule, "c", bills, "3", tax=tax, cumulative=True)
    assert (third.totals.tax_exclusive, third.totals.tax) == (eur("0.01"), eur("-0.01"))
    last = billed(schedule, "d", [*bills, third], "4", tax=tax, cumulative=True)
    assert keyed(last)[-5:] == [
        ("Less 3", "-0.01", "0.00", "c"),
        ("Less 3", "-0.02", "-0.01", "a"),
        ("Less 3", "-0.02", "0.00", "b"),
        ("Less 3", "0.02", "0.01", "a"),
        ("Less 3", "0.02", "0.01", "b"),
    ]
    assert sum((bill.totals.tax for bill in (*bills, third, last)), eur(0)) == eur("2.50")


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_deposit_is_taken_off_beside_the_bills_of_other_milestones(deducted_as: DeductedAs):
    schedule = thirds(deposit=Deposit(Percent(30), deducted_as=deducted_as))
    deposit = asked(schedule, pay("307.50", 3), tax=LOW)
    bills = chain(schedule, LOW, LOW, LOW, invoices=[deposit])
    paid = [deposit.payable, *(bill.payable for bill in bills)]
    assert sum(paid, eur(0)) == eur(1025)
    assert [str(each.amount) for each in paid] == ["307.50", "341.67", "341.67", "34.16"]
    assert check_invoices([deposit, *bills], as_of=may(31)) == ()


def test_a_bill_of_several_milestones_by_hand_is_taken_off_milestone_by_milestone():
    schedule = thirds()
    lines = [line(100, milestone=key, tax=LOW) for key in "ab"]
    first = Invoice("1", may(5), asked(contract()).buyer, [*lines, line(50, tax=LOW)])
    second = billed(schedule, "c", [first], "2", tax=LOW, cumulative=True)
    assert keyed(second)[1:] == [
        ("Part a", "100.00", None, "a"),
        ("Part b", "100.00", None, "b"),
        ("Less 1", "-100.00", "-2.50", "a"),
        ("Less 1", "-100.00", "-2.50", "b"),
    ]


def test_milestones_of_another_contract_are_not_taken_off():
    other = Invoice("9", may(5), asked(contract()).buyer, [line(100, milestone="x", tax=LOW)])
    assert rows(billed(thirds(), "a", [other], "1", tax=LOW, cumulative=True)) == [
        ("Part a", "333.34", None)
    ]


def test_what_a_discount_always_reduces_is_reduced_of_all_work_to_date():
    bills = chain(thirds(), LOW, LOW, LOW, terms=ALWAYS)
    assert sum((bill.totals.tax for bill in bills), eur(0)) == eur("24.50")  # 2.5% of 980
    exempt = [bill.totals.breakdown[0].base for bill in bills]
    assert sum(exempt, eur(0)) == eur(20)
    assert keyed(bills[1]) == [
        ("Part b", "333.33", None, "b"),
        ("Part a", "333.34", None, "a"),
        ("Less 1", "-6.67", None, "a"),
        ("Less 1", "-326.67", "-8.17", "a"),
    ]


@pytest.mark.parametrize(
    ("worth", "held"),
    [
        pytest.param(["333.34", "333.33", "333.33"], ["33.33"] * 3, id="10% of a third each"),
        pytest.param(["0.21", "0.22", "0.05"], ["0.02", "0.02", "0.01"], id="10% of cents"),
    ],
)
def test_what_is_retained_belongs_to_the_milestone_that_a_bill_adds(
    worth: list[str], held: list[str]
):
    rule = Retainage(
        [RetainageStep(10)], scope=RetainageScope.MILESTONE, release=ReleaseOn.COMPLETION
    )
    milestones = [
        Milestone(key, f"Part {key}", eur(part), trigger=ON_SIGNING)
        for key, part in zip("abc", worth, strict=True)
    ]
    total = sum(map(eur, worth), eur(0))
    schedule = Schedule(total, milestones, signed_on=may(1), retainage=rule)
    bills = chain(schedule, LOW, LOW, LOW)
    assert [bill.held for bill in bills] == [eur(part) for part in held]
    for key, part in zip("abc", held, strict=True):
        done = schedule.record(key, Delivered(on=may(11)), Approved("Eve", on=may(12)))
        found = retainage_state(done, bills, as_of=may(31))
        assert (found.held, found.to_release) == (sum(map(eur, held), eur(0)), eur(part))


def test_the_hint_names_the_bills_of_the_milestone_only():
    bills = chain(thirds(), LOW, LOW, LOW)
    with pytest.raises(OverbillingError, match=r"it is billed on 2$"):
        work(thirds(), "b", bills)


def test_a_credit_of_a_bill_to_date_is_of_what_it_adds():
    bills = chain(thirds(), LOW, LOW, LOW)
    note = credited(bills[1], net=eur(100))
    assert keyed(note) == [("Part b", "-100.00", "-2.50", "b")]
    rest = credited(bills[1], "N2", invoices=[note])
    assert keyed(rest) == [("Part b", "-233.33", "-5.84", "b")]
    assert note.payable + rest.payable == -bills[1].payable
    assert keyed(credited(bills[1], milestone="b")) == [("Part b", "-333.33", "-8.34", "b")]
    with pytest.raises(CreditError, match="nothing is left to credit"):
        credited(bills[1], milestone="a")
    with pytest.raises(CreditError, match="more is credited than is left"):
        credited(bills[1], quantities={2: 1})
    whole = credited(bills[1])
    assert whole.totals == -bills[1].totals


def test_checks_find_at_most_the_cent_by_which_a_bill_to_date_is_off_its_own_rate():
    bills = chain(thirds(), LOW, LOW, LOW)
    found = [[each for each in check(bill) if each.code == "BR-CO-17"] for bill in bills]
    assert [[each.severity for each in of] for of in found] == [[], [Severity.WARNING], []]
    assert not [each for each in check(bills[1], tolerant=True) if each.code == "BR-CO-17"]


QUARTER = Tax.standard(25)


def cents(*worth: str) -> Schedule:
    milestones = [
        Milestone(key, f"Part {key}", eur(part), trigger=ON_SIGNING)
        for key, part in zip("abcd", worth, strict=False)
    ]
    return Schedule(sum(map(eur, worth), eur(0)), milestones, signed_on=may(1))


def test_a_unit_of_drift_is_credited_with_the_work_that_a_bill_adds():
    # a has 0.03 and b, of 0.20 in all, 0.02; on the second bill b alone would be 0.03.
    schedule = cents("0.10", "0.10", "0.10")
    first, second = chain(schedule, QUARTER, QUARTER, QUARTER)[:2]
    part = credited(second, net=eur("0.05"), invoices=[first])
    assert keyed(part) == [("Part b", "-0.05", "-0.01", "b")]
    rest = credited(second, "N2", invoices=[first, part])
    assert keyed(rest) == [("Part b", "-0.05", "-0.01", "b")]
    assert part.payable + rest.payable == -second.payable


def test_what_no_line_can_say_is_credited_with_the_lines_that_show_it():
    # Four bills of 0.01 at 50% have 0.04 of tax, and 0.06 have 0.03: b adds 0.02 and takes off tax.
    half = Tax.standard(50)
    schedule = cents("0.04", "0.02", "9.94")
    bills: list[Invoice] = []
    for number in "1234":
        bills.append(billed(schedule, "a", bills, number, tax=half, portion=eur("0.01")))
    last = billed(schedule, "b", bills, "5", tax=half, cumulative=True)
    assert (last.totals.tax_exclusive, last.totals.tax) == (eur("0.02"), eur("-0.01"))
    note = credited(last, milestone="b", amount=eur("0.01"))
    assert note.payable == -last.payable
    assert credited(last).totals == -last.totals


def test_what_a_discount_moves_within_shown_work_is_credited_with_what_a_bill_adds():
    # 2% of 0.25 to date is half a cent: it moves with the 0.07 that was billed before.
    schedule = cents("0.01", "0.01", "0.07", "0.16")
    bills: list[Invoice] = []
    for key in "abcd":
        bills.append(billed(schedule, key, bills, key, tax=LOW, cumulative=True, terms=ALWAYS))
    exempt = [group.base for group in bills[3].totals.breakdown]
    assert exempt == [eur("0.01"), eur("0.15")]
    part = credited(bills[3], net=eur("0.04"))
    rest = credited(bills[3], "N2", invoices=[part])
    for note in (part, rest):
        assert {line.milestone for line in note.lines} == {"d"}
    assert part.payable + rest.payable == -bills[3].payable
    assert sum((note.totals.breakdown[0].base for note in (part, rest)), eur(0)) <= eur(0)


def test_tax_without_a_net_amount_is_taken_off_too():
    lines = [
        Line("Work", sign, eur(50), tax=S21, milestone="a", tax_amount=eur(taxed))
        for sign, taxed in ((1, "10.50"), (-1, "-10.00"))
    ]
    odd = Invoice("1", may(5), asked(contract()).buyer, lines)
    assert rows(to_date([odd], "2")) == [("Part a", "1000.00", None), ("Less 1", "0.00", "-0.50")]


@pytest.mark.parametrize(
    ("worth", "of", "shown"),
    [
        # 2% of 4.25 to date is 8.5 cents: the half that moves is that of a, of which nothing is
        # left in its group.
        pytest.param(["0.01", "4.24", "0.01"], (LOW, LOW, LOW), LOW, id="all of it moved"),
        # 2% of 0.25 is half a cent, and the cent that moves is the one of b.
        pytest.param(["0.24", "0.01", "0.01"], (LOW, S21, LOW), S21, id="moved on its own bill"),
    ],
)
def test_work_that_a_discount_left_untaxed_in_full_is_taxed_again_to_date(
    worth: list[str], of: tuple[Tax, ...], shown: Tax
):
    bills = chain(cents(*worth), *of, terms=ALWAYS)
    key = "b" if shown is S21 else "a"
    (line,) = [each for each in bills[2].lines if each.milestone == key and each.deducts is None]
    assert (line.net, line.tax) == (eur("0.01"), shown)


def test_only_what_a_bill_takes_off_itself_is_left_out_of_its_credits():
    buyer = asked(contract()).buyer
    changed = [line(100, milestone="a", tax=S21), line(-100, milestone="a", tax=S9)]
    first = Invoice("1", may(5), buyer, [*changed, line(50, milestone="b", tax=S9)])
    note = credited(first, milestone="a")
    assert [row[:2] for row in keyed(note)] == [("Work", "-100.00"), ("Work", "100.00")]
    less = Line("Less 1", -1, eur(50), milestone="a", deducts="1")
    second = Invoice("2", may(5), buyer, [line(50, milestone="a"), less, line(20)])
    assert keyed(credited(second, net=eur(10))) == [("Work", "-10.00", None, None)]
