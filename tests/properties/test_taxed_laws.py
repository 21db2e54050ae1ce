"""Laws of splitting amounts with their tax: every row and every column adds up, at every rate."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    Money,
    Remainder,
    TaxedAmount,
    allocate,
    split_with_tax,
)
from milestone_invoicing.testing import weights

EUR = Currency.of("EUR")
SAFE = [policy for policy in Remainder if policy is not Remainder.BALANCE]  # BALANCE may refuse
each_safe_policy = pytest.mark.parametrize("policy", SAFE, ids=lambda policy: policy.name)

cents = st.integers(-60, 60) | st.integers(-(10**9), 10**9)
rates = st.builds(lambda net, tax: TaxedAmount(Money(net, EUR), Money(tax, EUR)), cents, cents)
documents = st.lists(rates, min_size=1, max_size=4)
shares = st.lists(st.integers(0, 6), min_size=1, max_size=7).filter(any) | weights()


def column(parts: Sequence[TaxedAmount], name: str) -> list[Money]:
    return [getattr(part, name) for part in parts]


@each_safe_policy
@given(documents, shares)
def test_net_and_tax_make_the_gross_in_each_part_and_each_column_makes_its_total(
    policy: Remainder, document: list[TaxedAmount], shares: Sequence[int]
):
    parts = split_with_tax(document, shares, remainder=policy)
    assert len(parts) == len(shares)
    for amount, of_one_rate in zip(document, zip(*parts, strict=True), strict=True):
        assert all(part.net + part.tax == part.gross for part in of_one_rate)
        for name in ("net", "tax", "gross"):
            total = Money.total(column(of_one_rate, name), currency=EUR)
            assert total == getattr(amount, name)


@each_safe_policy
@given(documents, shares)
def test_gross_and_tax_are_split_as_allocate_splits_them(
    policy: Remainder, document: list[TaxedAmount], shares: Sequence[int]
):
    parts = split_with_tax(document, shares, remainder=policy)
    for amount, of_one_rate in zip(document, zip(*parts, strict=True), strict=True):
        for name in ("gross", "tax"):
            expected = allocate(getattr(amount, name), shares, remainder=policy)
            assert column(of_one_rate, name) == list(expected)


@each_safe_policy
@given(documents, shares)
def test_the_split_of_the_negated_amounts_is_the_negated_split(
    policy: Remainder, document: list[TaxedAmount], shares: Sequence[int]
):
    negated = [TaxedAmount(-amount.net, -amount.tax) for amount in document]
    assert split_with_tax(negated, shares, remainder=policy) == tuple(
        tuple(TaxedAmount(-part.net, -part.tax) for part in row)
        for row in split_with_tax(document, shares, remainder=policy)
    )


@given(documents, shares)
def test_each_net_part_is_less_than_two_units_from_exact(
    document: list[TaxedAmount], shares: Sequence[int]
):
    parts = split_with_tax(document, shares)
    for amount, of_one_rate in zip(document, zip(*parts, strict=True), strict=True):
        for share, part in zip(shares, of_one_rate, strict=True):
            assert abs(part.net.minor - Fraction(amount.net.minor * share, sum(shares))) < 2


@given(documents, documents, shares)
def test_each_rate_is_split_alone(
    one: list[TaxedAmount], other: list[TaxedAmount], shares: Sequence[int]
):
    together = split_with_tax([*one, *other], shares)
    pairs = zip(split_with_tax(one, shares), split_with_tax(other, shares), strict=True)
    assert together == tuple(left + right for left, right in pairs)


@given(documents, shares, st.integers(1, 99))
def test_scaling_all_weights_changes_nothing(
    document: list[TaxedAmount], shares: Sequence[int], factor: int
):
    scaled = [share * factor for share in shares]
    assert split_with_tax(document, scaled) == split_with_tax(document, shares)


@given(documents, st.integers(1, 99))
def test_one_part_is_the_document(document: list[TaxedAmount], weight: int):
    assert split_with_tax(document, [weight]) == (tuple(document),)
    nothing = tuple(TaxedAmount(Money.zero("EUR"), Money.zero("EUR")) for _ in document)
    assert split_with_tax(document, [0, weight]) == (nothing, tuple(document))
