"""What type a user of the contract room gets; checked by mypy and pyright, never run."""

from datetime import date
from typing import assert_type

from milestone_invoicing import (
    REST,
    Approved,
    Delivered,
    DueAmount,
    Milestone,
    Money,
    PaymentTerms,
    Percent,
    Schedule,
    Template,
    WorkStatus,
    work_status,
)

today = date(2026, 5, 4)
total = Money.of(5000, "USD")
schedule = Schedule(
    total,
    [
        Milestone("signing", "On signing", Percent(40)),
        Milestone("testing", "After user testing", Money.of(1500, "USD")),
        Milestone("delivery", "On delivery", REST),
    ],
)
assert_type(schedule, Schedule)
assert_type(schedule.milestones, tuple[Milestone, ...])
assert_type(schedule.amounts(as_of=today), tuple[Money, ...])
assert_type(schedule.amount("signing", as_of=today), Money)
assert_type(schedule.record("signing", Delivered(on=today), Approved("client", on=today)), Schedule)
assert_type(Template.SOFTWARE.schedule(total, terms=PaymentTerms.net(30)), Schedule)
assert_type(PaymentTerms.net(30).due(total, today), tuple[DueAmount, ...])
assert_type(work_status(schedule, "signing", as_of=today), WorkStatus)

# What must not type-check.
Schedule(5000, [])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Milestone("a", "A", 0.4)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Delivered(today)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
schedule.amounts()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
