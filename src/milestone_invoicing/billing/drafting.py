"""How a milestone becomes a draft invoice, and what stops it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.billing.account.books import Books, books_of
from milestone_invoicing.billing.advances.recouping import is_final, with_deposits_deducted
from milestone_invoicing.billing.advances.start_gates import require_started
from milestone_invoicing.billing.billed import (
    BillingRoom,
    billing_room,
    bills_of,
    numbers_of,
    reopened_numbers,
)
from milestone_invoicing.billing.document.kinds import CreditEffect
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.events import with_events
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.retainage.retaining import with_retainage
from milestone_invoicing.billing.taken_back import not_void
from milestone_invoicing.billing.to_date import as_bill_to_date, lines_of_work
from milestone_invoicing.contract import (
    AnyTrigger,
    AtProgress,
    DependencyPolicy,
    Milestone,
    OnDate,
    PaymentTerms,
    Schedule,
    Trigger,
    WorkState,
    work_status,
)
from milestone_invoicing.contract.work_standing import work_view
from milestone_invoicing.errors import (
    ArgumentsError,
    DuplicateNumberError,
    NeedsDecisionError,
    NotReadyError,
    NumberRangeError,
    OverbillingError,
    Words,
)
from milestone_invoicing.money import Currency, Money, Percent, Rounding
from milestone_invoicing.money.money import made, require_one_currency


def draft_invoice(  # noqa: PLR0913  # one keyword per decision of the person who bills
    schedule: Schedule,
    key: str,
    *,
    invoices: Sequence[Invoice],
    as_of: date,
    buyer: Party,
    seller: Party | None = None,
    tax: Tax | None = None,
    terms: PaymentTerms | None = None,
    portion: Money | None = None,
    up_to: Percent | None = None,
    rebill: bool = False,
    cumulative: bool = False,
    number: str | None = None,
) -> Invoice:
    """Return a draft that bills the milestone *key*: all that is left, or a part.

    Args:
        schedule: the contract.
        key: of the milestone.
        invoices: all invoices of the contract so far; drafts among them are reserved for.
        as_of: the day on which it is drafted.
        buyer: who pays.
        seller: who is paid.
        tax: of the line; None is outside the scope of tax.
        terms: instead of the milestone's, else the schedule's, else on receipt.
        portion: bill this net amount of what is left.
        up_to: bill so much that this percentage of the milestone is invoiced in all; rounded
            half up on the running total, so that 100 % is the milestone to the unit.
        rebill: bill again what was voided, or credited for that; the draft names the void or the
            note as preceding.
        cumulative: show all that is billed of the contract to date, and take each earlier bill off
            with exactly its own net and tax, as construction bills do. The tax of all of them
            together, with the releases of what they leave off as retainage, is then that of the
            whole contract, without a cent of drift. *tax* is that of all work of the milestone;
            other milestones keep theirs.
        number: of the draft, if it is known already.

    The line says what was delivered, and who approved it. Where the schedule has a retainage, the
    draft holds back or leaves off its part; where it has a deposit, the draft takes off what is
    received of it. Events that came by *as_of*, and that its terms wait for, stand on the draft.

    All amounts are net. What is left is the least of *as_of* and of every later event, so that a
    bill dated back never takes what a later one took. The day of the trigger is included.

    Raises:
        NotReadyError: the milestone's trigger has not come, it is cancelled, or the schedule
            refuses to invoice it before those it depends on are approved.
        DepositNotSettledError: the deposit has to be paid before the start (``before_start``), and
            ``start_gate`` is not open; carries the numbers of those that are not settled.
        OverbillingError: more than is left, or nothing is left.
        NeedsDecisionError: all that is left was taken back, and *rebill* does not say to bill it
            again.
        NumberRangeError: a portion or percentage that is not above zero, or above 100 %.
        ArgumentsError: both *portion* and *up_to*, or *up_to* with *rebill*.
        UnknownMilestoneError: no milestone has that key.
        DuplicateNumberError: two invoices have one number, or the draft takes that of another.
        CurrencyMismatchError: an amount in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(5000, "USD"),
        ...     [
        ...         Milestone("sign", "On signing", Percent(40), trigger=ON_SIGNING),
        ...         Milestone("ship", "Delivery", REST),
        ...     ],
        ...     signed_on=date(2026, 5, 4),
        ... )
        >>> draft = draft_invoice(
        ...     schedule, "sign", invoices=[], as_of=date(2026, 5, 4), buyer=Party("acme", "Acme")
        ... )
        >>> str(draft.payable)
        'USD 2000.00'

    Source: progress billing to date less what is billed before; the rest is a convention of this
    library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_type(tax, (Tax, type(None)), "the tax")
    require_type(terms, (PaymentTerms, type(None)), "the terms")
    require_type(rebill, bool, "rebill")
    require_type(cumulative, bool, "cumulative")
    _check_arguments(schedule, portion, up_to, rebill=rebill)
    invoices = books_of(invoices)
    _require_new(number, invoices)
    milestone = _agreed(schedule, key, as_of)
    _require_ready(schedule, key, invoices, as_of)
    room = billing_room(schedule, key, invoices, as_of)
    left = _require_left(milestone, room, invoices, schedule.total.currency, rebill=rebill)
    amount = portion or left
    if up_to is not None:
        amount = _more_than_billed(milestone, room, up_to, left.currency)
    _require_fits(milestone, amount, left, waits=not rebill and bool(room.awaiting_decision))
    standing = _standing(invoices) if cumulative else []
    earlier = _of_work(schedule, standing)
    named = reopened_numbers(key, invoices, as_of) if rebill else ()
    draft = Invoice(
        number,
        None,
        buyer,
        lines_of_work(
            schedule, milestone, amount, tax or Tax.outside_scope(), earlier, as_of=as_of
        ),
        seller=seller,
        terms=terms or milestone.terms or schedule.terms or PaymentTerms(),
        owner=milestone.owner,
        preceding=_preceding(named, earlier),
    )
    draft = with_retainage(draft, schedule, invoices, as_of=as_of)
    if cumulative:
        final = is_final(draft, schedule, invoices, as_of=as_of)
        draft = as_bill_to_date(draft, standing, final=final)
    return with_events(
        with_deposits_deducted(draft, schedule, invoices, as_of=as_of), schedule, as_of=as_of
    )


def _require_new(number: str | None, invoices: Books) -> None:
    if number is None:
        return
    require_text(number, "the number of an invoice")
    if number in invoices.places:
        raise DuplicateNumberError(
            "a draft takes the number of another invoice", expected="a new number", got=number
        )


def _standing(invoices: Books) -> list[Invoice]:
    return [bill for bill in not_void(invoices, date.max) if not bill.is_draft]


def _of_work(schedule: Schedule, bills: Sequence[Invoice]) -> list[Invoice]:
    keys = set(schedule.keys)
    return [bill for bill in bills if any(line.milestone in keys for line in bill.lines)]


def _preceding(named: Sequence[str], earlier: Sequence[Invoice]) -> tuple[str, ...]:
    """Return what a draft names: what it bills again, and what it takes off.

    A note to be billed again is named by what bills it again, and by nothing else: naming it says
    so. What that note is about is named beside it.
    """
    others = (str(bill.number) for bill in earlier if bill.effect is not CreditEffect.REBILL)
    return tuple(dict.fromkeys((*named, *others)))


def _agreed(schedule: Schedule, key: str, as_of: date) -> Milestone:
    """Return the milestone as agreed on a day, if it is."""
    milestone = schedule.milestone(key, as_of=as_of)
    if key not in schedule.agreed_on(as_of).by_key:
        raise NotReadyError(
            f"milestone {key!r} is not agreed on {as_of}",
            expected="a milestone of the contract as it is on that day",
            got=Words("one that a change order adds later, or dropped"),
        )
    return milestone


def _check_arguments(
    schedule: Schedule, portion: Money | None, up_to: Percent | None, *, rebill: bool
) -> None:
    require_type(portion, (Money, type(None)), "the portion")
    if portion is not None:
        require_one_currency(schedule.total, portion)
    require_type(up_to, (Percent, type(None)), "up_to")
    if up_to is not None and (portion is not None or rebill):
        other = "rebill" if rebill else "portion"
        raise ArgumentsError(
            "up_to says by itself how much is billed",
            expected=f"up_to or {other}",
            got=Words(f"up_to={up_to} with {other}"),
        )
    if portion is not None and portion.minor <= 0:
        raise NumberRangeError("a portion is too small", expected="above zero", got=portion)
    if up_to is not None and not 0 < up_to.fraction <= 1:
        raise NumberRangeError(
            "up_to is out of range", expected="above 0% and at most 100%", got=up_to
        )


def _require_ready(schedule: Schedule, key: str, invoices: Sequence[Invoice], as_of: date) -> None:
    view = work_view(schedule, key, as_of)
    if view.ready_since is None:
        _require_first(schedule, key, view.waits_for, as_of)
        trigger, state = view.milestone.trigger, view.history.state
        raise NotReadyError(
            f"milestone {key!r} may not be invoiced on {as_of}",
            expected=f"its trigger ({trigger})",
            got=Words(f"a milestone that is {state}"),
            hint=_what_is_missing(schedule, trigger, state),
        )
    require_started(schedule, invoices, as_of=as_of)


def _require_first(schedule: Schedule, key: str, waits_for: Sequence[str], as_of: date) -> None:
    """Refuse to invoice a milestone before those that come first, if that is the policy."""
    if waits_for and schedule.dependencies is DependencyPolicy.REFUSE:
        states = {each: work_status(schedule, each, as_of=as_of).state for each in waits_for}
        raise NotReadyError(
            f"milestone {key!r} may not be invoiced on {as_of}",
            expected=f"{' and '.join(map(repr, waits_for))} approved first",
            got=Words(" and ".join(f"{each!r} {state}" for each, state in states.items())),
            hint="; ".join(f"{_to_approve(state)} for {each!r}" for each, state in states.items()),
        )


def _to_approve(state: WorkState) -> str:
    if state is WorkState.DELIVERED:
        return "record Approved(by, on=...)"
    return _CALL_THAT_IS_MISSING[Trigger.ON_APPROVAL]


def _what_is_missing(schedule: Schedule, trigger: AnyTrigger, state: WorkState) -> str:
    if state is WorkState.CANCELLED or isinstance(trigger, OnDate):
        return ""
    if trigger is Trigger.ON_SIGNING and schedule.signed_on is not None:
        return f"it is signed on {schedule.signed_on}"
    if isinstance(trigger, AtProgress):
        return "record ProgressReported(done, on=...)"
    return _CALL_THAT_IS_MISSING[trigger]


_CALL_THAT_IS_MISSING: Final = {
    Trigger.ON_SIGNING: "give the schedule the day of signing, signed_on=",
    Trigger.ON_START: "record Started(on=...)",
    Trigger.ON_DELIVERY: "record Delivered(on=...)",
    Trigger.ON_APPROVAL: "record Delivered(on=...) and Approved(by, on=...)",
    Trigger.MANUAL: "record Cleared(by, on=...)",
}


def _require_left(
    milestone: Milestone, room: BillingRoom, invoices: Books, currency: Currency, *, rebill: bool
) -> Money:
    """Return what there is to bill, which has to be something."""
    left = made(room.awaiting_decision if rebill else room.not_yet_invoiced, currency)
    if left.minor > 0:
        return left
    waits = made(room.awaiting_decision, currency)
    if not rebill and waits.minor > 0:
        raise NeedsDecisionError(
            f"what is left of milestone {milestone.key!r} was voided or credited",
            expected="a decision to bill it again or to cancel it",
            got=waits,
            hint="bill it again with rebill=True, or record Cancelled(reason, on=...)",
            left=waits,
        )
    what = "waits to be billed again" if rebill else "is left to bill"
    raise OverbillingError(
        f"nothing {what} of milestone {milestone.key!r}",
        expected="a milestone with something left",
        got=left,
        hint=_why_nothing_is_left(milestone, room, invoices),
        left=left,
    )


def _why_nothing_is_left(milestone: Milestone, room: BillingRoom, invoices: Books) -> str:
    if not room.agreed:
        return "a milestone of zero is a gate, which is never billed"
    bills = [bill for bill, net in bills_of(invoices, milestone.key) if net]
    return f"it is billed on {numbers_of(bills)}" if bills else ""


def _more_than_billed(
    milestone: Milestone, room: BillingRoom, up_to: Percent, currency: Currency
) -> Money:
    """Return what is billed in all once *up_to* is reached, less what is already."""
    agreed, settled = made(room.agreed, currency), made(room.settled, currency)
    amount = agreed.times(up_to, rounding=Rounding.HALF_UP) - settled
    if amount.minor <= 0:
        raise OverbillingError(
            f"so much of milestone {milestone.key!r} is invoiced already",
            expected=f"a percentage above {settled} of {agreed}",
            got=up_to,
            left=made(room.not_yet_invoiced, currency),
        )
    return amount


def _require_fits(milestone: Milestone, amount: Money, left: Money, *, waits: bool) -> None:
    if amount > left:
        raise OverbillingError(
            f"more is billed of milestone {milestone.key!r} than is left",
            expected=f"at most {left}",
            got=amount,
            hint="bill what was taken back with rebill=True" if waits else "",
            left=left,
        )
