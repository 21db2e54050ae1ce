"""The laws of payment terms: nothing of the payable is lost, and no part is due before its time."""

import pickle
from datetime import date, timedelta
from decimal import ROUND_UP, Context, localcontext

from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    DueAmount,
    Installment,
    Money,
    PaymentTerms,
    Percent,
    Remainder,
)
from milestone_invoicing.errors import RemainderSignError
from milestone_invoicing.testing import moneys
from tests.properties.agreements import EUR, agreements, days, due_rules, forward_steps

HOSTILE = Context(prec=1, rounding=ROUND_UP, Emax=1, Emin=-1)
small = st.integers(0, 90)
presets = st.one_of(
    st.builds(PaymentTerms.net, small),
    st.just(PaymentTerms.on_receipt()),
    st.builds(
        PaymentTerms.end_of_month, first_days=small, months=st.integers(0, 3), then_days=small
    ),
    st.builds(PaymentTerms.monthly, st.integers(1, 12), first_days=small),
)


@st.composite
def terms_and_payables(draw: st.DrawFn) -> tuple[PaymentTerms, Money]:
    """Return terms of any mix of shares, and a payable that they cover."""
    agreed = draw(agreements())
    rule = due_rules(forward_steps())
    parts = [Installment(share, draw(rule)) for share in agreed.shares]
    return PaymentTerms(parts, remainder=agreed.remainder), agreed.total


def due(terms: PaymentTerms, payable: Money, issued_on: date) -> tuple[DueAmount, ...]:
    """Return what is due when; only BALANCE may say that it cannot divide this payable."""
    try:
        return terms.due(payable, issued_on)
    except RemainderSignError:
        assert terms.remainder is Remainder.BALANCE
        assume(False)
        raise


@given(terms_and_payables(), days())
def test_what_is_due_sums_to_the_payable(given_terms, issued_on: date):
    terms, payable = given_terms
    parts = due(terms, payable, issued_on)
    assert Money.total((part.amount for part in parts), currency="EUR") == payable
    assert len(parts) == (len(terms.installments) if payable.minor else 1)


@given(terms_and_payables(), days())
def test_a_negative_payable_is_the_mirror_on_the_same_days(given_terms, issued_on: date):
    terms, payable = given_terms
    assert due(terms, -payable, issued_on) == tuple(
        DueAmount(part.due_on, -part.amount) for part in due(terms, payable, issued_on)
    )


@given(terms_and_payables(), days())
def test_nothing_to_pay_is_one_part_on_the_day_of_issue(given_terms, issued_on: date):
    zero = Money(0, EUR)
    assert given_terms[0].due(zero, issued_on) == (DueAmount(issued_on, zero),)


@given(terms_and_payables(), days())
def test_no_part_is_due_before_the_issue_date(given_terms, issued_on: date):
    assert all(part.due_on >= issued_on for part in due(*given_terms, issued_on))


@given(terms_and_payables(), days(), st.integers(0, 400))
def test_no_part_of_a_later_invoice_is_due_earlier(given_terms, issued_on: date, later: int):
    before = due(*given_terms, issued_on)
    after = due(*given_terms, issued_on + timedelta(later))
    pairs = list(zip(before, after, strict=True))
    assert all(one.due_on <= other.due_on for one, other in pairs)
    assert all(one.amount == other.amount for one, other in pairs)


@given(terms_and_payables(), days())
def test_parts_come_in_the_order_of_definition_by_their_own_rules(given_terms, issued_on: date):
    terms, payable = given_terms
    assume(payable.minor)
    parts = due(terms, payable, issued_on)
    for part, installment in zip(parts, terms.installments, strict=True):
        assert part.due_on == installment.due.due_on(issued_on)


@given(presets, moneys(), days())
def test_the_presets_cover_every_payable_and_never_lead_back(
    terms: PaymentTerms, payable: Money, issued_on: date
):
    parts = due(terms, payable, issued_on)
    assert Money.total((part.amount for part in parts), currency=payable.currency) == payable
    assert [part.due_on for part in parts] == sorted(part.due_on for part in parts)
    assert all(part.due_on >= issued_on for part in parts)


@given(small, days())
def test_net_days_are_calendar_days(net: int, issued_on: date):
    (part,) = PaymentTerms.net(net).due(Money(1, EUR), issued_on)
    assert (part.due_on - issued_on).days == net


@given(st.integers(1, 24), days())
def test_monthly_parts_lie_a_month_apart_and_never_drift(parts: int, issued_on: date):
    dues = [part.due_on for part in PaymentTerms.monthly(parts).due(Money(100_000, EUR), issued_on)]
    months = [day.year * 12 + day.month for day in dues]
    assert months == list(range(months[0], months[0] + parts))
    ends = [(day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1) for day in dues]
    assert [day.day for day in dues] == [min(issued_on.day, end.day) for end in ends]


@given(terms_and_payables(), days())
def test_the_ambient_decimal_context_changes_nothing(given_terms, issued_on: date):
    parts = due(*given_terms, issued_on)
    with localcontext(HOSTILE):
        assert due(*given_terms, issued_on) == parts


@given(terms_and_payables())
def test_terms_survive_pickle(given_terms):
    terms = given_terms[0]
    twin = pickle.loads(pickle.dumps(terms))
    assert (twin, hash(twin)) == (terms, hash(terms))


@given(moneys(min_minor=0), st.integers(0, 100), days())
def test_percents_alone_and_percents_with_a_rest_agree(
    payable: Money, points: int, issued_on: date
):
    first, second = Percent(points), Percent(100 - points)
    halves = PaymentTerms([Installment(first), Installment(second)], remainder=Remainder.LARGEST)
    amounts = [part.amount for part in halves.due(payable, issued_on)]
    assert Money.total(amounts, currency=payable.currency) == payable
