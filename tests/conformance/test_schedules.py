"""What milestones are worth in other systems, for the schedules that can be written so far.

The cases hold more than amounts: bills, receipts and states that other tests look at.
"""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import REST, Milestone, Money, Percent, Remainder, Schedule
from milestone_invoicing.contract.shares import Share
from tests.conformance.shared_cases import case_id, cases

Case = dict[str, Any]
MAY_4 = date(2026, 5, 4)

NOT_OURS = {
    "SC003": "a rest that follows the quantity delivered needs a change of the total",
}
NOT_BUILT = {
    "milestones_by_quantity": "shares of the quantity of a line are not built yet",
    "deposit_rounding": "deposits are not built yet",
    "invoice_schedule": "rules in words, without amounts",
}
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
        if case["kind"] in APPLICATIONS:
            continue
        reason = NOT_OURS.get(case["id"]) or NOT_BUILT.get(case["kind"], "")
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


def test_every_reason_is_needed():
    assert set(NOT_OURS) <= {case["id"] for case in cases("schedules")}
    assert {case["kind"] for case in cases("schedules")} == {
        "milestones",
        *NOT_BUILT,
        *APPLICATIONS,
    }
