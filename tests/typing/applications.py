"""What type a user of retainage and applications gets; checked by mypy and pyright, never run."""

from datetime import date
from typing import assert_type

from milestone_invoicing import (
    AddDays,
    ApplicationLine,
    ChangeOrderSummary,
    DueRule,
    Finding,
    Line,
    Money,
    Percent,
    Price,
    ProgressApplication,
    ReleaseOn,
    Retainage,
    RetainageStep,
    Retained,
    Schedule,
    TimeEntry,
    check_application,
    completed_on,
    progress_application,
    time_lines,
)

today = date(2026, 5, 4)
amount = Money.of(100, "EUR")
steps = [
    RetainageStep(10),
    RetainageStep("5", after=Percent(50)),
    RetainageStep(2, after="delivery"),
]
retainage = Retainage(steps, cap=Percent(5), stored=0, release=DueRule((AddDays(60),)))
assert_type(retainage.steps, tuple[RetainageStep, ...])
assert_type(retainage.stored, Percent | None)
assert_type(retainage.release, ReleaseOn | DueRule)
assert_type(retainage.on(amount, amount, of=amount, happened=("delivery",)), Retained)
assert_type(Retainage.flat(Percent(10)).on(amount, amount, of=amount).total, Money)
assert_type(retainage.released_on(today), date | None)


def apply_for_payment(schedule: Schedule) -> None:
    """Apply for payment as a user would."""
    application = progress_application(schedule, number="1", as_of=today)
    assert_type(application, ProgressApplication)
    assert_type(application.lines, tuple[ApplicationLine, ...])
    assert_type(application.lines[0].percent, Percent | None)
    assert_type(application.payment_due, Money)
    assert_type(application.changes, ChangeOrderSummary | None)
    assert_type(application.totals, ApplicationLine | None)
    assert_type(check_application(application, previous=application), tuple[Finding, ...])
    assert_type(schedule.retainage, Retainage | None)
    assert_type(completed_on(schedule, "a", as_of=today), date | None)


line = ApplicationLine("a", "A", amount, amount, amount, amount)
assert_type(line.balance, Money)
entries = (TimeEntry(today, "7.5", Price(90, "EUR"), "Design"), TimeEntry(today, 1, amount, "Call"))
assert_type(time_lines(iter(entries), milestone="a", as_of=today, left=amount), tuple[Line, ...])

# What must not type-check.
RetainageStep(5, after=50)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
RetainageStep(0.1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
TimeEntry(today, 7.5, amount, "Call")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
time_lines(entries, milestone="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
