"""What type a user of the contract room gets; checked by mypy and pyright, never run."""

from datetime import date
from typing import assert_type

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AcceptedAfter,
    AnyTrigger,
    Approved,
    AtProgress,
    Delivered,
    DueAmount,
    Installment,
    Milestone,
    Money,
    OnDate,
    PaymentTerms,
    Percent,
    Reason,
    Schedule,
    Share,
    Template,
    Trigger,
    WorkFact,
    WorkRecord,
    WorkState,
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
assert_type(schedule.facts, tuple[WorkRecord, ...])
assert_type(schedule.facts_of("signing"), tuple[WorkFact, ...])
assert_type(schedule.milestones[0].share, Share)
assert_type(schedule.milestones[0].trigger, AnyTrigger)
assert_type(PaymentTerms.net(30).installments, tuple[Installment, ...])
assert_type(Template.SOFTWARE.milestones, tuple[Milestone, ...])
status = work_status(schedule, "signing", as_of=today)
assert_type(status, WorkStatus)
assert_type(status.state, WorkState)
assert_type(status.since, date | None)
assert_type(status.done, Percent)
assert_type(status.ready_since, date | None)
assert_type(status.late, bool)
assert_type(status.waits_for, tuple[str, ...])
assert_type(status.next_change, date | None)
assert_type(status.reasons, tuple[Reason, ...])
assert_type(AcceptedAfter(14).accepted_on(today), date | None)
on_signing: Trigger = ON_SIGNING
triggers: tuple[AnyTrigger, ...] = (on_signing, OnDate(today), AtProgress(Percent(50)))

# What must not type-check.
Schedule(5000, [])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Milestone("a", "A", 0.4)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Delivered(today)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
schedule.record("signing", today)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
schedule.amounts()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
