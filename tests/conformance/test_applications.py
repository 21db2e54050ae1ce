"""Applications for payment and retainage of other systems: what they state, and whether it ties."""

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    ApplicationLine,
    DueRule,
    Milestone,
    Money,
    Percent,
    ProgressApplication,
    ProgressReported,
    Retainage,
    RetainageStep,
    Rounding,
    Schedule,
    check_application,
    progress_application,
)
from tests.conformance.shared_cases import case_id, cases

Case = dict[str, Any]
MAY_31 = date(2026, 5, 31)

# What a source prints against the rule of the form itself, by id and code. SC022 leaves line 7
# empty, though column D says that there were certificates: line 8 ties with what is printed.
CONTRADICTS_THE_FORM = {
    "SC022": {
        "balance_to_finish": "printed as line 3 - line 4, without the retainage that it includes",
    },
}
# Stated figures that are not rules, by the text of the source.
FORM_RULES = {
    "3": "contract_sum",
    "6": "earned",
    "8": "payment_due",
    "9": "balance_to_finish",
    "G703 balance to finish": "line_balance",
    "G703 percent": "line_percent",
    "G703 total completed and stored": "line_total",
}


def of_kind(kind: str) -> list[Any]:
    return [
        pytest.param(case, id=case_id(case)) for case in cases("schedules") if case["kind"] == kind
    ]


def usd(amount: str | int) -> Money:
    return Money.of(amount, "USD")


def stated(case: Case, lines: list[ApplicationLine], **more: Money) -> ProgressApplication:
    """Return the application with the retainage by the rule of the case."""
    given = case["given"]
    rule = Retainage.flat(given["retainage_percent"])
    completed = Money.total((line.completed for line in lines), currency="USD")
    stored = Money.total((line.stored for line in lines), currency="USD")
    worth = usd(given["original_contract_sum"]) + usd(given["change_orders"])
    kept = rule.on(completed, stored, of=worth)
    return ProgressApplication(
        "1",
        MAY_31,
        original_sum=usd(given["original_contract_sum"]),
        change_orders=usd(given["change_orders"]),
        retainage_completed=kept.completed,
        retainage_stored=kept.stored,
        previous_certificates=usd(given.get("less_previous_certificates", "0")),
        lines=lines,
        **more,
    )


@pytest.mark.parametrize("case", of_kind("g702"))
def test_a_summary(case: Case):
    given, expected = case["given"], case["expected"]
    line = ApplicationLine(
        "all",
        "The whole contract",
        usd(given["original_contract_sum"]) + usd(given["change_orders"]),
        usd(given["previous_completed_gross"]),
        usd(given["work_this_period"]),
        usd(given["stored_this_period"]),
        percent=Percent(expected["percent_complete"]),
    )
    application = stated(case, [line])
    for name in (
        "contract_sum",
        "completed_and_stored",
        "retainage",
        "earned_less_retainage",
        "balance_to_finish",
    ):
        key = {
            "contract_sum": "contract_sum_to_date",
            "balance_to_finish": "balance_to_finish_including_retainage",
        }.get(name, name)
        assert getattr(application, name) == usd(expected[key]), name
    assert application.payment_due == usd(expected["current_payment_due"])
    assert check_application(application) == ()


@pytest.mark.parametrize("case", of_kind("g702_g703"))
def test_a_summary_with_its_schedule_of_values(case: Case):
    given, expected = case["given"], case["expected"]
    none = usd(0)
    lines = [
        ApplicationLine(
            f"{number}",
            "Work",
            usd(line["scheduled"]),
            usd(line["previous"]),
            usd(line["this_period"]),
            none,
            completed_and_stored=usd(total["completed"]),
            percent=Percent(total["percent"]),
            balance=usd(total["balance"]),
        )
        for number, (line, total) in enumerate(
            zip(given["lines"], expected["line_totals"], strict=True)
        )
    ]
    application = stated(
        case,
        lines,
        completed_and_stored=usd(expected["completed_and_stored"]),
        retainage=usd(expected["retainage"]),
        earned_less_retainage=usd(expected["earned_less_retainage"]),
        payment_due=usd(expected["printed_current_payment_due"]),
        balance_to_finish=usd(expected["printed_balance_to_finish"]),
    )
    assert application.contract_sum == usd(expected["contract_sum_to_date"])
    found = {finding.code: finding for finding in check_application(application)}
    assert set(found) == set(CONTRADICTS_THE_FORM[case["id"]])
    right = application.contract_sum - application.earned_less_retainage
    assert str(right) in found["balance_to_finish"].message


@pytest.mark.parametrize("case", of_kind("g702_rules"))
def test_each_rule_of_the_form_has_its_finding(case: Case):
    assert set(case["expected"]) == set(FORM_RULES)
    none, one = usd(0), usd("0.01")
    line = ApplicationLine("a", "A", usd(100), usd(10), usd(20), usd(5))
    right = ProgressApplication(
        "2",
        MAY_31,
        original_sum=usd(90),
        change_orders=usd(10),
        retainage_completed=usd(3),
        retainage_stored=none,
        previous_certificates=usd(9),
        lines=[line],
    )
    assert check_application(right) == ()
    figures = {
        "contract_sum": "contract_sum",
        "earned": "earned_less_retainage",
        "payment_due": "payment_due",
        "balance_to_finish": "balance_to_finish",
    }
    for code, name in figures.items():
        wrong = attrs.evolve(right, **{name: getattr(right, name) + one})
        assert code in [each.code for each in check_application(wrong)]
    for code, changed in (
        ("line_balance", {"balance": line.balance + one}),
        ("line_percent", {"percent": Percent(36)}),
        ("line_total", {"completed_and_stored": line.completed_and_stored + one}),
    ):
        wrong = attrs.evolve(right, lines=[attrs.evolve(line, **changed)])
        assert code in [each.code for each in check_application(wrong)]


def step(found: Case, after: Percent | str) -> RetainageStep:
    return RetainageStep(found["retainage"], after=after)


def rule_of(case: Case) -> Retainage:
    """Return the rule of a case: each step lasts until the next begins."""
    steps, after = [], Percent(0)
    gives_back = any("release" in found for found in case["given"]["steps"])
    for found in case["given"]["steps"]:
        steps.append(step(found, after))
        progress = found.get("until_percent_complete")
        after = Percent(progress) if progress else found.get("until", "")
    if isinstance(after, str) and after:
        steps.append(RetainageStep(0, after=after))
    release = DueRule([AddDays(60)]) if "final_release" in case["given"] else None
    changed = {} if release is None else {"release": release}
    return Retainage(steps, gives_back=gives_back, **changed)


# Figures by the rule of the source, worked out by hand, for 1,000.00 of work.
STEPS = {
    # 10 % of 500; past the middle half of it comes back, and 5 % of the rest is retained.
    "SC026": [("500", (), "50"), ("600", (), "30"), ("1000", (), "50")],
    # 15 % of 500; 10 % of the other half; then 2 % of all until the warranty ends.
    "SC027": [
        ("500", (), "75"),
        ("1000", (), "125"),
        ("1000", ("delivered",), "20"),
        ("1000", ("delivered", "warranty ends"), "0"),
    ],
}


@pytest.mark.parametrize("case", of_kind("retainage_step"))
def test_steps_of_retainage_can_be_agreed(case: Case):
    rule = rule_of(case)
    for completed, happened, expected in STEPS[case["id"]]:
        kept = rule.on(usd(completed), usd(0), of=usd(1000), happened=happened)
        assert kept.total == usd(expected)
    if "final_release" in case["given"]:
        assert rule.released_on(MAY_31) == MAY_31 + timedelta(60)


@pytest.mark.parametrize("case", of_kind("units_of_delivery"))
def test_units_are_billed_as_progress(case: Case):
    given = case["given"]
    units, price = given["units"], Money.of(given["price_per_unit"], given["currency"])
    schedule = Schedule(price * units, [Milestone("units", "Units", price * units)])
    billed: list[str] = []
    previous = None
    for unit in range(1, units + 1):
        day = date(2026, 5, unit)
        report = ProgressReported(Percent(f"{100 * unit}/{units}"), on=day)
        schedule = schedule.record("units", report)
        previous = progress_application(schedule, number=f"{unit}", as_of=day, previous=previous)
        billed.append(str(previous.payment_due.amount.to_integral_value()))
    assert billed == case["expected"]["invoices"]


@pytest.mark.parametrize("case", of_kind("progress_from_estimate"))
def test_the_phases_of_an_estimate_are_a_schedule_of_values(case: Case):
    phases = [usd(phase) for phase in case["given"]["phases"]]
    total = usd(case["expected"]["estimate"])
    schedule = Schedule(
        total, [Milestone(f"{n}", f"Phase {n}", phase) for n, phase in enumerate(phases)]
    )
    half = [ProgressReported(Percent(50), on=MAY_31)]
    for key in schedule.keys:
        schedule = schedule.record(key, *half)
    application = progress_application(schedule, number="1", as_of=MAY_31)
    assert application.totals.scheduled == total
    assert application.payment_due == total.times(Percent(50), rounding=Rounding.HALF_UP)


def test_every_exception_is_needed():
    known = {case["id"]: case["kind"] for case in cases("schedules")}
    assert {known[name] for name in CONTRADICTS_THE_FORM} == {"g702_g703"}
    assert set(STEPS) == {name for name, kind in known.items() if kind == "retainage_step"}
