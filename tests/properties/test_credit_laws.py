"""The laws of credit notes: the mirror, parts that add up to the whole, and credit set off."""

from collections.abc import Iterable
from datetime import date
from decimal import Context, localcontext
from typing import Any

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    Credited,
    CreditEffect,
    Currency,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Price,
    Rounding,
    Withheld,
    WrittenOff,
    apply_credit,
    credit_note,
    issue,
    totals,
)
from milestone_invoicing.billing.history.fact_checks import room_for
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.errors import CreditError
from milestone_invoicing.facts import standing
from tests.positions import position_on
from tests.properties.receivable_items import PARTIES, TAXES, day
from tests.properties.settled_bills import LAST, settled_bills

EUR = Currency.of("EUR")
HALF_UP = Rounding.HALF_UP
LESS = CreditEffect.PRICE_REDUCTION
SHARES = st.sampled_from([Percent(0), Percent("2.5"), Percent(10)])
KEYS = st.sampled_from([None, "a", "b"])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Return a line that bills something, of a milestone or none."""
    quantity = draw(st.sampled_from([1, 2, 3, "0.5", 7]))
    price = Price(f"{draw(st.integers(1, 10**5))}e-3", "EUR")
    line = Line("Work", quantity, price, tax=draw(st.sampled_from(TAXES)), milestone=draw(KEYS))
    if draw(st.booleans()):
        line = attrs.evolve(
            line,
            allowances=[Adjustment(draw(SHARES), "Bulk")],
            charges=[Adjustment(Money(draw(st.integers(0, 999)), EUR), "Packing")],
        )
    return attrs.evolve(line, description=f"Work {draw(st.integers(0, 2))}")


@st.composite
def adjustments(draw: st.DrawFn, reason: str) -> Adjustment:
    """Return an allowance or a charge of a whole document."""
    if draw(st.booleans()):
        return Adjustment(draw(SHARES), reason)  # spread over the taxes of the lines
    amount = Money(draw(st.integers(0, 999)), EUR)
    return Adjustment(amount, reason, tax=draw(st.sampled_from(TAXES)))


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """Return an issued invoice of which something may be held, left off or deducted."""
    bill = Invoice("1", day(0), PARTIES[0], draw(st.lists(lines(), min_size=1, max_size=4)))
    if draw(st.booleans()):
        bill = attrs.evolve(
            bill,
            allowances=draw(st.lists(adjustments("Loyal"), max_size=2)),
            charges=draw(st.lists(adjustments("Freight"), max_size=1)),
            rounding_amount=draw(st.none() | st.just(Money(2, EUR))),
            withheld=[
                Adjustment(draw(SHARES), "Income tax"),
                Adjustment(Money(draw(st.integers(0, 9)), EUR), "Fund"),
            ],
        )
    if draw(st.integers(0, 3)) == 3:
        always = [EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)]
        bill = attrs.evolve(bill, terms=PaymentTerms.net(30, discounts=always))
    most = bill.totals.tax_exclusive.minor
    assume(most >= 0)  # amounts that go off may be more than is billed
    first = bill.lines[0]
    if draw(st.booleans()):
        part = Money(draw(st.integers(0, most // 2)), EUR)
        off = Line("Retainage", -1, part, tax=first.tax, retainage=True)
        bill = attrs.evolve(bill, lines=(*bill.lines, off))
    if draw(st.booleans()):
        part = Money(draw(st.integers(0, most // 3)), EUR)
        own = part.times(first.tax.rate, rounding=HALF_UP) if first.tax.has_rate else None
        off = Line("Deposit", -1, part, tax=first.tax, deducts="D", tax_amount=own and -own)
        bill = attrs.evolve(bill, lines=(*bill.lines, off))
    assume(bill.payable.minor > 0)
    if draw(st.booleans()):
        bill = attrs.evolve(bill, held=Money(draw(st.integers(0, bill.payable.minor)), EUR))
    return bill


@st.composite
def asked(draw: st.DrawFn, bill: Invoice) -> dict[str, Any]:
    """Return a way to say how much is credited, which may be too much."""
    way = draw(st.sampled_from(["amount", "net", "quantities", "milestone", "part", "rest"]))
    amount = Money(draw(st.integers(1, max(bill.payable.minor, 1))), EUR)
    key = {} if way in {"amount", "net", "rest", "quantities"} else {"milestone": draw(KEYS)}
    if way == "quantities":
        place = draw(st.integers(1, len(bill.lines)))
        billed = bill.lines[place - 1].quantity
        return {"quantities": {place: draw(st.sampled_from([billed, billed / 2, 1]))}}
    if way in {"amount", "net"}:
        return {way: amount}
    return {"amount": amount, **key} if way == "part" else key


def credited(bill: Invoice, data: st.DataObject, most: int = 4) -> list[Invoice]:
    """Return issued credit notes for parts of an invoice, as many as fit."""
    notes: list[Invoice] = []
    for number in range(data.draw(st.integers(0, most))):
        try:
            draft = credit_note(
                bill, effect=LESS, as_of=date.max, invoices=notes, **data.draw(asked(bill))
            )
        except CreditError:
            continue
        notes.append(issue(draft, number=f"N{number}", on=day(number)))
    return notes


def sums_by(documents: Iterable[Invoice], column: str) -> dict[object, tuple[int, int]]:
    """Return net and tax by tax group, or net by milestone."""
    found: dict[object, tuple[int, int]] = {}
    for document in documents:
        groups = document.totals.breakdown
        rows = [(group.tax, group.base.minor, group.amount.minor) for group in groups]
        if column == "milestone":
            rows = [(each.milestone, each.net.minor, 0) for each in document.entries]
        for key, net, tax in rows:
            before = found.get(key, (0, 0))
            found[key] = (before[0] + net, before[1] + tax)
    return found


@given(invoices())
def test_the_whole_is_the_mirror_image_and_leaves_nothing(bill: Invoice):
    note = credit_note(bill, effect=LESS, as_of=date.max)
    mine, whole = totals(note), totals(bill)
    for name in ("line_total", "tax_exclusive", "tax", "tax_inclusive", "prepaid", "payable"):
        assert getattr(mine, name) == -getattr(whole, name)
    assert mine.breakdown == tuple(
        attrs.evolve(group, base=-group.base, amount=-group.amount) for group in whole.breakdown
    )
    assert note.held == (None if bill.held is None else -bill.held)


@given(invoices(), st.data())
def test_parts_in_any_way_and_then_the_rest_sum_to_the_invoice(bill: Invoice, data: st.DataObject):
    notes = credited(bill, data)
    if sum(note.payable.minor for note in notes) + bill.payable.minor or not notes:
        rest = credit_note(bill, effect=LESS, as_of=date.max, invoices=notes)
        notes.append(issue(rest, number="rest", on=day(9)))
    documents = [bill, *notes]
    for column in ("tax", "milestone"):
        left = sums_by(documents, column)
        if not sum(map(sum, left.values())) and any(map(any, left.values())):
            # Nothing is left in all, but one kind of lines makes up for another.
            rest = credit_note(bill, effect=LESS, as_of=date.max, invoices=notes)
            left = sums_by([*documents, rest], column)
        assert set(left.values()) <= {(0, 0)}
    assert sum(note.payable.minor for note in notes) == -bill.payable.minor
    assert sum(each.held.minor for each in documents if each.held) == 0
    fund = [part for each in documents for part in each.withheld if part.reason == "Fund"]
    assert sum(part.amount.minor for part in fund) == 0


@given(invoices(), st.data())
def test_no_part_is_more_than_is_left_nor_below_nothing(bill: Invoice, data: st.DataObject):
    left = bill.payable.minor
    held = bill.held.minor if bill.held else 0
    for note in credited(bill, data):
        assert note.payable.minor <= 0
        left += note.payable.minor
        held += note.held.minor if note.held else 0
        assert left >= 0
        assert 0 <= held <= left or held == 0


@given(invoices(), st.data())
def test_a_credit_by_amount_is_of_that_amount(bill: Invoice, data: st.DataObject):
    most = bill.totals.tax_inclusive.minor
    if most > 0:
        amount = Money(data.draw(st.integers(1, most)), EUR)
        note = credit_note(bill, effect=LESS, as_of=date.max, amount=amount)
        assert -note.totals.tax_inclusive == amount
        # What takes all that is left takes the rounding amount with it.
        assert -note.payable == (bill.payable if amount.minor == most else amount)
    most = bill.totals.tax_exclusive.minor
    if most > 0:
        net = Money(data.draw(st.integers(1, most)), EUR)
        assert -credit_note(bill, effect=LESS, as_of=date.max, net=net).totals.tax_exclusive == net


@given(invoices(), st.data())
def test_the_order_of_lines_changes_no_total_of_the_whole_or_of_a_milestone(
    bill: Invoice, data: st.DataObject
):
    other = attrs.evolve(bill, lines=data.draw(st.permutations(bill.lines)))
    of_milestone = sums_by([bill], "milestone").get("a")
    # What an early discount leaves untaxed moves by running totals: its cents follow the order.
    asked_of = [{}, {"milestone": "a"}] if of_milestone and not bill.terms.discounts else [{}]
    for each in asked_of:
        found = []
        for invoice in (bill, other):
            try:
                found.append(
                    credit_note(invoice, effect=LESS, as_of=date.max, **each).totals.tax_exclusive
                )
            except CreditError as error:
                found.append(str(error))
        assert len(set(map(str, found))) == 1


@given(invoices(), st.data())
def test_the_ambient_decimal_context_changes_nothing(bill: Invoice, data: st.DataObject):
    way = data.draw(asked(bill))
    for each in ({}, way):
        try:
            note = credit_note(bill, effect=LESS, as_of=date.max, **each)
        except CreditError:
            continue
        with localcontext(Context(prec=1)):
            assert credit_note(bill, effect=LESS, as_of=date.max, **each) == note


@given(invoices(), st.data())
def test_what_is_set_off_stands_on_both_sides_and_conserves_all(bill: Invoice, data: st.DataObject):
    notes = credited(bill, data)
    known = (bill, *notes)
    for _ in range(data.draw(st.integers(0, 2))):
        amount = Money(data.draw(st.integers(1, bill.payable.minor)), EUR)
        paid = Payment(amount, on=day(data.draw(st.integers(0, 9))))
        known = (known[0].record(paid), *known[1:])
    for note in data.draw(st.permutations([each for each in notes if each.payable])):
        on = day(data.draw(st.integers(10, 20)))
        try:
            known = apply_credit(known, str(note.number), "1", on=on)
        except CreditError:
            continue
    money = [position_on(each, day(30)) for each in known]
    applied = sum(each.applied.minor for each in money)
    assert applied == money[0].credited.minor
    granted = -sum(note.payable.minor for note in notes)
    assert sum(each.unapplied.minor for each in money[1:]) == granted - applied
    # What the client paid, is granted and took for paying early settled it, or is left over.
    left_over = sum(each.unapplied.minor for each in money)
    took = bill.payable.minor - money[0].outstanding.minor
    early = money[0].discount.minor
    assert money[0].received.minor + granted + early == took + left_over
    # Only one of the two is left: no credit waits while more is outstanding than the part of a
    # withheld tax that is still to be certified.
    assert not (money[0].outstanding > money[0].to_certify and granted > applied)


@given(settled_bills(), st.integers(0, LAST), st.sampled_from([Credited, Withheld, WrittenOff]))
def test_what_there_is_room_for_is_what_is_outstanding_on_that_and_each_later_day(
    bill: Invoice, on: int, kind: type[Credited | Withheld | WrittenOff]
):
    claim = bill.claim
    assert claim is not None
    since = max(day(on), claim.issued_on)
    days = {since, *(fact.on for fact in bill.facts if fact.on > since)}
    if claim.payable.minor >= 0:
        least = min(sum(fill(claim, standing(bill.facts, each)).left) for each in days)
        assert room_for(kind, claim, bill.facts, since).minor == least
