"""When cash comes for what is not billed yet, less deposits, what is retained without a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from milestone_invoicing.billing import (
    Invoice,
    InvoiceKind,
    deposit_amount,
    retainage_state,
)
from milestone_invoicing.billing.advances.deposits import deposit_states
from milestone_invoicing.billing.retainage.retaining import retained_beyond
from milestone_invoicing.billing.taken_back import not_void
from milestone_invoicing.contract import (
    PaymentTerms,
    Recoupment,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    Schedule,
)
from milestone_invoicing.contract.completion import is_released
from milestone_invoicing.contract.retainage import awaited_by
from milestone_invoicing.money import Money, Percent, Rounding, allocate, round_ratio
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.receivables.forecast.planned_bills import (
    PlannedBill,
    as_it_stands,
    planned_bills,
)


def scheduled_cash(
    schedule: Schedule, invoices: Sequence[Invoice], as_of: date, tax: Percent | None
) -> Iterator[tuple[date | None, Money]]:
    """Yield the days and amounts in which what is not billed yet will be paid, by plan.

    With *tax* the amounts are with tax, without it net. Each bill is paid by its terms, but what
    the contract retains of it, and what was left off earlier bills, has no day. Deposits that are
    billed are taken off, as far as the bills reach.
    """
    known = as_it_stands(schedule, as_of)
    bills = planned_bills(known, invoices, as_of)
    kept = list(_retained(known, bills, invoices, as_of, tax))
    payable = [_taxed(bill.net, tax) - part for bill, part in zip(bills, kept, strict=True)]
    yield from ((None, part) for part in (*kept, *_left_off(known, invoices, as_of, tax)))
    advance = _advance(schedule, invoices, as_of, tax)
    billed = _billed_deposits(invoices, as_of, tax, schedule.total)
    taken = _taken_off(schedule, payable, billed + advance)
    # No more is asked for ahead than the bills can take off again.
    ahead = min(advance, Money.total(taken, currency=advance.currency))
    terms = schedule.terms or PaymentTerms()
    come = known.happened(as_of=as_of)
    yield from _by_terms(terms, ahead, ahead, max(schedule.signed_on or as_of, as_of), come)
    for bill, amount, off in zip(bills, payable, taken, strict=True):
        own = bill.milestone.terms or terms
        yield from _by_terms(own, amount - off, bill.net, bill.day, come)


def _by_terms(
    terms: PaymentTerms, amount: Money, untaxed: Money, day: date | None, come: Mapping[str, date]
) -> Iterator[tuple[date | None, Money]]:
    if day is None:
        yield None, amount
        return
    events = {event: on for event, on in come.items() if event in terms.events}
    for part in terms.due(amount, day, untaxed=untaxed, events=events):
        yield part.due_on, part.amount


def _taxed(net: Money, tax: Percent | None) -> Money:
    """Return an amount with its tax, rounded half up; as it is where no tax is asked about."""
    return net if tax is None else net + net.times(tax, rounding=Rounding.HALF_UP)


def _retained(
    known: Schedule,
    bills: Iterable[PlannedBill],
    invoices: Sequence[Invoice],
    as_of: date,
    tax: Percent | None,
) -> Iterator[Money]:
    """Yield what the contract retains of each bill; a later step gives nothing back by itself."""
    rule, zero = known.retainage, Money.zero(known.total.currency)
    if rule is None:
        yield from (zero for _ in bills)
        return
    worth = known.agreed_on(as_of).by_key
    come = awaited_by(rule, known.happened(as_of=as_of))
    most: dict[str | None, Money] = {}
    for bill in bills:
        single = rule.scope is RetainageScope.MILESTONE
        key = bill.milestone.key if single else None
        of = (
            worth[bill.milestone.key]
            if single
            else Money.total(worth.values(), currency=zero.currency)
        )
        done = of if single else bill.done
        by_rule = rule.on(done - bill.net, zero, of=of, happened=come).total
        if key not in most:
            most[key] = by_rule + _beyond_the_rule(known, rule, invoices, as_of, key)
        before = most[key]
        after = max(rule.on(done, zero, of=of, happened=come).total, before)
        most[key] = after
        part = zero if is_released(known, rule, key, as_of=as_of) else after - before
        untaxed = rule.mode is RetainageMode.HELD and rule.base is RetainageBase.NET
        yield part if untaxed else _taxed(part, tax)


def _beyond_the_rule(
    known: Schedule, rule: Retainage, invoices: Sequence[Invoice], as_of: date, key: str | None
) -> Money:
    """Return what bills retain beyond the rule, net where it is of amounts without tax."""
    issued = [bill for bill in not_void(invoices, as_of) if bill.is_issued(as_of)]
    beyond = retained_beyond(known, rule, issued, as_of, key)
    if rule.base is RetainageBase.GROSS and rule.mode is RetainageMode.HELD:
        net = sum(bill.totals.tax_exclusive.minor for bill in issued)
        gross = sum(bill.totals.tax_inclusive.minor for bill in issued)
        beyond = round_ratio(beyond * net, gross or 1, Rounding.HALF_UP)
    return Money(beyond, known.total.currency)


def _left_off(
    known: Schedule, invoices: Sequence[Invoice], as_of: date, tax: Percent | None
) -> Iterator[Money]:
    """Yield what earlier bills left off as retainage, and no bill has claimed."""
    if known.retainage is not None and known.retainage.mode is RetainageMode.UNBILLED:
        yield _taxed(retainage_state(known, invoices, as_of=as_of).held, tax)


def _advance(
    schedule: Schedule, invoices: Sequence[Invoice], as_of: date, tax: Percent | None
) -> Money:
    """Return the deposit that is agreed, while nothing of it is billed."""
    issued = any(bill.kind is InvoiceKind.DEPOSIT and bill.is_issued(as_of) for bill in invoices)
    if schedule.deposit is None or issued:
        return Money.zero(schedule.total.currency)
    amount = deposit_amount(schedule)
    return amount if schedule.deposit.with_tax else _taxed(amount, tax)


def _billed_deposits(
    invoices: Sequence[Invoice], as_of: date, tax: Percent | None, total: Money
) -> Money:
    """Return what bills are still to take off for deposits, paid or not; net without tax."""
    issued = (bill for bill in invoices if bill.is_issued(as_of))
    known = {bill.number: bill for bill in not_void(issued, as_of)}
    sums = 0
    for state in deposit_states(tuple(known.values()), as_of):
        bill = known[state.number]
        left = max(state.left.minor + state.to_come.minor, 0)
        net, gross = bill.totals.tax_exclusive.minor, bill.totals.tax_inclusive.minor
        sums += left if tax is not None else round_ratio(left * net, gross or 1, Rounding.HALF_UP)
    return Money(sums, total.currency)


def _taken_off(schedule: Schedule, payable: Sequence[Money], deposits: Money) -> list[Money]:
    """Return what each bill takes off for deposits, by the order that the contract agrees."""
    whole = Money.total(payable, currency=deposits.currency)
    left = min(deposits, whole)
    order = schedule.deposit.recoup if schedule.deposit else Recoupment.AT_END
    if order is Recoupment.PRO_RATA and left:
        return list(allocate(left, [amount.minor for amount in payable]))
    places = range(len(payable))
    in_order = places if order is Recoupment.FIRST_BILLS else reversed(places)
    taken = dict(waterfall(left.minor, ((place, payable[place].minor) for place in in_order)))
    return [Money(taken.get(place, 0), deposits.currency) for place in places]
