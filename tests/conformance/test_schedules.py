"""What milestones are worth in other systems, for the schedules that can be written so far.

The cases hold more than amounts: bills, receipts and states that other tests look at.
"""

from datetime import date
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    ON_SIGNING,
    REST,
    ChangeOrder,
    ChangeTotal,
    Cleared,
    CreditEffect,
    DeductedAs,
    Deposit,
    Invoice,
    Line,
    Milestone,
    Money,
    Party,
    Payment,
    Percent,
    Remainder,
    Rounding,
    Schedule,
    Tax,
    contract_position,
    credit_note,
    deposits_left,
    draft_deposit,
    draft_invoice,
    issue,
)
from milestone_invoicing.contract.shares import Share
from milestone_invoicing.errors import OverbillingError
from tests.conformance.shared_cases import case_id, cases

Case = dict[str, Any]
MAY_4 = date(2026, 5, 4)
BUYER = Party("buyer", "Buyer")

NOT_BUILT = {
    "milestones_by_quantity": "shares of the quantity of a line are not built yet",
    "invoice_schedule": "rules in words, without amounts",
}
# The ones below that need more than amounts.
DEPOSITS = "deposit_rounding"
CHANGED = "SC003"
# In test_applications.py.
APPLICATIONS = {
    "g702",
    "g702_g703",
    "g702_rules",
    "progress_from_estimate",
    "retainage_step",
    "units_of_delivery",
}


def share(milestone: Case, currency: str) -> Share:
    if "percent" in milestone:
        return Percent(milestone["percent"])
    return Money.of(milestone["fixed"], currency) if "fixed" in milestone else REST


def expected_amounts(case: Case) -> list[str]:
    """Return what each milestone is worth: as stated, as billed, or what is left of the total."""
    expected = case["expected"]
    amounts = expected.get("amounts") or expected.get("invoices")
    if amounts:
        return amounts
    first = Money.of(expected["after_first_invoice"]["invoice"], "EUR")
    return [str(first.amount), str((Money.of(expected["assigned"], "EUR") - first).amount)]


def parameters() -> list[Any]:
    """Return the cases, those that cannot be written marked with their reason."""
    rows = []
    for case in cases("schedules"):
        if case["kind"] in {*APPLICATIONS, DEPOSITS} or case["id"] == CHANGED:
            continue
        reason = NOT_BUILT.get(case["kind"], "")
        marks = [pytest.mark.skip(reason=reason)] if reason else []
        rows.append(pytest.param(case, id=case_id(case), marks=marks))
    return rows


@pytest.mark.parametrize("case", parameters())
def test_schedules(case: Case):
    given = case["given"]
    currency = given.get("currency", "EUR")
    expected = tuple(Money.of(amount, currency) for amount in expected_amounts(case))
    total = given.get("total")
    schedule = Schedule(
        Money.of(total, currency) if total else Money.total(expected, currency=currency),
        [
            Milestone(f"m{n}", milestone.get("name", f"Stage {n}"), share(milestone, currency))
            for n, milestone in enumerate(given["milestones"])
        ],
        # These systems round each part half up and give the last what is left.
        remainder=Remainder.BALANCE,
    )
    assert schedule.amounts(as_of=MAY_4) == expected


def by_id(number: str) -> Case:
    (found,) = [case for case in cases("schedules") if case["id"] == number]
    return found


def in_euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def test_a_rest_that_follows_what_was_delivered_is_a_change_of_the_total():
    case = by_id(CHANGED)
    first, rest = (in_euros(amount) for amount in case["expected"]["invoices"])
    schedule = Schedule(
        in_euros(case["given"]["total"]),
        [Milestone("m0", "Order", first, trigger=ON_SIGNING), Milestone("m1", "Rest", REST)],
    )
    less = ChangeTotal(in_euros(case["expected"]["final_total"]))
    order = ChangeOrder("1", [less], on=MAY_4, reason="delivered short")
    assert schedule.apply(order, billed={"m0": first}).amounts(as_of=MAY_4) == (first, rest)


def test_a_bill_is_what_its_milestone_is_worth_and_no_more():
    case = by_id("SC001")
    expected = case["expected"]["after_first_invoice"]
    schedule = Schedule(
        in_euros(case["given"]["total"]),
        [
            Milestone("m0", "First", in_euros(case["given"]["milestones"][0]["fixed"])),
            Milestone("m1", "Rest", REST),
        ],
    )
    schedule = attrs.evolve(
        schedule,
        milestones=[attrs.evolve(each, trigger=MANUAL) for each in schedule.milestones],
    ).record("m0", Cleared("office", on=MAY_4))
    asked: dict[str, Any] = {"invoices": [], "as_of": MAY_4, "buyer": BUYER}
    bill = issue(draft_invoice(schedule, "m0", **asked), number="1", on=MAY_4)
    found = contract_position(schedule, [bill], as_of=MAY_4).net
    assert bill.payable == in_euros(expected["invoice"])
    assert (found.invoiced, found.earned) == (
        in_euros(expected["invoiced"]),
        in_euros(expected["earned"]),
    )
    with pytest.raises(OverbillingError, match="more is billed of milestone 'm0' than is left"):
        draft_invoice(schedule, "m0", portion=in_euros("110.00"), **asked)


def with_deposit(total: Money, deposit: Deposit) -> Schedule:
    milestones = [Milestone("all", "All", REST, trigger=ON_SIGNING)]
    return Schedule(total, milestones, signed_on=MAY_4, deposit=deposit)


def settled(schedule: Schedule, tax: Tax | None = None) -> tuple[Invoice, Invoice]:
    """Return the deposit invoice, paid, and the final invoice."""
    draft = draft_deposit(schedule, invoices=[], buyer=BUYER, tax=tax)
    deposit = issue(draft, number="D", on=MAY_4).record(Payment(draft.payable, on=MAY_4))
    final = draft_invoice(schedule, "all", invoices=[deposit], as_of=MAY_4, buyer=BUYER, tax=tax)
    return deposit, issue(final, number="F", on=MAY_4)


def test_a_deposit_with_tax_is_asked_for_and_taken_off_to_the_cent():
    case = by_id("SC032")
    wanted, tax = (
        in_euros(case["expected"]["wanted_total"]),
        Tax.standard(case["given"]["tax_percent"]),
    )
    amount = in_euros(case["given"]["deposit_tax_included"])
    deposit, final = settled(with_deposit(amount * 9, Deposit(amount, with_tax=True)), tax)
    assert (deposit.payable, final.totals.prepaid) == (wanted, wanted)
    assert deposit.totals.tax_exclusive == in_euros(case["expected"]["base"])
    # What a tax on the rounded base would lead to.
    base = deposit.totals.tax_exclusive
    naive = base + base.times(Percent(case["given"]["tax_percent"]), rounding=Rounding.HALF_UP)
    assert naive == in_euros(case["expected"]["naive_total"])


def test_a_deposit_of_all_leaves_nothing_to_pay_whatever_was_rounded():
    case = by_id("SC034")
    line = case["given"]["line"]
    total = Line("All", line["qty"], in_euros(line["price"])).net
    share = Percent(case["given"]["deposit_percent"])
    _, final = settled(with_deposit(total, Deposit(share)))
    assert final.payable == in_euros(case["expected"]["wanted_final_invoice"])


def test_an_advance_that_the_final_invoice_compensates_is_compensated_no_more_once_it_is_credited():
    case = by_id("SC007")
    expected, given = case["expected"], case["given"]
    advance = in_euros(given["milestones"][0]["fixed"])
    schedule = with_deposit(
        in_euros(given["total"]), Deposit(advance, deducted_as=DeductedAs.LINES)
    )
    deposit, final = settled(schedule)
    assert [str(each.payable.amount) for each in (deposit, final)] == expected["invoices"]
    bills = [deposit, final]
    found = contract_position(schedule, bills, as_of=MAY_4).net
    assert found.billed == in_euros(expected["invoiced"])
    note = credit_note(final, effect=CreditEffect.REBILL, as_of=date.max)
    bills.append(issue(note, number="CN", on=MAY_4))
    found = contract_position(schedule, bills, as_of=MAY_4).net
    assert found.billed == in_euros(expected["invoiced_after_refund_of_final"])
    assert deposits_left(bills, as_of=MAY_4)[0].left == advance


def test_every_reason_is_needed():
    assert {case["kind"] for case in cases("schedules")} == {
        "milestones",
        DEPOSITS,
        *NOT_BUILT,
        *APPLICATIONS,
    }
