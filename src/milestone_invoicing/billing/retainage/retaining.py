"""What the contract's rule retains of its bills: of the next one, and in all on a day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.retainage.by_rule import due_to_be_held, dues_in_turn
from milestone_invoicing.billing.retainage.kept_back import (
    Kept,
    billed_releases,
    by_milestone,
    kept_of,
    less_released,
    retained_by,
    shares_of,
)
from milestone_invoicing.billing.taken_back import not_void
from milestone_invoicing.contract import (
    ReleaseOn,
    Retainage,
    RetainageMode,
    RetainageScope,
    Schedule,
    completed_on,
)
from milestone_invoicing.errors import NotReadyError, Words
from milestone_invoicing.money import Money
from milestone_invoicing.timing.order import undated_last

# By the key of a milestone, or under None for the whole contract.
_Days: TypeAlias = Mapping[str | None, date | None]


@attrs.frozen
class RetainageState(Answer):
    """What of a contract's bills is retained on a day.

    retained = released + held

    Attributes:
        as_of: the day.
        due_to_be_held: what the rule retains of all that is billed.
        retained: what bills ever retained, less what credit notes took back: they take what is due
            first, and what is held last.
        released: what of it is not held any more: released by a fact on its invoice or on a bill of
            its own, or settled while it was held.
        held: what is still retained; below zero where the release is billed of what was credited
            since.
        to_release: what is held and no longer to be: beyond the rule, or all of it once the work
            has ended and the contract says when; milestone by milestone if that is the scope.
        release_on: the day on which all of it is released by the contract; None while that is open.
    """

    as_of: date
    due_to_be_held: Money
    retained: Money
    released: Money
    held: Money
    to_release: Money
    release_on: date | None


def retainage_state(
    schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date
) -> RetainageState:
    """Return what of a contract's bills is retained on a day, and what is to be released.

    Bills issued after *as_of*, drafts and voids do not count; the day of a release and of the end
    of the work are included. Amounts that were left off a bill are net, those held on it with
    whatever part of the tax the rule retains.

    Raises:
        NotReadyError: no retainage is agreed.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(1000, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ...     retainage=Retainage.flat(10),
        ... )
        >>> draft = draft_invoice(
        ...     schedule, "a", invoices=[], as_of=date(2026, 5, 4), buyer=Party("acme", "Acme")
        ... )
        >>> bill = issue(draft, number="1", on=date(2026, 5, 4))
        >>> str(retainage_state(schedule, [bill], as_of=date(2026, 5, 4)).held)
        'EUR 100.00'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    rule = agreed_retainage(schedule)
    known = not_void(books_of(invoices), as_of)
    issued = [bill for bill in known if bill.is_issued(as_of)]
    expected = due_to_be_held(schedule, rule, issued, as_of)
    kept = kept_of(issued, as_of)
    billed = billed_releases(issued)
    days = _release_days(schedule, rule, as_of)
    retained, held = _sums(kept, billed)
    parts: dict[str | None, int] = {None: held}
    if rule.scope is RetainageScope.MILESTONE:
        parts = by_milestone(kept, billed, _ended(schedule, rule, as_of))
    currency = schedule.total.currency
    return RetainageState(
        as_of=as_of,
        due_to_be_held=Money(sum(expected.values()), currency),
        retained=Money(retained, currency),
        released=Money(retained - held, currency),
        held=Money(held, currency),
        to_release=Money(_to_release(parts, expected, days, as_of), currency),
        release_on=_last(days.values()),
    )


def agreed_retainage(schedule: Schedule) -> Retainage:
    """Return the rule of a contract.

    Raises:
        NotReadyError: it has none.
    """
    if schedule.retainage is None:
        raise NotReadyError(
            "no retainage is agreed",
            expected="a schedule with a retainage",
            got=Words(f"{schedule}, without one"),
            hint="give the schedule retainage=Retainage.flat(10)",
        )
    return schedule.retainage


def _sums(kept: Iterable[Kept], billed: int) -> tuple[int, int]:
    """Return what is retained in all, and what of it is held, so much being billed since."""
    known = tuple(kept)
    return sum(each.retained for each in known), sum(each.held for each in known) - billed


def _release_days(schedule: Schedule, rule: Retainage, as_of: date) -> _Days:
    """Return on which day the contract releases it, in all or of each milestone."""
    whole = rule.scope is RetainageScope.CONTRACT
    keys = (None,) if whole else tuple(schedule.agreed_on(as_of).by_key)
    if rule.release is ReleaseOn.FACT:
        return dict.fromkeys(keys)
    return {key: rule.released_on(completed_on(schedule, key, as_of=as_of)) for key in keys}


def _last(days: Iterable[date | None]) -> date | None:
    """Return the last of the days; None if one of them is open."""
    known = tuple(days)
    return None if None in known else max(day for day in known if day is not None)


def _to_release(
    held: Mapping[str | None, int], expected: Mapping[str | None, int], days: _Days, as_of: date
) -> int:
    """Return what is held beyond the rule, and all that is held of what has ended.

    What belongs to no milestone of the contract is held until all of it has ended.
    """
    last = _last(days.values())
    sums = 0
    for key, part in held.items():
        on = days.get(key, last)
        ended = on is not None and on <= as_of
        sums += max(part if ended else part - expected.get(key, part), 0)
    return sums


def with_retainage(
    draft: Invoice, schedule: Schedule, invoices: Sequence[Invoice], *, as_of: date
) -> Invoice:
    """Return a draft of the contract with what the rule retains of it, never below nothing.

    What a bill retains is the figure to date less what all bills before it retained. So where the
    rule gives back, an event lowers it, or a credit note took work back, a bill retains nothing
    until what is held beyond the rule is used up, or given back. What is released earlier than that
    is not retained again, nor is anything from the day on which the end of the work releases it.
    """
    rule = schedule.retainage
    if rule is None:
        return draft
    key = draft.lines[0].milestone if rule.scope is RetainageScope.MILESTONE else None
    if key in _ended(schedule, rule, as_of):
        return draft
    before = not_void(invoices, date.max)
    target = due_to_be_held(schedule, rule, [*before, draft], as_of).get(key, 0)
    most = draft.payable if rule.mode is RetainageMode.HELD else draft.totals.tax_exclusive
    minor = min(target - _retained_before(schedule, rule, before, as_of, key), most.minor)
    if minor <= 0:
        return draft
    amount = Money(minor, draft.currency)
    if rule.mode is RetainageMode.HELD:
        return attrs.evolve(draft, held=amount)
    first = draft.lines[0]  # the work; what is taken off stands after it
    line = Line(f"Retainage: {first.description}", -1, amount, tax=first.tax, retainage=True)
    return attrs.evolve(draft, lines=(*draft.lines, line))


def retained_beyond(
    schedule: Schedule, rule: Retainage, bills: Sequence[Invoice], as_of: date, key: str | None
) -> int:
    """Return by how much *bills* retain more than the rule, in minor units, zero or more.

    That is of one milestone where each counts by itself, else in all, under None. No bill is void.
    So much less does the next bill retain.
    """
    target = due_to_be_held(schedule, rule, bills, as_of).get(key, 0)
    return max(_retained_before(schedule, rule, bills, as_of, key) - target, 0)


def _ended(schedule: Schedule, rule: Retainage, as_of: date) -> Collection[str | None]:
    """Return the milestones of which the end of the work has released all, or None for all."""
    days = _release_days(schedule, rule, as_of)
    return {key for key, on in days.items() if on is not None and on <= as_of}


def _retained_before(
    schedule: Schedule, rule: Retainage, bills: Sequence[Invoice], as_of: date, key: str | None
) -> int:
    """Return what *bills* retained, but not what the rule let go of and was released since."""
    kept, billed = kept_of(bills, date.max), billed_releases(bills)
    retained = _of_key(rule, ((each.bill, each.retained) for each in kept), key)
    held = _sums(kept, billed)[1]
    if rule.scope is RetainageScope.MILESTONE:
        held = by_milestone(kept, billed, _ended(schedule, rule, as_of)).get(key, 0)
    if retained == held:
        return retained
    in_turn = sorted(bills, key=lambda bill: undated_last(bill.issued_on))
    ever = retained_in_turn(rule, in_turn, key)
    due = dues_in_turn(schedule, rule, in_turn, as_of, key)
    over = max((each - by_rule for each, by_rule in zip(ever, due, strict=True)), default=0)
    return retained - min(retained - held, max(over, 0))


def retained_in_turn(rule: Retainage, bills: Sequence[Invoice], key: str | None) -> Iterator[int]:
    """Yield what the first of *bills* ever retained, then the first two, and so on."""
    notes: dict[str | None, list[Invoice]] = {}
    places: dict[str | None, int] = {}
    parts = [0] * len(bills)
    retained: dict[str | None, int] = {}
    for place, bill in enumerate(bills):
        changed = [place]
        for number in dict.fromkeys(bill.preceding) if bill.kind.is_credit_note else ():
            notes.setdefault(number, []).append(bill)
            changed += [places[number]] if number in places else []
        places[bill.number] = place
        for each in changed:
            other, before = bills[each], parts[each]
            parts[each] = retained_by(other, notes.get(other.number, ()))
            # A share is rounded, so what it was is taken off whole before what it is is added.
            for amount, sign in ((before, -1), (parts[each], 1)):
                for milestone, part in _shares(rule, other, amount):
                    retained[milestone] = retained.get(milestone, 0) + sign * part
        if rule.scope is RetainageScope.CONTRACT:
            yield retained[None]
        else:
            yield less_released(retained, 0, ()).get(key, 0)


def _shares(rule: Retainage, bill: Invoice, amount: int) -> Iterable[tuple[str | None, int]]:
    """Return what of an amount goes with each milestone that counts by itself, else all of it."""
    return [(None, amount)] if rule.scope is RetainageScope.CONTRACT else shares_of(bill, amount)


def _of_key(rule: Retainage, parts: Iterable[tuple[Invoice, int]], key: str | None) -> int:
    """Return what of the parts of bills is of one milestone, where each counts by itself."""
    if rule.scope is RetainageScope.CONTRACT:
        return sum(part for _, part in parts)
    kept = [Kept(bill, part, part) for bill, part in parts]
    return by_milestone(kept, 0, ()).get(key, 0)
