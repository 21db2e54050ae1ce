"""The laws of checks over a set: what the library makes agrees, and each break has its name."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from milestone_invoicing import (
    Applied,
    Credited,
    CreditEffect,
    DeductedAs,
    Finding,
    Invoice,
    InvoiceFact,
    Money,
    Percent,
    Prepaid,
    Schedule,
    Severity,
    Tax,
    TaxDrift,
    TaxSubtotal,
    apply_credit,
    check_invoices,
    contract_position,
    credit_note,
    deposits_left,
    issue,
    tax_drift,
)
from milestone_invoicing.errors import CreditError, ImpossibleFactError
from tests.architecture.audit import watch
from tests.properties.advance_lives import (
    Life,
    contracts,
    day,
    each_tax,
    lives,
    paid,
    several_deposits,
)
from tests.properties.agreements import EUR
from tests.properties.contract_life import HORIZON, ContractLife
from tests.properties.held_life import HeldLife
from tests.properties.receivable_items import day as day_of_life
from tests.properties.test_credit_laws import PARTIES, lines
from tests.properties.test_deposit_laws import all_billed

LATEST = day(99)
SOME_LIVES = settings(max_examples=max(settings.default.max_examples // 3, 5))


def codes(found: Iterable[Finding]) -> set[str]:
    return {each.code for each in found}


def errors(invoices: Sequence[Invoice], as_of: date = LATEST) -> set[str]:
    return codes(
        each for each in check_invoices(invoices, as_of=as_of) if each.severity is Severity.ERROR
    )


def counted(invoices: Iterable[Invoice], as_of: date) -> list[Invoice]:
    """Return what is issued, not void, and no credit note of a void, found the slow way."""
    issued = [bill for bill in invoices if bill.is_issued(as_of)]
    void = {bill.number for bill in issued if bill.is_void_on(as_of)}
    return [
        bill
        for bill in issued
        if bill.number not in void
        if not (bill.kind.is_credit_note and void.intersection(bill.preceding))
    ]


def nets_without_milestone(bills: Iterable[Invoice]) -> int:
    """Return the net of lines that bill no milestone, less what is prepaid."""
    bills = list(bills)
    own = (line.net.minor for bill in bills for line in bill.lines if line.milestone is None)
    prepaid = (part.base.minor for bill in bills for each in bill.prepaid for part in each.groups)
    return sum(own) - sum(prepaid)


def total_net(found: TaxDrift) -> int:
    return sum(total.net.minor for total in found.totals)


# --- what the library makes -----------------------------------------------------------------------


def takes_off_a_void(bills: Sequence[Invoice], as_of: date) -> bool:
    """Say whether a deposit was voided after bills took it off, and they did not give it back."""
    void = {bill.number for bill in bills if bill.is_void_on(as_of) and bill.is_issued(as_of)}
    taken: dict[tuple[str, Tax], int] = {}
    for bill in counted(bills, as_of):
        parts = [(each.number, part) for each in bill.prepaid for part in each.groups]
        own = [
            (line.deducts, TaxSubtotal(line.tax, -line.net, -(line.tax_amount or line.net * 0)))
            for line in bill.lines
            if line.deducts
        ]
        for number, part in (*parts, *own):
            key = (str(number), part.tax)
            taken[key] = taken.get(key, 0) + part.gross.minor
    return any(amount and number in void for (number, _), amount in taken.items())


@given(lives(), st.integers(0, 40))
def test_what_is_drafted_agrees_unless_a_deposit_is_voided_after_it_was_taken_off(
    life: Life, asked: int
):
    wrong = {"deducted_void"} if takes_off_a_void(life.invoices, day(asked)) else set()
    assert errors(life.invoices, day(asked)) == wrong


@given(lives(), st.integers(0, 40))
def test_the_nets_of_all_groups_are_what_is_billed_of_the_contract(life: Life, asked: int):
    found = tax_drift(life.invoices, as_of=day(asked))
    position = contract_position(life.schedule, life.invoices, as_of=day(asked))
    beside = nets_without_milestone(counted(life.invoices, day(asked)))
    assert total_net(found) == position.net.billed.minor + beside


class _Checked:
    """What is asked at the end of a life; it comes before the life in the order of bases."""

    def teardown(self) -> None:
        for on in range(0, HORIZON + 1, 10) if hasattr(self, "schedule") else ():
            as_of = day_of_life(on)
            voided = takes_off_a_void(self.invoices, as_of)
            assert errors(self.invoices, as_of) <= ({"deducted_void"} if voided else set())
            position = contract_position(self.schedule, self.invoices, as_of=as_of)
            beside = nets_without_milestone(counted(self.invoices, as_of))
            found = tax_drift(self.invoices, as_of=as_of)
            assert total_net(found) == position.net.billed.minor + beside
            if type(self) is _CheckedContractLife:
                assert beside == 0  # all of it is work


class _CheckedContractLife(_Checked, ContractLife):
    pass


class _CheckedHeldLife(_Checked, HeldLife):
    pass


@pytest.mark.parametrize("life", [_CheckedContractLife, _CheckedHeldLife])
def test_whatever_happens_to_a_contract_its_invoices_agree(life: type[RuleBasedStateMachine]):
    with watch() as seen:
        run_state_machine_as_test(life, settings=settings(SOME_LIVES, stateful_step_count=40))
    assert seen == []


# --- one break at a time: credit ------------------------------------------------------------------


@st.composite
def set_off(draw: st.DrawFn) -> list[Invoice]:
    """Draw an invoice and credit notes of it, each set against it at least once."""
    bill = Invoice("1", day(0), PARTIES[0], draw(st.lists(lines(), min_size=1, max_size=3)))
    assume(bill.payable.minor > 1)
    known: tuple[Invoice, ...] = (bill,)
    for place in range(draw(st.integers(1, 3))):
        amount = Money(draw(st.integers(2, bill.payable.minor)), EUR)
        number, on = f"N{place}", day(draw(st.integers(1, 9)))
        try:
            draft = credit_note(
                bill, effect=CreditEffect.CANCEL, as_of=day(9), invoices=known, amount=amount
            )
            added = (*known, issue(draft, number=number, on=on))
            part = Money(draw(st.integers(1, amount.minor)), EUR)
            known = apply_credit(added, number, "1", on=day(9), amount=part)
            known = apply_credit(known, number, "1", on=day(draw(st.integers(9, 12))))
        except (CreditError, ImpossibleFactError):
            continue
    assume(len(known) > 1)
    return list(known)


def entries(invoices: Sequence[Invoice], kind: type[InvoiceFact]) -> list[tuple[int, int]]:
    """Return the places of facts of a kind: of the document, and of the fact in it."""
    return [
        (place, index)
        for place, each in enumerate(invoices)
        for index, fact in enumerate(each.facts)
        if isinstance(fact, kind)
    ]


def replaced(
    invoices: Sequence[Invoice], at: tuple[int, int], *facts: InvoiceFact
) -> list[Invoice]:
    """Return the invoices with *facts* in the place of one; what is impossible is not drawn."""
    place, index = at
    own = invoices[place].facts
    try:
        changed = attrs.evolve(invoices[place], facts=(*own[:index], *facts, *own[index + 1 :]))
    except ImpossibleFactError:
        assume(condition=False)
    return [*invoices[:place], changed, *invoices[place + 1 :]]


@given(set_off())
def test_credit_that_is_set_off_on_both_sides_is_sound(known: list[Invoice]):
    assert check_invoices(known, as_of=LATEST) == ()


@pytest.mark.parametrize(
    ("kind", "code"), [(Applied, "credited_alone"), (Credited, "applied_alone")], ids=str
)
@given(known=set_off(), data=st.data())
def test_a_side_that_is_missing_is_found(
    kind: type[InvoiceFact], code: str, known: list[Invoice], data: st.DataObject
):
    at = data.draw(st.sampled_from(entries(known, kind)))
    (found,) = check_invoices(replaced(known, at), as_of=LATEST)
    assert found.code == code


def a_cent_more(fact: Applied | Credited) -> Applied | Credited:
    return attrs.evolve(fact, amount=fact.amount + Money(1, EUR))


def a_cent_less(fact: Applied | Credited) -> Applied | Credited:
    assume(fact.amount.minor > 1)
    return attrs.evolve(fact, amount=fact.amount - Money(1, EUR))


def a_day_later(fact: Applied | Credited) -> Applied | Credited:
    return attrs.evolve(fact, on=date.fromordinal(fact.on.toordinal() + 1))


@pytest.mark.parametrize("change", [a_cent_more, a_cent_less, a_day_later])
@given(known=set_off(), kind=st.sampled_from([Applied, Credited]), data=st.data())
def test_a_side_that_is_changed_is_found(
    change: Callable[[InvoiceFact], InvoiceFact],
    known: list[Invoice],
    kind: type[InvoiceFact],
    data: st.DataObject,
):
    place, index = data.draw(st.sampled_from(entries(known, kind)))
    changed = replaced(known, (place, index), change(known[place].facts[index]))
    (found,) = check_invoices(changed, as_of=LATEST)
    assert found.code == "credit_differs"


@given(set_off(), st.data())
def test_a_document_that_is_left_out_is_missed_by_those_that_name_it(
    known: list[Invoice], data: st.DataObject
):
    assert errors(known[1:]) == {"unknown_invoice"}
    place = data.draw(st.integers(1, len(known) - 1))
    assert codes(check_invoices([*known[:place], *known[place + 1 :]], as_of=LATEST)) == {
        "unknown_note"
    }


@given(set_off(), st.data())
def test_a_document_with_another_number_is_missed_and_names_what_does_not_name_it(
    known: list[Invoice], data: st.DataObject
):
    renamed = attrs.evolve(known[0], number="other")
    assert errors([renamed, *known[1:]]) == {"unknown_invoice", "credited_alone"}
    place = data.draw(st.integers(1, len(known) - 1))
    other = attrs.evolve(known[place], number="other")
    found = errors([*known[:place], other, *known[place + 1 :]])
    assert found == {"unknown_note", "applied_alone"}


@given(set_off(), st.data())
def test_another_client_and_a_second_document_of_a_number_are_found(
    known: list[Invoice], data: st.DataObject
):
    moved = attrs.evolve(known[0], buyer=PARTIES[1])
    assert errors([moved, *known[1:]]) == {"note_client", "credit_client"}
    place = data.draw(st.integers(0, len(known) - 1))
    again = attrs.evolve(known[place], facts=())
    assert "number_twice" in errors([*known, again])
    assert errors([*known, again]) <= {"number_twice", "over_credited"}


@given(set_off())
def test_a_cent_more_on_notes_than_on_their_invoice_is_found(known: list[Invoice]):
    bill = known[0]
    left = bill.payable.minor + sum(note.payable.minor for note in known[1:])
    for more, expected in ((0, set()), (1, {"over_credited"})):
        line = attrs.evolve(
            known[1].lines[0],
            quantity=-1,
            price=Money(left + more, EUR),
            tax=Tax.outside_scope(),
            base_quantity=1,
            tax_amount=None,
        )
        note = attrs.evolve(known[1], number="more", lines=[line], facts=())
        assert errors([*known, note]) == expected


@given(set_off(), st.data())
def test_the_order_of_the_invoices_changes_no_finding(known: list[Invoice], data: st.DataObject):
    broken = replaced(known, data.draw(st.sampled_from(entries(known, Applied))))
    found = check_invoices(broken, as_of=LATEST)
    other = check_invoices(data.draw(st.permutations(broken)), as_of=LATEST)
    assert set(found) == set(other)


# --- one break at a time: deposits ----------------------------------------------------------------


@st.composite
def taken_off(draw: st.DrawFn) -> tuple[list[Invoice], int]:
    """Draw the paid deposits and bills of a whole contract, and how many deposits there are."""
    deposits = draw(several_deposits())
    schedule = draw(contracts())
    bills = all_billed(schedule, map(paid, deposits), [draw(each_tax)])
    assume(any(_numbers(bill) for bill in bills))
    return bills, len(deposits)


def _numbers(bill: Invoice) -> list[str]:
    return [each.number for each in bill.prepaid] + [
        line.deducts for line in bill.lines if line.deducts
    ]


@given(taken_off())
def test_deposits_that_are_taken_off_as_received_are_sound(drawn: tuple[list[Invoice], int]):
    found = check_invoices(drawn[0], as_of=LATEST)
    # What is larger than the bills is left, and that is all there is to say.
    left = {state.number for state in deposits_left(drawn[0], as_of=LATEST) if state.left}
    assert {each.code for each in found} <= {"deposit_left_over"}
    assert {each.path.removeprefix("invoices.") for each in found} <= left


@given(taken_off())
def test_each_deposit_that_is_not_there_is_missed(drawn: tuple[list[Invoice], int]):
    bills, count = drawn
    for place in range(count):
        others = [*bills[:place], *bills[place + 1 :]]
        used = any(bills[place].number in _numbers(bill) for bill in bills)
        assert errors(others) == ({"deducted_unknown"} if used else set())
        renamed = attrs.evolve(bills[place], number="other")
        assert errors([*others, renamed]) == ({"deducted_unknown"} if used else set())


@given(taken_off())
def test_a_deposit_that_was_not_paid_after_all_is_found(drawn: tuple[list[Invoice], int]):
    bills, count = drawn
    unpaid = [attrs.evolve(bill, facts=()) for bill in bills[:count]]
    used = {number for bill in bills for number in _numbers(bill)}
    found = check_invoices([*unpaid, *bills[count:]], as_of=LATEST)
    taken = [("deducted_unreceived", bill) for bill in unpaid if bill.number in used]
    beside = [("deposit_still_claimed", bill) for bill in unpaid if bill.number not in used]
    assert [(each.path, each.code) for each in found] == [
        (f"invoices.{bill.number}", code) for code, bill in (*taken, *beside)
    ]


@given(taken_off(), st.sampled_from([(1, 0), (0, 1), (1, -1), (-1, 1)]), st.data())
def test_a_cent_that_is_taken_off_wrongly_is_found(
    drawn: tuple[list[Invoice], int], cent: tuple[int, int], data: st.DataObject
):
    # Of a deposit that is used up: then a cent more of any group is a cent that it does not have.
    bills, count = drawn
    places = [place for place, bill in enumerate(bills) if bill.prepaid]
    assume(places)
    place = data.draw(st.sampled_from(places))
    first, *others = bills[place].prepaid
    deposit = next(bill for bill in bills if bill.number == first.number)
    taken = sum(
        each.gross.minor
        for bill in bills[count:]
        for each in bill.prepaid
        if each.number == first.number
    )
    assume(taken == deposit.payable.minor)
    group, *rest = first.groups
    wrong = attrs.evolve(
        group, base=group.base + Money(cent[0], EUR), amount=group.amount + Money(cent[1], EUR)
    )
    changed = attrs.evolve(
        bills[place], prepaid=[Prepaid(first.number, [wrong, *rest]), *others], terms=bills[0].terms
    )
    found = errors([*bills[:place], changed, *bills[place + 1 :]])
    assert found == ({"deducted_tax", "over_deducted"} if sum(cent) else {"deducted_tax"})


# --- the drift of taxes ---------------------------------------------------------------------------


@st.composite
def documents(draw: st.DrawFn, *, stated: bool) -> list[Invoice]:
    """Draw invoices and credit notes of several rates, some with tax amounts of their own."""
    found: list[Invoice] = []
    for place in range(draw(st.integers(0, 6))):
        own = draw(st.lists(lines(), min_size=1, max_size=3))
        if stated:
            own = [attrs.evolve(line, tax_amount=draw(_amounts(line))) for line in own]
        if draw(st.booleans()):
            own = [attrs.evolve(line, quantity=-line.quantity, tax_amount=None) for line in own]
        found.append(Invoice(str(place), day(place), PARTIES[0], own))
    return found


def _amounts(line: object) -> st.SearchStrategy[Money | None]:
    if not line.tax.has_rate:
        return st.none()
    return st.none() | st.integers(0, abs(line.net.minor)).map(lambda minor: Money(minor, EUR))


@given(documents(stated=False))
def test_without_stated_taxes_a_drift_is_half_a_unit_per_document_and_half_a_unit_at_most(
    bills: list[Invoice],
):
    for group in tax_drift(bills, as_of=LATEST).groups:
        assert group.stated == 0
        assert 2 * abs(group.drift.minor) <= group.documents + 1


@given(documents(stated=True))
def test_stated_taxes_add_what_they_are_off_the_rate_times_their_net(bills: list[Invoice]):
    for group in tax_drift(bills, as_of=LATEST).groups:
        assert group.tax is not None
        rate = (group.tax.rate or Percent(0)).fraction
        own = [
            line
            for bill in bills
            for line in bill.lines
            if line.tax == group.tax and line.tax_amount is not None
        ]
        off = sum(abs(line.tax_amount.minor - line.net.minor * rate) for line in own)
        assert 2 * abs(group.drift.minor) <= group.documents + 1 + 2 * off
        assert bool(group.stated) is bool(own)


@given(documents(stated=True), st.data())
def test_groups_sum_to_their_total_and_to_the_documents(bills: list[Invoice], data: st.DataObject):
    found = tax_drift(bills, as_of=LATEST)
    for total in found.totals:
        for name in ("net", "billed", "whole", "drift"):
            column = sum(getattr(group, name).minor for group in found.groups)
            assert getattr(total, name).minor == column
        assert total.net.minor == sum(bill.totals.tax_exclusive.minor for bill in bills)
        assert total.billed.minor == sum(bill.totals.tax.minor for bill in bills)
        assert total.documents == len(bills)
    assert bool(found.totals) is bool(bills)
    assert tax_drift(data.draw(st.permutations(bills)), as_of=LATEST) == found


@given(contracts(), several_deposits(), st.lists(each_tax, min_size=1, max_size=3))
def test_a_deposit_counts_once_whichever_way_it_is_taken_off(
    schedule: Schedule, deposits: tuple[Invoice, ...], taxes: list[Tax]
):
    assert schedule.deposit is not None
    found = []
    for way in DeductedAs:
        rule = attrs.evolve(schedule.deposit, deducted_as=way)
        bills = all_billed(attrs.evolve(schedule, deposit=rule), map(paid, deposits), taxes)
        found.append(tax_drift(bills, as_of=LATEST).groups)
    for one, other in zip(*found, strict=True):
        assert (one.tax, one.net, one.billed, one.whole) == (
            other.tax,
            other.net,
            other.billed,
            other.whole,
        )


@given(contracts(deposit=False), each_tax)
def test_of_bills_for_work_alone_net_is_what_is_billed_of_the_contract(
    schedule: Schedule, tax: Tax
):
    bills = all_billed(schedule, [], [tax])
    (total,) = tax_drift(bills, as_of=LATEST).totals
    assert total.net == contract_position(schedule, bills, as_of=LATEST).net.billed
    assert total.net == schedule.total
