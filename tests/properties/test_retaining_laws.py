"""The laws of what bills retain: the rule to date in every order, and no cent lost by a mode."""

from collections.abc import Sequence
from datetime import date
from decimal import Context, localcontext

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    CreditEffect,
    Invoice,
    Milestone,
    Money,
    Payment,
    RetainageMode,
    RetainageScope,
    Schedule,
    age,
    apply_credit,
    contract_position,
    credit_note,
    draft_invoice,
    draft_release,
    issue,
    record,
    release_retainage,
    retainage_state,
)
from milestone_invoicing.billing.retainage.by_rule import due_to_be_held, dues_in_turn
from milestone_invoicing.billing.retainage.kept_back import Kept, by_milestone, retained_by
from milestone_invoicing.billing.retainage.retaining import retained_in_turn
from milestone_invoicing.errors import CreditError
from tests.positions import position_on
from tests.properties.receivable_items import day
from tests.properties.retained_bills import (
    BUYER,
    EUR,
    LAST,
    S21,
    billed,
    contracts,
    exact,
    kept_on,
    never_falls,
    portions,
    without,
)

ZERO = Money.zero("EUR")
HELD, UNBILLED = RetainageMode
HELD_CONTRACTS = contracts(HELD)
ALL = contracts()


def sums(invoices: tuple[Invoice, ...]) -> tuple[Money, Money]:
    """Return net and tax of all bills."""
    net = Money.total((bill.totals.tax_exclusive for bill in invoices), currency="EUR")
    return net, Money.total((bill.totals.tax for bill in invoices), currency="EUR")


@given(ALL, st.data())
def test_what_all_bills_retain_is_the_figure_of_the_rule(schedule: Schedule, data: st.DataObject):
    assume(never_falls(schedule))
    parts = data.draw(portions(schedule))
    invoices = billed(schedule, parts)
    retained = sum(kept_on(bill).minor for bill in invoices)
    assert retained == exact(schedule, parts)
    assert retainage_state(schedule, invoices, as_of=day(LAST)).due_to_be_held.minor == retained


@given(ALL, st.data())
def test_after_each_bill_what_is_retained_is_the_rule_to_date(
    schedule: Schedule, data: st.DataObject
):
    assume(never_falls(schedule))
    invoices = billed(schedule, data.draw(portions(schedule)))
    for count in range(len(invoices)):
        state = retainage_state(schedule, invoices, as_of=day(count))
        assert state.retained == state.held == state.due_to_be_held
        assert state.retained == sum(map(kept_on, invoices[: count + 1]), ZERO)
        assert not state.to_release


@given(ALL, st.data())
def test_a_bill_never_retains_less_than_nothing_or_more_than_itself(
    schedule: Schedule, data: st.DataObject
):
    for bill in billed(schedule, data.draw(portions(schedule))):
        assert kept_on(bill) >= ZERO
        assert bill.payable >= (bill.held or ZERO) >= ZERO
        assert bill.totals.tax_exclusive >= ZERO


@given(ALL, st.data())
def test_what_is_held_at_the_end_is_the_rule_once_what_is_beyond_it_is_released(
    schedule: Schedule, data: st.DataObject
):
    invoices = billed(schedule, data.draw(portions(schedule)))
    state = retainage_state(schedule, invoices, as_of=day(LAST))
    assert state.held - state.to_release <= state.due_to_be_held


@given(HELD_CONTRACTS, st.data())
def test_what_is_held_changes_neither_payable_nor_tax(schedule: Schedule, data: st.DataObject):
    parts = data.draw(portions(schedule))
    for bill, plain in zip(billed(schedule, parts), billed(without(schedule), parts), strict=True):
        assert bill.totals == plain.totals
        assert attrs.evolve(bill, held=None) == plain


@given(HELD_CONTRACTS, st.data())
def test_on_each_day_retained_is_released_and_held_as_the_report_says(
    schedule: Schedule, data: st.DataObject
):
    invoices = billed(schedule, data.draw(portions(schedule)))
    for _ in range(data.draw(st.integers(0, 3))):
        left = retainage_state(schedule, invoices, as_of=date.max).held.minor
        if left > 0:
            part = Money(data.draw(st.integers(1, left)), EUR)
            on = day(data.draw(st.integers(len(invoices), LAST)))
            invoices = release_retainage(invoices, on=on, due_on=on, amount=part)
    for _ in range(data.draw(st.integers(0, 3))):
        bill = data.draw(st.sampled_from(invoices))
        amount = Money(data.draw(st.integers(1, 10**5)), EUR)
        on = day(data.draw(st.integers(0, LAST)))
        invoices = record(invoices, str(bill.number), Payment(amount, on=on))
    on = day(data.draw(st.integers(0, LAST)))
    state = retainage_state(schedule, invoices, as_of=on)
    assert state.retained == state.released + state.held
    assert min(state.retained, state.released, state.held, state.to_release) >= ZERO
    assert state.to_release <= state.held
    rows = age(invoices, as_of=on).totals
    assert state.held == sum((row.retained for row in rows), ZERO)
    gross = contract_position(schedule, invoices, as_of=on).gross
    assert gross.payable == gross.paid + gross.discount + gross.retained + gross.open
    assert gross.retained == state.held


@given(contracts(UNBILLED), st.data())
def test_with_all_bills_paid_what_is_paid_net_is_what_they_bill(
    schedule: Schedule, data: st.DataObject
):
    invoices = billed(schedule, data.draw(portions(schedule)))
    paid = tuple(
        record([bill], str(bill.number), Payment(bill.payable, on=day(LAST)))[0]
        if bill.payable
        else bill
        for bill in invoices
    )
    position = contract_position(schedule, paid, as_of=day(LAST)).net
    assert position.paid == sums(invoices)[0]
    invoices = released(schedule, paid, data, whole=True)
    paid = tuple(
        record([bill], str(bill.number), Payment(bill.payable, on=day(LAST)))[0]
        if bill.payable and bill not in paid
        else bill
        for bill in invoices
    )
    position = contract_position(schedule, paid, as_of=day(LAST)).net
    assert position.paid + position.unassigned == schedule.total


def released(
    schedule: Schedule, invoices: tuple[Invoice, ...], data: st.DataObject, *, whole: bool
) -> tuple[Invoice, ...]:
    """Return *invoices* with a part released of what is held, or all of it."""
    end, held = day(LAST), retainage_state(schedule, invoices, as_of=day(LAST)).held
    if not held:
        return invoices
    part = None if whole else Money(data.draw(st.integers(1, held.minor)), EUR)
    if schedule.retainage.mode is HELD:
        return release_retainage(invoices, on=end, due_on=end, amount=part)
    draft = draft_release(schedule, invoices=invoices, as_of=end, buyer=BUYER, amount=part)
    return (*invoices, issue(draft, number=str(len(invoices) + 1), on=end))


@given(ALL, st.data())
def test_after_release_and_payment_the_cash_is_that_of_all_work(
    schedule: Schedule, data: st.DataObject
):
    parts = data.draw(portions(schedule))
    invoices, end = billed(schedule, parts), day(LAST)
    net, tax = sums(billed(without(schedule), parts))
    for whole in (False, True):
        invoices = released(schedule, invoices, data, whole=whole)
    after = retainage_state(schedule, invoices, as_of=end)
    assert after.held == after.to_release == ZERO
    for bill in invoices:
        if bill.payable:
            paid = Payment(bill.payable, on=end)
            invoices = record(invoices, str(bill.number), paid)
    money = [position_on(bill, end) for bill in invoices]
    assert not any(each.open or each.retained or each.unapplied for each in money)
    received = sum((each.received for each in money), ZERO)
    assert sums(invoices)[0] == net
    # The tax of each document is rounded by itself.
    off = 0 if schedule.retainage.mode is HELD else len(invoices)
    assert abs(received - net - tax).minor <= off


@given(ALL, st.data())
def test_what_is_credited_to_be_billed_again_is_billed_with_the_same_retainage(
    schedule: Schedule, data: st.DataObject
):
    assume(never_falls(schedule))
    parts = data.draw(portions(schedule))
    invoices = billed(schedule, parts)
    place = data.draw(st.integers(0, len(parts) - 1))
    bill, on = invoices[place], day(LAST)
    notes: tuple[Invoice, ...] = ()
    if data.draw(st.booleans()) and bill.payable.minor > 1:
        part = Money(data.draw(st.integers(1, bill.payable.minor - 1)), EUR)
        notes = (
            issue(
                credit_note(bill, effect=CreditEffect.REBILL, as_of=date.max, amount=part),
                number="N",
                on=on,
            ),
        )
    rest = credit_note(bill, effect=CreditEffect.REBILL, as_of=date.max, invoices=notes)
    known = (*invoices, *notes, issue(rest, number="M", on=on))
    before = retainage_state(schedule, invoices, as_of=on)
    key = parts[place][0]
    again = draft_invoice(
        schedule, key, invoices=known, as_of=on, buyer=BUYER, tax=S21, rebill=True
    )
    assert again.totals == bill.totals
    assert again.held == bill.held
    known = (*known, issue(again, number="again", on=on))
    assert retainage_state(schedule, known, as_of=on) == before


@given(ALL, st.data())
def test_credits_in_between_leave_at_most_what_is_outstanding_held(
    schedule: Schedule, data: st.DataObject
):
    parts = data.draw(portions(schedule))
    cut = data.draw(st.integers(1, len(parts)))
    invoices, on = billed(schedule, parts[:cut]), day(LAST)
    for number in range(data.draw(st.integers(1, 2))):
        bill = data.draw(st.sampled_from(invoices[:cut]))
        left = bill.payable.minor + sum(
            note.payable.minor for note in invoices[cut:] if bill.number in note.preceding
        )
        if left > 0:
            amount = Money(data.draw(st.integers(1, left)), EUR)
            effect = data.draw(st.sampled_from(CreditEffect))
            draft = credit_note(
                bill, effect=effect, as_of=date.max, invoices=invoices, amount=amount
            )
            name = f"N{number}"
            invoices = (*invoices, issue(draft, number=name, on=on))
            if data.draw(st.booleans()):
                invoices = apply_credit(invoices, name, str(bill.number), on=on)
    state = retainage_state(schedule, invoices, as_of=on)
    assert state.retained == state.released + state.held
    assert min(state.retained, state.held, state.released, state.to_release) >= ZERO
    assert state.to_release <= state.held
    if schedule.retainage.mode is HELD and state.held:
        released = release_retainage(invoices, on=on, due_on=on)
        assert retainage_state(schedule, released, as_of=on).held == ZERO
    for key, _ in parts[cut:]:
        room = draft_invoice(
            schedule,
            key,
            invoices=invoices,
            as_of=on,
            buyer=BUYER,
            tax=S21,
            portion=dict(parts[cut:])[key],
        )
        assert ZERO <= kept_on(room) <= room.payable + kept_on(room)


@given(ALL, st.data())
def test_the_ambient_decimal_context_changes_nothing(schedule: Schedule, data: st.DataObject):
    parts = data.draw(portions(schedule))
    invoices = billed(schedule, parts)
    with localcontext(Context(prec=1)):
        assert billed(schedule, parts) == invoices


@given(ALL, st.data())
def test_what_bills_retained_in_turn_is_what_the_first_of_them_retain_asked_anew(
    schedule: Schedule, data: st.DataObject
):
    bills = billed(schedule, data.draw(portions(schedule)))
    bills += (attrs.evolve(bills[0], number=None, issued_on=None),)
    for _ in range(data.draw(st.integers(0, 4))):
        credited = data.draw(st.sampled_from([bill for bill in bills if bill.number is not None]))
        net = data.draw(st.none() | st.builds(Money, st.integers(1, 10**5), st.just(EUR)))
        effect = data.draw(st.sampled_from(CreditEffect))
        try:
            note = credit_note(credited, effect=effect, as_of=day(LAST), invoices=bills, net=net)
        except CreditError:
            continue
        bills = (*bills, issue(note, number=str(len(bills) + 1), on=day(LAST)))
    in_turn, rule = data.draw(st.permutations(bills)), schedule.retainage
    assert rule is not None
    firsts = [in_turn[: count + 1] for count in range(len(bills))]
    whole = rule.scope is RetainageScope.CONTRACT
    for key in (None,) if whole else schedule.keys:
        anew = [by_milestone(retained_of(first), 0, ()).get(key, 0) for first in firsts]
        if whole:
            anew = [sum(each.held for each in retained_of(first)) for first in firsts]
        assert list(retained_in_turn(rule, in_turn, key)) == anew
        dues = [due_to_be_held(schedule, rule, first, day(LAST))[key] for first in firsts]
        assert list(dues_in_turn(schedule, rule, in_turn, day(LAST), key)) == dues
    other = attrs.evolve(schedule, milestones=[Milestone("z", "Other", REST)])
    of_none = dues_in_turn(other, rule, in_turn, day(LAST), None if whole else "a")
    assert whole or set(of_none) == {0}


def retained_of(bills: Sequence[Invoice]) -> list[Kept]:
    """Return what each ever retained, the credit notes among them taken off."""
    parts = [(bill, retained_by(bill, bills)) for bill in bills]
    return [Kept(bill, part, part) for bill, part in parts]
