"""How a contract becomes an application for payment; it knows no invoices and no payments."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise, starmap
from typing import Final

import attrs

from milestone_invoicing._checks import require_date, require_type, tuple_of
from milestone_invoicing.billing.applications.columns import (
    ApplicationLine,
    ChangeOrderSummary,
    ProgressApplication,
)
from milestone_invoicing.contract import (
    Agreement,
    Retainage,
    RetainageBase,
    RetainageScope,
    Retained,
    Schedule,
    work_status,
)
from milestone_invoicing.contract.completion import is_released
from milestone_invoicing.contract.retainage import awaited_by
from milestone_invoicing.errors import (
    DuplicateNumberError,
    NumberRangeError,
    OverbillingError,
    RetainageError,
)
from milestone_invoicing.money import Money, Percent, Rounding, allocate
from milestone_invoicing.money.money import require_one_currency

_ALL: Final = Percent(100)


def progress_application(
    schedule: Schedule,
    *,
    number: str,
    as_of: date,
    previous: ProgressApplication | None = None,
    certified: Money | None = None,
    happened: Iterable[str] = (),
    released: Money | None = None,
) -> ProgressApplication:
    """Return the application for payment of a contract on a day: what is done less what was before.

    Work completed to date is the amount of a milestone times its progress, rounded half up on the
    running total; a delivery that stands is 100 %. A lower report takes some back: "this period" is
    below zero then. All amounts are net of tax.

    Retainage is that of the schedule, by the events that it records until then. Over the whole
    contract it is divided among the lines in proportion to their work, and to their materials; for
    each milestone it is counted line by line. From the day on which completion releases it, nothing
    of it is retained.

    Args:
        schedule: the contract.
        number: of the application.
        as_of: the last day of its period; facts and change orders after it are invisible.
        previous: the application before, as computed or as stated; None: this is the first.
        certified: what was certified for payment before, in all, where that is not line 6 of
            *previous*: the architect certified less, or paper came before this library.
        happened: further events that steps of the retainage wait for, as far as they have come;
            ``schedule.record_event`` says it of all that follow.
        released: what of the retainage was released by then, in all; of completed work first.

    Order: the lines follow the contract; a milestone that was dropped since *previous* comes last,
    worth nothing, and takes back what was applied for.

    Raises:
        OverbillingError: more is completed and stored of a milestone than it is worth; carries
            ``left``, what is left for materials.
        RetainageError: the retainage is of amounts with tax; more is released than retained; or an
            event that no step waits for.
        DuplicateNumberError: *previous* has the same number.
        NumberRangeError: *previous* ends after *as_of*, or *certified* or *released* is below zero.
        UnknownMilestoneError: *previous* has a line that never was a milestone.
        CurrencyMismatchError: an amount is in another currency.
        BlankTextError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "USD"),
        ...     [Milestone("a", "Site", Percent(40)), Milestone("b", "Frame", REST)],
        ...     retainage=Retainage.flat(10),
        ... ).record("a", ProgressReported(Percent(50), on=date(2026, 5, 20)))
        >>> application = progress_application(schedule, number="1", as_of=date(2026, 5, 31))
        >>> str(application.lines[0].this_period), str(application.payment_due)
        ('USD 200.00', 'USD 180.00')

    Source: AIA G702 and G703; how retainage is divided among lines is a convention of this
        library.
    """
    require_type(schedule, Schedule, "the schedule")
    _check_previous(previous, number, as_of)
    agreed = schedule.agreed_on(as_of)
    works = tuple(_works(schedule, agreed, previous, as_of))
    events = (*tuple_of(happened, str, "happened"), *_recorded(schedule, as_of))
    kept = _retained(schedule, works, agreed.total, as_of, events)
    kept = _less_released(kept, _amount(schedule, released, "released"))
    zero = schedule.total - schedule.total
    certificates = _amount(schedule, certified, "certified")
    if certified is None and previous is not None:
        certificates = previous.earned_less_retainage
    return ProgressApplication(
        number,
        as_of,
        original_sum=schedule.total,
        retainage_completed=sum((each.completed for each in kept), zero),
        retainage_stored=sum((each.stored for each in kept), zero),
        previous_certificates=certificates,
        lines=_lines(works, kept),
        changes=_changes(schedule, as_of, date.min if previous is None else previous.as_of),
    )


@attrs.frozen
class _Work:
    """What is done of a milestone to date, and what was by the application before."""

    key: str
    title: str
    scheduled: Money
    completed: Money
    stored: Money
    before: Money


def _works(
    schedule: Schedule, agreed: Agreement, previous: ProgressApplication | None, as_of: date
) -> Iterator[_Work]:
    """Yield what is agreed in its order, then what was applied for and is dropped since."""
    lines = () if previous is None else previous.lines
    before = {line.key: line.completed for line in lines}
    zero = Money.zero(schedule.total.currency)
    for milestone, amount in zip(agreed.milestones, agreed.amounts, strict=True):
        status = work_status(schedule, milestone.key, as_of=as_of)
        share = _ALL if status.was_approved else status.done
        completed = amount.times(share, rounding=Rounding.HALF_UP)
        _require_fits(milestone.key, amount, completed, status.stored)
        was = before.get(milestone.key, zero)
        yield _Work(milestone.key, milestone.title, amount, completed, status.stored, was)
    for line in lines:
        title = schedule.milestone(line.key).title
        if line.key not in agreed.by_key and line.completed:
            yield _Work(line.key, title, zero, zero, zero, line.completed)


def _require_fits(key: str, worth: Money, completed: Money, stored: Money) -> None:
    left = worth - completed
    if stored > left:
        raise OverbillingError(
            f"more is completed and stored of milestone {key!r} than it is worth",
            expected=f"at most {left} of stored materials",
            got=stored,
            hint="record MaterialsStored(amount, on=...) with what is not yet built in",
            left=left,
        )


def _retained(
    schedule: Schedule,
    works: Sequence[_Work],
    worth: Money,
    as_of: date,
    events: tuple[str, ...],
) -> tuple[Retained, ...]:
    """Return what is retained of each line, before any release by a fact."""
    rule = schedule.retainage or Retainage.flat(0)
    if rule.base is RetainageBase.GROSS:
        raise RetainageError(
            "an application without tax cannot retain of amounts with tax",
            expected="a retainage with base=RetainageBase.NET",
            got=rule.base,
        )
    if rule.scope is RetainageScope.MILESTONE:
        return tuple(
            _in_force(schedule, rule, work.key, as_of).on(
                work.completed, work.stored, of=work.scheduled, happened=events
            )
            for work in works
        )
    rule = _in_force(schedule, rule, None, as_of)
    completed, stored = [work.completed for work in works], [work.stored for work in works]
    zero = Money.zero(worth.currency)
    whole = rule.on(sum(completed, zero), sum(stored, zero), of=worth, happened=events)
    parts = zip(_shared(whole.completed, completed), _shared(whole.stored, stored), strict=True)
    return tuple(starmap(Retained, parts))


def _recorded(schedule: Schedule, as_of: date) -> tuple[str, ...]:
    """Return the events that came by a day, of those that steps of the retainage wait for."""
    rule = schedule.retainage
    return () if rule is None else awaited_by(rule, schedule.happened(as_of=as_of))


def _in_force(schedule: Schedule, rule: Retainage, key: str | None, as_of: date) -> Retainage:
    """Return the rule, with a cap of nothing once completion has released all of it."""
    released = is_released(schedule, rule, key, as_of=as_of)
    return attrs.evolve(rule, cap=Percent(0)) if released else rule


def _less_released(kept: Sequence[Retained], released: Money) -> tuple[Retained, ...]:
    """Take what was released off the lines, by what is retained of each; completed work first."""
    completed, stored = [each.completed for each in kept], [each.stored for each in kept]
    zero = released - released
    first = min(released, sum(completed, zero))
    second = released - first
    if second > sum(stored, zero):
        raise RetainageError(
            "more is released than is retained",
            expected=f"at most {sum((each.total for each in kept), zero)}",
            got=released,
        )
    off = zip(_shared(first, completed), _shared(second, stored), strict=True)
    return tuple(
        Retained(each.completed - done, each.stored - materials)
        for each, (done, materials) in zip(kept, off, strict=True)
    )


def _shared(amount: Money, by: Sequence[Money]) -> tuple[Money, ...]:
    """Divide *amount* by amounts that are zero or more; nothing is divided into nothing."""
    if not amount.minor:
        return tuple(amount for _ in by)
    return allocate(amount, [each.minor for each in by])


def _lines(works: Sequence[_Work], kept: Sequence[Retained]) -> Iterator[ApplicationLine]:
    for number, (work, retained) in enumerate(zip(works, kept, strict=True), 1):
        yield ApplicationLine(
            work.key,
            work.title,
            work.scheduled,
            work.before,
            work.completed - work.before,
            work.stored,
            item=str(number),
            retainage=retained.total,
        )


def _changes(schedule: Schedule, as_of: date, before: date) -> ChangeOrderSummary:
    """Return what the orders up to *before*, and those since, add and take away."""
    zero = Money.zero(schedule.total.currency)
    sums = dict.fromkeys(attrs.fields_dict(ChangeOrderSummary), zero)
    totals = [(on, agreement.total) for on, agreement in schedule.agreements if on <= as_of]
    for (_, old), (on, new) in pairwise(totals):
        name = "additions" if new >= old else "deductions"
        sums[f"{name}_before" if on <= before else name] += abs(new - old)
    return ChangeOrderSummary(**sums)


def _amount(schedule: Schedule, amount: Money | None, name: str) -> Money:
    """Return an amount of the caller, or zero, in the currency of the contract."""
    zero = Money.zero(schedule.total.currency)
    if amount is None:
        return zero
    require_type(amount, Money, name)
    require_one_currency(zero, amount)
    if amount < zero:
        raise NumberRangeError(f"{name} is below zero", expected="zero or more", got=amount)
    return amount


def _check_previous(previous: ProgressApplication | None, number: str, as_of: date) -> None:
    require_date(as_of, "as_of")
    require_type(previous, (ProgressApplication, type(None)), "the application before")
    if previous is None:
        return
    if previous.number == number:
        raise DuplicateNumberError(
            "two applications have one number", expected="a new number", got=number
        )
    if previous.as_of > as_of:
        raise NumberRangeError(
            "the application before ends later", expected=f"{as_of} or earlier", got=previous.as_of
        )
