"""The laws of early discounts: what they leave of totals, and what is offered on what."""

from datetime import date
from decimal import localcontext
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    DiscountOffer,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Rounding,
    Tax,
    TaxedAmount,
    Totals,
    discount_state,
    totals,
)
from milestone_invoicing.contract.terms.discounts import always_reduced, offer_of
from milestone_invoicing.money import round_ratio
from tests.architecture.environment import HOSTILE
from tests.properties.discounted_bills import (
    issued_with_discounts,
    levels,
    some_lines,
)
from tests.properties.receivable_items import PARTIES, day, days, lines

ALWAYS = DiscountTax.ALWAYS_REDUCED
LEVELS = levels([ALWAYS], min_size=1)
SIGNED_LINES = st.lists(
    st.builds(
        lambda line, reduced: attrs.evolve(line, discountable=reduced),
        lines(negative=True),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def half_up(exact: Fraction) -> int:
    return round_ratio(exact.numerator, exact.denominator, Rounding.HALF_UP)


def billed(found: list[Line], discounts: list[EarlyDiscount]) -> Invoice:
    terms = PaymentTerms.net(30, discounts=discounts)
    return Invoice("1", day(0), PARTIES[0], found, terms=terms)


def added_up(found: list[Line], discounts: list[EarlyDiscount]) -> Totals:
    return totals(billed(found, discounts))


def bases(value: Totals) -> dict[Tax, int]:
    return {group.tax: group.base.minor for group in value.breakdown}


def rate(tax: Tax) -> Fraction:
    return tax.rate.fraction if tax.rate else Fraction(0)


@given(SIGNED_LINES, LEVELS)
def test_with_a_tax_always_reduced_each_sum_still_adds_up(
    found: list[Line], discounts: list[EarlyDiscount]
):
    sums = added_up(found, discounts)
    assert sum(bases(sums).values()) == sums.tax_exclusive.minor
    assert sums.line_total == sums.tax_exclusive == sum(line.net for line in found)
    for group in sums.breakdown:
        assert group.amount.minor == half_up(group.base.minor * rate(group.tax))
    assert sums.tax == sum(group.amount for group in sums.breakdown)
    assert sums.tax_exclusive + sums.tax == sums.tax_inclusive == sums.payable


@given(SIGNED_LINES, LEVELS)
def test_what_is_left_untaxed_is_the_largest_percent_of_the_taxed_that_is_reducible(
    found: list[Line], discounts: list[EarlyDiscount]
):
    plain, reduced = bases(added_up(found, [])), bases(added_up(found, discounts))
    moved = sum(base - reduced[tax] for tax, base in plain.items() if rate(tax))
    percent = max(level.percent.fraction for level in discounts)
    taxed = [line for line in found if line.discountable and rate(line.tax)]
    exact = percent * sum(line.net.minor for line in taxed)
    assert abs(moved - exact) <= 1
    for tax, base in plain.items():
        part = percent * sum(line.net.minor for line in taxed if line.tax == tax)
        assert not rate(tax) or abs(base - reduced[tax] - part) <= 1


@given(SIGNED_LINES, LEVELS)
def test_lines_of_negated_quantities_have_the_negated_totals(
    found: list[Line], discounts: list[EarlyDiscount]
):
    opposite = [attrs.evolve(line, quantity=line.quantity.copy_negate()) for line in found]
    assert added_up(opposite, discounts) == -added_up(found, discounts)
    one, other = billed(found, discounts).reducible, billed(opposite, discounts).reducible
    assert (other.net, other.tax) == (-one.net, -one.tax)


@given(
    SIGNED_LINES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), LEVELS
)
def test_the_order_of_lines_does_not_matter(
    pair: tuple[list[Line], list[Line]], discounts: list[EarlyDiscount]
):
    one, other = (billed(found, discounts) for found in pair)
    assert one.totals == other.totals
    assert one.reducible == other.reducible


@given(some_lines, levels(list(DiscountTax), min_size=1))
def test_only_a_tax_always_reduced_changes_the_totals(
    found: list[Line], discounts: list[EarlyDiscount]
):
    reduced = always_reduced(discounts)
    assert (reduced is None) is (discounts[0].tax is not ALWAYS)
    plain, sums = added_up(found, []), added_up(found, discounts)
    assert sums.tax <= plain.tax
    assert sums == plain or reduced is not None


@given(some_lines, LEVELS)
def test_with_a_tax_always_reduced_early_payment_leaves_off_the_percent_of_the_net(
    found: list[Line], discounts: list[EarlyDiscount]
):
    invoice = billed(found, discounts)
    net = sum(line.net.minor for line in found if line.discountable)
    for level, offer in zip(discounts, _offers(invoice), strict=False):
        less = half_up(net * level.percent.fraction)
        assert offer.pays.minor == invoice.payable.minor - less
        assert not offer.tax_discount


def _offers(invoice: Invoice) -> tuple[DiscountOffer, ...]:
    return discount_state(invoice, as_of=day(0)).offers


@given(some_lines, LEVELS)
def test_the_tax_treatments_offer_the_same_net(found: list[Line], discounts: list[EarlyDiscount]):
    by_tax = {
        tax: _offers(billed(found, [attrs.evolve(level, tax=tax) for level in discounts]))
        for tax in DiscountTax
    }
    if not by_tax[ALWAYS]:
        return
    for taken, unreduced, always in zip(*by_tax.values(), strict=True):
        assert unreduced.discount == always.discount
        assert abs(taken.discount.minor - taken.tax_discount.minor - always.discount.minor) <= 1
        assert taken.until == unreduced.until == always.until


@given(issued_with_discounts())
def test_offers_pay_what_they_do_not_leave_off_and_longer_ones_leave_off_no_more(
    invoice: Invoice,
):
    offers = _offers(attrs.evolve(invoice, issued_on=day(0)))
    for offer in offers:
        assert offer.pays + offer.discount == offer.amount
        assert not offer.tax_discount or offer.tax_discount <= offer.discount
        assert offer.discount >= Money.zero(invoice.currency)
        assert not offer.amount or offer.pays > Money.zero(invoice.currency)
    for one in offers:
        for other in offers:
            if one.installment == other.installment and one.until < other.until:
                assert one.discount >= other.discount


@given(issued_with_discounts(), levels([DiscountTax.REDUCED_IF_TAKEN], min_size=1))
def test_one_level_on_each_instalment_is_that_level_on_the_whole_but_for_rounding(
    invoice: Invoice, discounts: list[EarlyDiscount]
):
    parts = [
        attrs.evolve(part, after=None, discounts=discounts[:1])
        for part in invoice.terms.installments
    ]
    split = _offers(
        attrs.evolve(
            invoice, terms=PaymentTerms(parts, remainder=invoice.terms.remainder), issued_on=day(0)
        )
    )
    whole = _offers(billed(list(invoice.lines), discounts[:1]))
    # A part may be so small that nothing is offered on it, or that all of it would be.
    off = sum(offer.discount.minor for offer in split)
    off -= sum(offer.discount.minor for offer in whole)
    assert abs(off) <= len(parts)
    assert len({offer.until for offer in (*split, *whole)}) <= 1


@given(
    levels(list(DiscountTax), min_size=1),
    st.integers(-(10**9), 10**9),
    st.integers(0, 10**8),
    days(),
)
def test_an_offer_on_a_credit_is_the_mirror(
    discounts: list[EarlyDiscount], net: int, tax: int, start: date
):
    parts = TaxedAmount(Money.of(net, "JPY"), Money.of(tax if net > 0 else -tax, "JPY"))
    opposite = TaxedAmount(-parts.net, -parts.tax)
    offer = offer_of(discounts[0], start, parts.gross, parts)
    mirror = offer_of(discounts[0], start, opposite.gross, opposite)
    if offer is None or mirror is None:
        assert offer is mirror
        return
    assert (mirror.amount, mirror.discount) == (-offer.amount, -offer.discount)
    assert (mirror.pays, mirror.tax_discount) == (-offer.pays, -offer.tax_discount)
    assert mirror.until == offer.until == discounts[0].until(start)


@given(issued_with_discounts())
def test_the_ambient_decimal_context_changes_no_total_and_no_offer(invoice: Invoice):
    offers = _offers(invoice)
    with localcontext(HOSTILE):
        fresh = attrs.evolve(invoice)
        assert fresh.totals == invoice.totals
        assert fresh.reducible == invoice.reducible
        assert _offers(fresh) == offers


@given(issued_with_discounts())
def test_a_draft_and_a_day_before_the_issue_date_offer_nothing(invoice: Invoice):
    draft = attrs.evolve(invoice, number=None)
    assert discount_state(draft, as_of=day(50)).offers == ()
    assert discount_state(invoice, as_of=day(-1)).offers == ()
