"""Retainage left off bills to date: with its release the tax is that of the whole contract."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    ON_SIGNING,
    CreditEffect,
    DeductedAs,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    PaymentTerms,
    Percent,
    Recoupment,
    Retainage,
    RetainageMode,
    RetainageStep,
    Schedule,
    Severity,
    Tax,
    Voided,
    check,
    contract_position,
    draft_release,
    issue,
    retainage_state,
    tax_drift,
    tax_reduction,
    totals,
    without_tax,
)
from tests.unit.advances import S9, S21, asked, billed, credited, pay, work
from tests.unit.bills import ACME, eur, line, may

S19, LOW, QUARTER = Tax.standard(19), Tax.standard("2.5"), Tax.standard(25)
ALWAYS = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])


def left_off(percent: int, *worth: str, **parts: Any) -> Schedule:
    """Return a contract of milestones of so much, of which so many percent are left off."""
    milestones = [
        Milestone(key, f"Part {key}", eur(part), trigger=ON_SIGNING)
        for key, part in zip("abcd", worth, strict=False)
    ]
    rule = Retainage([RetainageStep(percent)], mode=RetainageMode.UNBILLED)
    total = sum(map(eur, worth), eur(0))
    return Schedule(total, milestones, signed_on=may(1), retainage=rule, **parts)


def released(
    schedule: Schedule, bills: Sequence[Invoice], number: str, amount: str | None = None, **how: Any
) -> Invoice:
    wanted = None if amount is None else eur(amount)
    draft = draft_release(schedule, invoices=bills, as_of=may(20), buyer=ACME, amount=wanted, **how)
    return issue(draft, number=number, on=may(20))


def life(
    schedule: Schedule,
    taxes: Sequence[Tax],
    *releases: str,
    bills: Sequence[Invoice] = (),
    **how: Any,
) -> list[Invoice]:
    """Return a bill to date of each milestone, releases of so much, and one of the rest."""
    known = list(bills)
    for key, tax in zip(schedule.keys, taxes, strict=True):
        known.append(billed(schedule, key, known, key, tax=tax, cumulative=True, **how))
    for place, amount in enumerate((*releases, None)):
        known.append(released(schedule, known, f"R{place}", amount, **how))
    return known


def taxes(bills: Sequence[Invoice]) -> list[str]:
    return [str(bill.totals.tax.amount) for bill in bills]


def whole(bills: Sequence[Invoice]) -> Any:
    return sum((bill.totals.tax for bill in bills), eur(0))


def retained(bill: Invoice) -> list[tuple[str, str, str | None]]:
    """Return tax, net and own tax of the lines of retainage."""
    return [
        (
            str(each.tax),
            str(each.net.amount),
            str(each.tax_amount.amount) if each.tax_amount is not None else None,
        )
        for each in bill.lines
        if each.retainage
    ]


def figures_found(bill: Invoice) -> list[str]:
    """Return the codes of errors in the figures of a bill."""
    errors = [each for each in check(bill) if each.severity is Severity.ERROR]
    return [each.code for each in errors if each.path.startswith(("breakdown", "totals", "lines"))]


THIRDS = ("333.34", "333.33", "333.33")


@pytest.mark.parametrize(
    ("percent", "worth", "tax", "releases", "expected"),
    [
        # 120.30 - 6.02 left off is 114.28: 21.71; 200.00 - 10.00 is 190.00: 36.10; the rest is
        # 38.00. The release by itself would be 1.90 too, and the second bill 14.38.
        pytest.param(
            5, ("120.30", "79.70"), S19, (), ["21.71", "14.39", "1.90"], id="19% of 200 = 38.00"
        ),
        # 3.33 each have 0.63 of 1.90, and the last takes what is left of it, 0.64.
        pytest.param(
            5,
            ("120.30", "79.70"),
            S19,
            ("3.33", "3.33"),
            ["21.71", "14.39", "0.63", "0.63", "0.64"],
            id="19% of 200, released in thirds = 38.00",
        ),
        # 316.67: 60.17; 633.34 - 0.67: 120.33; 950.00: 180.50. By themselves 3.17 three times.
        pytest.param(
            5,
            THIRDS,
            S19,
            ("16.67", "16.66"),
            ["60.17", "60.16", "60.17", "3.17", "3.16", "3.17"],
            id="19% of 1000 in thirds = 190.00",
        ),
        # 360.09: 9.00; 630.18: 15.75; 900.00: 22.50. By itself the third bill would be 6.74.
        pytest.param(
            10,
            ("400.10", "300.10", "299.80"),
            LOW,
            (),
            ["9.00", "6.75", "6.75", "2.50"],
            id="2.5% of 1000 = 25.00",
        ),
        # 900.22: 189.05; 1800.00: 378.00. By itself the second bill would be 188.96.
        pytest.param(
            10,
            ("1000.25", "999.75"),
            S21,
            (),
            ["189.05", "188.95", "42.00"],
            id="21% of 2000 = 420.00",
        ),
    ],
)
def test_the_taxes_of_bills_and_releases_are_that_of_the_whole(
    percent: int, worth: tuple[str, ...], tax: Tax, releases: tuple[str, ...], expected: list[str]
):
    schedule = left_off(percent, *worth)
    bills = life(schedule, [tax] * len(worth), *releases)
    assert taxes(bills) == expected
    (group,) = tax_drift(bills, as_of=may(31)).groups
    assert (group.drift, group.net) == (eur(0), schedule.total)
    state = retainage_state(schedule, bills, as_of=may(31))
    assert (state.held, state.released) == (eur(0), state.retained)


def test_what_is_left_off_has_the_tax_to_date_less_that_of_the_bills_before():
    first, second, release = life(left_off(5, "120.30", "79.70"), [S19, S19])
    # 22.86 - 21.71, then 38.00 - 36.10 less that.
    assert retained(first) == [("S 19%", "-6.02", "-1.15")]
    assert retained(second) == [("S 19%", "-3.98", "-0.75")]
    assert retained(release) == [("S 19%", "10.00", "1.90")]
    assert (release.kind, release.preceding) == (InvoiceKind.INVOICE, ())
    for bill in (first, second, release):
        assert figures_found(bill) == []


def test_without_a_rate_no_line_of_retainage_has_a_tax_of_its_own():
    bills = life(left_off(5, "120.30", "79.70"), [Tax.outside_scope()] * 2)
    assert [retained(bill)[0][2] for bill in bills] == [None] * 3


def test_each_tax_has_its_own_chain():
    schedule = left_off(5, "120.30", "100.10", "79.70")
    bills = life(schedule, [S19, S9, S19], "7.00")
    groups = tax_drift(bills, as_of=may(31)).groups
    assert [(str(each.tax), each.billed, each.drift) for each in groups] == [
        ("S 9%", eur("9.01"), eur(0)),
        ("S 19%", eur("38.00"), eur(0)),
    ]
    assert retained(bills[3]) == [("S 19%", "4.67", "0.89"), ("S 9%", "2.33", "0.21")]


def test_ordinary_bills_and_their_release_are_taxed_alone_as_before():
    schedule = left_off(5, "120.30", "79.70")
    bills = [billed(schedule, key, [], key, tax=S19) for key in "ab"]
    bills.append(released(schedule, bills, "R"))
    assert taxes(bills) == ["21.71", "14.38", "1.90"]
    assert [retained(bill)[0][2] for bill in bills] == [None] * 3


@pytest.mark.parametrize("deducted_as", DeductedAs)
@pytest.mark.parametrize("recoup", Recoupment)
def test_with_a_deposit_all_that_is_payable_is_the_contract(
    deducted_as: DeductedAs, recoup: Recoupment
):
    deposit = Deposit(Percent(30), deducted_as=deducted_as, recoup=recoup)
    schedule = left_off(5, "120.30", "79.70", deposit=deposit)
    bills = life(schedule, [S19, S19], "3.33", bills=[asked(schedule, pay("71.40", 3), tax=S19)])
    assert sum((bill.payable for bill in bills), eur(0)) == eur(238)


def test_a_credit_note_takes_back_what_was_left_off_with_its_tax():
    schedule = left_off(5, "120.30", "79.70")
    first = billed(schedule, "a", [], "1", tax=S19, cumulative=True)
    half = credited(first, day=10, effect=CreditEffect.REBILL, net=eur("57.14"))
    assert retained(half) == [("S 19%", "3.01", "0.58")]
    known = [first, half]
    again = {"tax": S19, "cumulative": True}
    known.append(billed(schedule, "a", known, "2", rebill=True, **again))
    known.append(released(schedule, known, "R", "2.00"))
    known.append(billed(schedule, "b", known, "3", **again))
    known.append(credited(known[-2], "CN2", net=eur("1.00")))
    known.append(released(schedule, known, "R2"))
    assert whole(known) == eur(38)
    assert sum((bill.payable for bill in known), eur(0)) == eur(238)


def test_a_void_release_is_released_again():
    schedule = left_off(5, "120.30", "79.70")
    *bills, release = life(schedule, [S19, S19])
    void = release.record(Voided("typo", on=may(21)))
    assert retained(released(schedule, [*bills, void], "R2")) == retained(release)


# --- beside ordinary bills ------------------------------------------------------------------------


def tenths(count: int) -> tuple[Schedule, list[Invoice]]:
    """Return ordinary bills of 0.10 at 25 %, each with 0.02 and so a cent of tax left off.

    The work has 0.03 of tax, 0.025 rounded, and the 0.08 that are payable 0.02.
    """
    schedule = left_off(20, "0.10", "0.10", "0.10", "0.10")
    return schedule, [billed(schedule, key, [], key, tax=QUARTER) for key in "abcd"[:count]]


def test_tax_that_earlier_bills_left_off_too_much_is_taken_up_by_later_ones():
    schedule, known = tenths(3)
    last = billed(schedule, "d", known, "4", tax=QUARTER, cumulative=True)
    # 0.08 left off have 0.02 (0.10 of 0.40 less 0.08 of 0.32), and the bills before left off 0.03.
    assert retained(last) == [("S 25%", "-0.02", "0.00")]
    release = released(schedule, [*known, last], "R")
    assert retained(release) == [("S 25%", "0.08", "0.03")]
    assert taxes([*known, last, release]) == ["0.02", "0.02", "0.02", "0.01", "0.03"]


def test_a_unit_that_an_ordinary_release_left_is_taken_up_by_the_next_bill_to_date():
    schedule, known = tenths(2)
    known.append(released(schedule, known, "R"))
    assert taxes(known) == ["0.02", "0.02", "0.01"]  # 0.02 were left off
    next_ = billed(schedule, "c", known, "c", tax=QUARTER, cumulative=True)
    assert retained(next_) == [("S 25%", "-0.02", "0.00")]
    plain = attrs.evolve(schedule, retainage=None)
    for key, tax in (("c", QUARTER), ("d", QUARTER)):
        known.append(billed(plain, key, known, key, tax=tax, cumulative=True))
    assert retained(known[3]) == [("S 25%", "0.00", "0.01")]
    assert known[3].lines[-1].quantity == 1
    assert retained(known[4]) == []
    assert known[3].lines[-1].description == "Retainage: Part c"
    assert whole(known) == eur("0.10")
    state = retainage_state(schedule, known, as_of=may(31))
    assert (state.retained, state.held) == (eur("0.04"), eur(0))


def test_tax_of_another_sign_than_what_is_left_stands_on_a_line_of_its_own():
    def by_hand(number: str, net: str, taxed: str) -> Invoice:
        sign = -1 if eur(net).minor < 0 else 1
        own = Line("R", sign, abs(eur(net)), tax=QUARTER, tax_amount=eur(taxed), retainage=True)
        kind = InvoiceKind.PARTIAL_CONSTRUCTION
        lines = [line(9, milestone="a", tax=QUARTER), own]
        return Invoice(number, may(5), ACME, lines, kind=kind)

    known = [by_hand("1", "-0.05", "0.00"), by_hand("2", "0.04", "0.01")]
    release = released(left_off(20, "99.00"), known, "R")
    assert retained(release) == [("S 25%", "0.01", "0.00"), ("S 25%", "0.00", "-0.01")]
    assert (release.totals.tax_exclusive, release.totals.tax) == (eur("0.01"), eur("-0.01"))
    state = retainage_state(left_off(20, "99.00"), [*known, release], as_of=may(31))
    assert (state.retained, state.held) == (eur("0.05"), eur(0))


# --- which tax, and which documents count ---------------------------------------------------------


def test_what_was_released_too_much_of_one_tax_is_given_back_with_the_rest_of_another():
    schedule = left_off(10, "100.00", "300.00")
    known = [billed(schedule, "a", [], "1", tax=S21, cumulative=True)]
    known.append(released(schedule, known, "R1"))
    known.append(credited(known[0], net=eur(45), effect=CreditEffect.REBILL))
    known.append(billed(schedule, "b", known, "2", tax=S9, cumulative=True))
    rest = released(schedule, known, "R2")
    assert retained(rest) == [("S 21%", "-5.00", "-1.05"), ("S 9%", "30.00", "2.70")]
    known.append(rest)
    groups = tax_drift(known, as_of=may(31)).groups
    assert [(each.net, each.billed) for each in groups] == [
        (eur(300), eur(27)),
        (eur(50), eur("10.50")),
    ]
    state = retainage_state(schedule, known, as_of=may(31))
    assert (state.retained, state.released, state.held) == (eur(35), eur(35), eur(0))
    position = contract_position(
        schedule, [rest.record(pay(str(rest.payable.amount), 21))], as_of=may(31)
    )
    assert position.net.unassigned == eur(25)


def test_a_release_at_a_given_tax_is_of_that_tax_alone():
    schedule = left_off(5, "120.30", "79.70")
    bills = life(schedule, [S19, S19])[:2]
    assert retained(released(schedule, bills, "R", tax=S9)) == [("S 9%", "10.00", None)]


def test_what_later_bills_leave_off_does_not_count_and_what_others_release_does():
    schedule = left_off(5, "120.30", "79.70")
    first, second, release = life(schedule, [S19, S19])
    later = issue(attrs.evolve(second, number=None, issued_on=None), number="2", on=may(25))
    assert retained(released(schedule, [first, later], "R")) == [("S 19%", "6.02", "1.15")]
    part = released(schedule, [first], "R", "3.01")
    rest = released(schedule, [first, part], "R2")
    assert (retained(part), retained(rest)) == (
        [("S 19%", "3.01", "0.58")],
        [("S 19%", "3.01", "0.57")],
    )
    draft = attrs.evolve(part, number=None, issued_on=None)
    assert retained(released(schedule, [first, draft], "R2")) == retained(rest)
    beside = attrs.evolve(draft, lines=[*draft.lines, line(10)])
    assert retained(released(schedule, [first, beside], "R2")) == retained(rest)
    assert release.totals.tax == eur("1.90")


def test_drafts_of_bills_to_date_make_no_release_to_date():
    schedule = left_off(5, "120.30", "79.70")
    first = billed(schedule, "a", [], "1", tax=S19)
    draft = work(schedule, "b", [first], tax=S19, cumulative=True)
    assert retained(released(schedule, [first, draft], "R")) == [("S 19%", "6.02", None)]


def test_the_tax_of_all_that_is_left_off_may_be_named_and_changes_nothing():
    schedule = left_off(5, "120.30", "79.70")
    bills = life(schedule, [S19, S19])[:2]
    for number, amount in enumerate(("3.33", "3.33", None)):
        bills.append(released(schedule, bills, f"R{number}", amount, tax=S19))
    assert taxes(bills)[2:] == ["0.63", "0.63", "0.64"]


def test_lines_of_retainage_on_a_bill_of_work_each_count_by_themselves():
    off = Line("Off", -1, eur(100), retainage=True)
    on = Line("On", 1, eur(50), retainage=True)
    bill = Invoice("1", may(5), ACME, [line(1000, milestone="a"), off, on])
    release = Invoice("2", may(6), ACME, [on, line(-80)])
    state = retainage_state(left_off(10, "1000.00"), [bill, release], as_of=may(31))
    assert (state.retained, state.released, state.held) == (eur(100), eur(100), eur(0))


# --- a discount that always reduces the tax -------------------------------------------------------


def test_what_a_discount_left_untaxed_is_released_untaxed():
    bills = life(left_off(10, *THIRDS), [LOW] * 3, terms=ALWAYS)
    # 2.5% of 980; by itself a release of 100.00 has 98.00 and 2.00 too.
    assert retained(bills[-1]) == [("S 2.5%", "98.00", "2.45"), ("E 0%", "2.00", None)]
    assert whole(bills) == eur("24.50")
    assert sum((bill.totals.tax_exclusive for bill in bills), eur(0)) == eur(1000)
    exempt = (
        group.base for bill in bills for group in bill.totals.breakdown if not group.tax.has_rate
    )
    assert sum(exempt, eur(0)) == eur(20)
    assert tax_reduction(bills[-1]) == ((), ())


def test_an_untaxed_part_of_nothing_says_that_the_rest_is_reduced_already():
    # 2 % of 3.00 is 0.06, of the work; less 0.10 on each bill it is as much. Of 0.30 alone it would
    # be a cent.
    bills = life(left_off(10, "1.00", "1.00", "1.00"), [S21] * 3, terms=ALWAYS)
    assert retained(bills[-1]) == [("S 21%", "0.30", "0.07"), ("E 0%", "0.00", None)]
    assert [figures_found(bill) for bill in bills] == [[]] * 4
    assert whole(bills) == eur("0.62")  # 21% of 2.94


def test_a_discount_on_the_release_alone_reduces_it():
    known = life(left_off(10, "100.00"), [S21])[:1]
    release = released(left_off(10, "100.00"), known, "R", terms=ALWAYS)
    assert retained(release) == [("S 21%", "10.00", "2.10")]
    # 0.20 of 10.00 have no tax: 2.10 - 0.04.
    assert release.totals.tax == eur("2.06")
    assert figures_found(release) == []


def test_a_discount_on_the_bills_alone_is_released_with_its_untaxed_part():
    schedule = left_off(10, "100.00")
    known = [billed(schedule, "a", [], "1", tax=S21, terms=ALWAYS, cumulative=True)]
    release = released(schedule, known, "R")
    assert retained(release) == [("S 21%", "9.80", "2.06"), ("E 0%", "0.20", None)]
    assert whole([*known, release]) == eur("20.58")
    tiny = left_off(10, "0.10")
    known = [billed(tiny, "a", [], "1", tax=S21, terms=ALWAYS, cumulative=True)]
    assert retained(released(tiny, known, "R")) == [("S 21%", "0.01", "0.00")]


def test_retainage_at_a_price_with_tax_is_reduced_like_any_other_line():
    prices = [Line("Work", 1, eur(121), tax=S21, milestone="a")]
    prices.append(Line("Retainage", -1, eur("12.10"), tax=S21, retainage=True))
    bill = Invoice("1", may(5), ACME, without_tax(prices), terms=ALWAYS)
    assert bill.totals.tax == eur("18.52")  # 21% of 88.20
    assert figures_found(bill) == []


def test_retainage_is_reduced_after_all_work():
    # 2 % of 0.10 is nothing, of 0.25 a cent (0.005), of 0.20 nothing: the work of 21 % gives it up,
    # and the retainage takes one back from 9 %. In the order of the taxes nothing would move.
    lines = [
        line("0.10", milestone="a", tax=S9),
        line("0.15", milestone="b", tax=S21),
        Line("Retainage", -1, eur("0.05"), tax=S9, retainage=True),
    ]
    bill = Invoice("1", may(5), ACME, lines, terms=ALWAYS)
    assert [(each.base, each.amount) for each in totals(bill).breakdown] == [
        (eur(0), eur(0)),
        (eur("0.06"), eur("0.01")),
        (eur("0.14"), eur("0.03")),
    ]
    assert figures_found(bill) == []
    note = credited(bill, net=eur("0.10"))
    assert note.totals.tax_exclusive == eur("-0.10")
    rest = credited(bill, "N2", invoices=[note])
    assert note.payable + rest.payable == -bill.payable
