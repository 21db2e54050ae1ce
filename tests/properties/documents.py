"""Draws invoices with all that changes a total: lines, allowances, charges, prepaid, rounding."""

from decimal import Decimal

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    Currency,
    Invoice,
    Line,
    Money,
    Percent,
    Prepaid,
    Price,
    Tax,
    TaxCategory,
    TaxSubtotal,
)
from tests.properties.receivable_items import PARTIES

EUR = Currency.of("EUR")
TAXES = (
    Tax.standard(21),
    Tax.standard("5.5"),
    Tax.outside_scope(),
    Tax(TaxCategory.E, Percent(0)),
    Tax.exempt("Article 132"),
    Tax.reverse_charge(),
    Tax("SR", Percent(7)),
)
each_tax = st.sampled_from(TAXES)
cents = st.integers(-(10**6), 10**6).map(lambda minor: Money(minor, EUR))
rates = st.sampled_from([Percent(p) for p in (0, 1, "2.5", "33.3", 50, "100/3")])
quantities = st.one_of(
    st.integers(-99, 99).map(Decimal),
    st.decimals(-99, 99, places=3, allow_nan=False, allow_infinity=False),
)
prices = st.one_of(
    st.integers(0, 10**5).map(lambda minor: Money(minor, EUR)),
    st.integers(0, 10**7).map(lambda value: Price(Decimal(value).scaleb(-5), EUR)),
)


@st.composite
def adjustments(draw: st.DrawFn, *, taxed: bool) -> Adjustment:
    """Return allowances or charges in money, in percent, and in percent of a base of their own.

    A percentage of all lines is spread over their taxes, so that it has none.
    """
    amount = draw(cents | rates)
    base = draw(st.none() | cents) if isinstance(amount, Percent) else None
    of_all = isinstance(amount, Percent) and base is None
    tax = draw(each_tax) if taxed and not of_all else None
    reason = draw(st.sampled_from(["Bulk", "Freight", "Season"]))
    return Adjustment(amount, reason, base=base, tax=tax, discountable=draw(st.booleans()))


@st.composite
def adjusted_lines(draw: st.DrawFn) -> Line:
    """Return lines of either sign, most of them without allowances and charges."""
    few = st.lists(adjustments(taxed=False), max_size=1)
    return Line(
        "Work",
        draw(quantities),
        draw(prices),
        tax=draw(each_tax),
        allowances=draw(few),
        charges=draw(few),
        base_quantity=draw(st.sampled_from([1, 3, 100])),
        milestone=draw(st.sampled_from(["a", "b", None])),
    )


@st.composite
def deductions(draw: st.DrawFn) -> Prepaid:
    """Return what is prepaid, taxed or not."""
    net, tax = draw(cents), draw(each_tax)
    amount = Money(net.minor // 5 if tax.has_rate else 0, EUR)
    return Prepaid("D", [TaxSubtotal(tax.group, net, amount)])


@st.composite
def documents(draw: st.DrawFn) -> Invoice:
    """Return drafts with any mix of parts."""
    few = st.lists(adjustments(taxed=True), max_size=2)
    withheld = st.lists(adjustments(taxed=False), max_size=1)
    return Invoice(
        None,
        None,
        PARTIES[0],
        draw(st.lists(adjusted_lines(), min_size=1, max_size=5)),
        allowances=draw(few),
        charges=draw(few),
        prepaid=draw(st.lists(deductions(), max_size=1)),
        rounding_amount=draw(st.none() | cents),
        withheld=draw(withheld),
    )


def mirrored(document: Invoice) -> Invoice:
    """Return the document of the other sign, written out part by part."""
    return attrs.evolve(
        document,
        lines=[
            attrs.evolve(
                line,
                quantity=line.quantity.copy_negate(),
                allowances=[opposite(each) for each in line.allowances],
                charges=[opposite(each) for each in line.charges],
            )
            for line in document.lines
        ],
        allowances=[opposite(each) for each in document.allowances],
        charges=[opposite(each) for each in document.charges],
        prepaid=[
            Prepaid(
                each.number,
                [TaxSubtotal(part.tax, -part.base, -part.amount) for part in each.groups],
            )
            for each in document.prepaid
        ],
        rounding_amount=None if document.rounding_amount is None else -document.rounding_amount,
        withheld=[opposite(each) for each in document.withheld],
    )


def opposite(each: Adjustment) -> Adjustment:
    """Return an allowance or charge of the other sign; a bare percentage has that of its base."""
    if isinstance(each.amount, Money):
        return attrs.evolve(each, amount=-each.amount)
    return attrs.evolve(each, base=None if each.base is None else -each.base)
