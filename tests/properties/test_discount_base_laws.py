"""The laws of what early discounts are a percentage of: what is still to be paid, to the unit."""

from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    CreditEffect,
    DeductedAs,
    Deposit,
    DiscountBase,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    Line,
    Milestone,
    Money,
    OnDate,
    Payment,
    PaymentTerms,
    Percent,
    Prepaid,
    Recoupment,
    Rounding,
    Schedule,
    Sent,
    Tax,
    TaxSubtotal,
    Withheld,
    check_invoices,
    credit_note,
    discount_state,
    draft_deposit,
    draft_invoice,
    invoice_status,
    issue,
)
from tests.properties.discounted_bills import EUR, TAXES_BY_INSTALMENT, levels, some_lines
from tests.properties.receivable_items import PARTIES, day

NOW = DiscountBase.PAYABLE_NOW


@st.composite
def terms_of_one_base(draw: st.DrawFn) -> PaymentTerms:
    """Return terms with discounts of the whole or of two instalments, of any one base."""
    base = draw(st.sampled_from(DiscountBase))
    if draw(st.booleans()):
        found = draw(levels(list(DiscountTax), min_size=1))
        return PaymentTerms.net(30, discounts=[attrs.evolve(each, base=base) for each in found])
    found = draw(levels(TAXES_BY_INSTALMENT, min_size=1))
    rules = (DueRule([AddDays(30 * number)]) for number in (1, 2))
    return PaymentTerms(
        [
            Installment(REST, rule, discounts=[attrs.evolve(each, base=base) for each in found])
            for rule in rules
        ]
    )


@st.composite
def reduced_bills(draw: st.DrawFn) -> Invoice:
    """Return bills of which parts are deducted, prepaid, held and withheld, issued on day 0."""
    lines = draw(some_lines)
    terms = draw(terms_of_one_base())
    whole = Invoice("1", day(0), PARTIES[0], lines, terms=terms)
    tenths = draw(st.integers(0, 9))
    groups = [
        TaxSubtotal(
            each.tax,
            each.base.times(Fraction(tenths, 10), rounding=Rounding.DOWN),
            each.amount.times(Fraction(tenths, 10), rounding=Rounding.DOWN),
        )
        for each in whole.totals.breakdown
    ]
    if draw(st.booleans()):
        bill = attrs.evolve(whole, prepaid=[Prepaid("D", groups)])
    else:
        less = [
            Line(
                "Less D",
                -1,
                each.base,
                tax=each.tax,
                tax_amount=-each.amount if each.tax.has_rate else None,
                deducts="D",
                discountable=False,
            )
            for each in groups
            if each.base
        ]
        bill = attrs.evolve(whole, lines=[*lines, *less])
    assume(bill.payable.minor > 0)
    held = bill.payable.times(Fraction(draw(st.integers(0, 9)), 10), rounding=Rounding.DOWN)
    bill = attrs.evolve(bill, held=held or None)
    withheld = bill.payable_now.times(Fraction(draw(st.integers(0, 9)), 30), rounding=Rounding.DOWN)
    return attrs.evolve(
        bill, withheld=[Adjustment(withheld, reason="Tax")] if withheld else []
    ).record(Sent(on=day(0)))


@given(reduced_bills(), st.integers(0, 20), st.sampled_from([0, 60]))
def test_what_settles_in_time_and_the_certificate_settle_it(
    invoice: Invoice, window: int, certified: int
):
    state = discount_state(invoice, as_of=day(window))
    assume(state.settles.minor)
    paid = invoice.record(Payment(state.settles, on=day(window)))
    if invoice.totals.withheld:
        paid = paid.record(Withheld(invoice.totals.withheld, "C", on=day(window + certified)))
    status = invoice_status(paid, as_of=day(100))
    assert (status.open.minor, status.unapplied.minor) == (0, 0)
    assert status.discount == state.available
    assert status.retained == (invoice.held or Money.zero(EUR))
    before = invoice_status(paid, as_of=day(window))
    assert not before.overdue
    assert not discount_state(paid, as_of=day(window)).settles


@given(reduced_bills(), st.integers(0, 20))
def test_one_unit_less_is_too_little(invoice: Invoice, window: int):
    state = discount_state(invoice, as_of=day(window))
    assume(state.settles.minor > 1)
    less = Money(state.settles.minor - 1, EUR)
    paid = invoice.record(Payment(less, on=day(window)))
    left = discount_state(paid, as_of=day(window))
    assert left.settles.minor >= 1
    assert invoice_status(paid, as_of=day(window)).open > invoice.totals.withheld


@given(reduced_bills())
def test_the_printout_asks_for_what_settles(invoice: Invoice):
    state = discount_state(invoice, as_of=day(0))
    best: dict[int | None, Money] = {}
    for offer in state.offers:
        best.setdefault(offer.installment, offer.discount)
        assert offer.pays.minor > 0
        withheld = offer.withheld or Money.zero(EUR)
        assert offer.pays + offer.discount + withheld == offer.amount
    assert state.available == sum(best.values(), Money.zero(EUR))
    assert state.settles == invoice.payable_now - invoice.totals.withheld - state.available


@given(reduced_bills())
def test_a_smaller_base_never_takes_off_more(invoice: Invoice):
    assume(invoice.terms.discounts)
    off = []
    for base in (DiscountBase.NET_TO_PAY, NOW, DiscountBase.PAYABLE, DiscountBase.BILLED):
        level = attrs.evolve(invoice.terms.discounts[0], base=base)
        terms = attrs.evolve(invoice.terms, discounts=[level])
        offers = discount_state(attrs.evolve(invoice, terms=terms), as_of=day(0)).offers
        off += [offer.discount for offer in offers]
    # A base so small that it comes to nothing, or so large that nothing is left, offers nothing.
    assert off == sorted(off)


@given(reduced_bills())
def test_a_credit_note_is_about_the_mirror(invoice: Invoice):
    note = credit_note(invoice, effect=CreditEffect.CANCEL, as_of=day(0))
    assert (note.reducible.net, note.reducible.tax) == (
        -invoice.reducible.net,
        -invoice.reducible.tax,
    )


@given(
    total=st.integers(10_000, 10**7),
    tenths=st.integers(1, 9),
    rate=st.sampled_from(["0", "5.5", "19", "21"]),
    percent=st.integers(1, 20),
    tax=st.sampled_from(DiscountTax),
    recoup=st.sampled_from([Recoupment.PRO_RATA, Recoupment.FIRST_BILLS]),
    deducted_as=st.sampled_from(DeductedAs),
    weights=st.lists(st.integers(1, 5), min_size=1, max_size=4),
)
def test_all_discounts_of_a_contract_are_the_percentage_of_it(
    *,
    total: int,
    tenths: int,
    rate: str,
    percent: int,
    tax: DiscountTax,
    recoup: Recoupment,
    deducted_as: DeductedAs,
    weights: list[int],
):
    level = EarlyDiscount(percent, 10, tax)
    of = Tax.standard(rate) if rate != "0" else Tax.outside_scope()
    schedule = Schedule(
        Money(total, EUR),
        [
            Milestone(f"{number}", "Part", Percent(Fraction(100 * weight, sum(weights))),
                      trigger=OnDate(day(0)))
            for number, weight in enumerate(weights)
        ],
        deposit=Deposit(Percent(10 * tenths), recoup=recoup, deducted_as=deducted_as),
        terms=PaymentTerms.net(30, discounts=[level]),
    )  # fmt: skip
    draft = draft_deposit(schedule, invoices=[], buyer=PARTIES[0], tax=of)
    bills: list[Invoice] = []
    for number, key in enumerate(("D", *(each.key for each in schedule.milestones))):
        if key != "D":
            draft = draft_invoice(
                schedule, key, invoices=bills, as_of=day(number), buyer=PARTIES[0], tax=of
            )
        bill = issue(draft, number=f"B-{key}", on=day(number))
        state = discount_state(bill, as_of=day(number))
        if state.settles:
            bill = bill.record(Payment(state.settles, on=day(number)))
        bills.append(bill)
    taken = sum(invoice_status(each, as_of=day(40)).discount.minor for each in bills)
    net = Fraction(total * percent, 100)
    taxed = tax is DiscountTax.REDUCED_IF_TAKEN and of.rate is not None
    whole = net * (1 + of.rate.fraction) if taxed and of.rate is not None else net
    # Each bill is rounded once, and so is the tax of each; small ones offer nothing.
    assert abs(taken - whole) <= len(bills)
    assert not any(invoice_status(each, as_of=day(40)).open for each in bills)


@given(reduced_bills(), st.lists(st.integers(1, 9), max_size=3), st.booleans())
def test_what_goes_back_is_what_was_paid(invoice: Invoice, tenths: list[int], held_too: bool):
    invoice = attrs.evolve(invoice, held=None) if not held_too else invoice
    assume(not invoice.prepaid)
    state = discount_state(invoice, as_of=day(0))
    assume(state.settles.minor)
    paid = invoice.record(Payment(state.settles, on=day(0)))
    notes: list[Invoice] = []
    for number, tenth in enumerate([*tenths, None]):
        credited = -sum(note.payable.minor for note in notes)
        left = Money(invoice.payable.minor - credited, EUR)
        amount = left.times(Fraction(tenth, 10), rounding=Rounding.DOWN) if tenth else None
        if tenth and not amount:
            continue
        draft = credit_note(
            paid, effect=CreditEffect.CANCEL, as_of=day(1), invoices=notes, amount=amount
        )
        notes.append(issue(draft, number=f"N-{number}", on=day(1)))
    statuses = [invoice_status(note, as_of=day(1)) for note in notes]
    back = sum(status.unapplied.minor for status in statuses)
    outstanding = (invoice.held or Money.zero(EUR)) + invoice.totals.withheld
    assert back == state.settles.minor + outstanding.minor
    assert -sum(status.discount.minor for status in statuses) == state.available.minor
    assert not check_invoices([paid, *notes], as_of=day(1))
