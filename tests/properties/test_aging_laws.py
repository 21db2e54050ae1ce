"""The laws of aging: amounts are moved into columns, none is lost, and reports add up."""

import pickle
from collections import Counter
from datetime import date, timedelta
from decimal import localcontext
from fractions import Fraction
from functools import reduce
from operator import add
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    AgeBy,
    AgingBuckets,
    AgingReport,
    Currency,
    ExchangeRates,
    Invoice,
    Money,
    OpenItem,
    age,
    due_items,
    invoice_status,
)
from milestone_invoicing.receivables.aging.cells import fits, packed, unpacked
from tests.architecture.environment import HOSTILE
from tests.properties.collected_bills import collected_bills
from tests.properties.discounted_bills import told_with_discounts
from tests.properties.receivable_items import agable, days, open_items
from tests.properties.settled_bills import settled_bills

AS_OF = days(-25, 160)
BUCKETS = st.sets(st.integers(1, 120), min_size=1, max_size=5).map(
    lambda edges: AgingBuckets(sorted(edges))
)
Items = list[Invoice | OpenItem]


@given(agable(), AS_OF, BUCKETS)
def test_columns_sum_to_the_balance_of_a_row_and_rows_to_the_totals(
    items: Items, as_of: date, buckets: AgingBuckets
):
    report = age(items, as_of=as_of, buckets=buckets)
    for row in (*report.rows, *report.totals):
        columns = [row.current, *row.buckets, row.undated, row.unapplied]
        assert sum(columns, Money.zero(row.currency)) == row.balance
        assert all(column.minor >= 0 for column in columns[:-1])
        assert row.unapplied.minor <= 0
        assert any(columns)
    for total in report.totals:
        balances = (row.balance for row in report.rows if row.currency == total.currency)
        assert total.balance == Money.total(balances, currency=total.currency)


@given(agable(), AS_OF)
def test_the_balance_is_what_is_open_less_what_is_unapplied(items: Items, as_of: date):
    expected: dict[tuple[str, str], int] = {}
    for item in items:
        if isinstance(item, OpenItem):
            visible = item.issued_on is None or item.issued_on <= as_of
            owed, party, code = item.open.minor * visible, item.party, item.open.currency.code
        else:
            status = invoice_status(item, as_of=as_of)
            owed = status.open.minor - status.unapplied.minor
            party, code = item.buyer.key, item.currency.code
        expected[party, code] = expected.get((party, code), 0) + owed
    rows = age(items, as_of=as_of).rows
    found = {(row.key, row.currency.code): row.balance.minor for row in rows}
    assert {key: owed for key, owed in expected.items() if owed} == {
        key: owed for key, owed in found.items() if owed
    }
    assert [(row.currency.code, row.key) for row in rows] == sorted(
        (code, party) for party, code in found
    )


@given(open_items(), AS_OF, BUCKETS)
def test_an_open_item_stands_in_exactly_one_column(
    item: OpenItem, as_of: date, buckets: AgingBuckets
):
    rows = age([item], as_of=as_of, buckets=buckets).rows
    visible = bool(item.open) and (item.issued_on is None or item.issued_on <= as_of)
    assert len(rows) == visible
    for row in rows:
        columns = [row.current, *row.buckets, row.undated, row.unapplied]
        assert [column for column in columns if column] == [item.open]


@given(agable(max_size=3), AS_OF, BUCKETS)
def test_each_bucket_holds_what_is_late_by_its_days(
    items: Items, as_of: date, buckets: AgingBuckets
):
    parts = [
        (part.due_on, part.open)
        for item in items
        if isinstance(item, Invoice)
        for part in due_items(item, as_of=as_of)
    ] + [
        (item.due_on, item.open)
        for item in items
        if isinstance(item, OpenItem)
        and item.due_on
        and item.open.minor > 0
        and (item.issued_on is None or item.issued_on <= as_of)
    ]
    report = age(items, as_of=as_of, buckets=buckets)
    last_days = [*buckets.edges, 10**6]
    for index, last in enumerate(last_days):
        first = last_days[index - 1] + 1 if index else 1
        late = [open_ for due, open_ in parts if first <= (as_of - due).days <= last]
        for row in report.totals:
            of_currency = [part for part in late if part.currency == row.currency]
            assert row.buckets[index] == Money.total(of_currency, currency=row.currency)


@given(agable(), st.randoms(use_true_random=False), AS_OF)
def test_the_order_of_items_does_not_matter(items: Items, order: Random, as_of: date):
    other = list(items)
    order.shuffle(other)
    assert age(other, as_of=as_of) == age(items, as_of=as_of)


@given(st.lists(agable(max_size=2), min_size=1, max_size=4), AS_OF, BUCKETS)
def test_reports_of_parts_add_up_to_the_report_of_all(
    parts: list[Items], as_of: date, buckets: AgingBuckets
):
    reports = [age(part, as_of=as_of, buckets=buckets) for part in parts]
    whole = age([item for part in parts for item in part], as_of=as_of, buckets=buckets)
    assert reduce(add, reports) == whole
    assert reduce(add, reversed(reports)) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole


@given(agable(max_size=2), agable(max_size=2), agable(max_size=2), AS_OF)
def test_adding_reports_is_associative_and_commutative_and_nothing_adds_nothing(
    a: Items, b: Items, c: Items, as_of: date
):
    one, two, three = (age(items, as_of=as_of) for items in (a, b, c))
    nothing = AgingReport(as_of, AgingBuckets())
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert one + nothing == one == nothing + one
    assert nothing == age([], as_of=as_of)


@given(open_items(), AS_OF, st.integers(0, 400), BUCKETS)
def test_what_is_not_paid_only_ever_moves_to_later_columns(
    item: OpenItem, as_of: date, more: int, buckets: AgingBuckets
):
    assert buckets.column((as_of - as_of).days) == 0
    if item.due_on is not None:
        late = (as_of - item.due_on).days
        assert buckets.column(late) <= buckets.column(late + more) <= len(buckets.edges) + 1
        assert (as_of + timedelta(more) - item.due_on).days == late + more


@given(agable(), AS_OF)
def test_the_ambient_decimal_context_changes_no_report(items: Items, as_of: date):
    with localcontext(HOSTILE):
        hostile = age(items, as_of=as_of)
    assert hostile == age(items, as_of=as_of)


@given(st.one_of(settled_bills(), collected_bills(), told_with_discounts()), AS_OF)
def test_each_instalment_stands_in_the_column_of_its_own_due_date(invoice: Invoice, as_of: date):
    found = Counter[str]()
    for row in age([invoice], as_of=as_of).rows:
        late = zip(("1-30", "31-60", "61-90", "91+"), row.buckets, strict=True)
        apart = (("undated", row.undated), ("retained", row.retained), ("over", row.unapplied))
        found.update({name: cell.minor for name, cell in (("current", row.current), *late, *apart)})
    expected = Counter[str]()
    for item in due_items(invoice, as_of=as_of):
        days = -1 if item.due_on is None else (as_of - item.due_on).days
        column = "current" if days <= 0 else "91+"
        for most, name in ((90, "61-90"), (60, "31-60"), (30, "1-30")):
            column = name if 0 < days <= most else column
        expected["undated" if item.due_on is None else column] += item.cash.minor
        expected["undated"] += item.to_certify.minor
        expected["retained"] += item.retained.minor
    expected["over"] = -invoice_status(invoice, as_of=as_of).unapplied.minor
    assert +found == +expected
    assert -found == -expected


@given(collected_bills(), AS_OF)
def test_what_is_disputed_apart_is_what_is_open_and_not_to_chase(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    apart, together = (age([invoice], as_of=as_of, disputed_apart=on) for on in (True, False))
    rows = apart.rows or ()
    assert sum(row.disputed.minor for row in rows) == status.open.minor - status.to_chase.minor
    assert [row.balance for row in rows] == [row.balance for row in together.rows]
    for one, whole in zip(rows, together.rows, strict=True):
        assert all(a <= b for a, b in zip(one.buckets, whole.buckets, strict=True))


@given(agable(), AS_OF, st.fractions(Fraction(1, 1000), 1000), st.integers(0, 3))
def test_what_is_converted_is_within_half_a_unit_a_cell(
    items: Items, as_of: date, rate: Fraction, digits: int
):
    to = Currency("ZZZ", digits)
    report = age(items, as_of=as_of)
    rates = ExchangeRates(to, dict.fromkeys({row.currency for row in report.rows}, rate), as_of)
    found = report.converted(rates)
    for total in found.totals:
        assert total.currency == to
        cells = [cell for row in found.rows for cell in row.cells]
        assert sum(cell.minor for cell in cells) == total.balance.minor
        exact = sum(
            (Fraction(row.balance.minor, 10**row.currency.digits) * rate for row in report.rows),
            Fraction(0),
        )
        away = abs(Fraction(total.balance.minor, 10**digits) - exact)
        assert away * 10**digits <= Fraction(len(report.keys) * report.width, 2)


@given(agable(), AS_OF, BUCKETS, st.sampled_from([*AgeBy, lambda item: type(item).__name__]))
def test_rows_by_any_key_have_the_same_totals(
    items: Items, as_of: date, buckets: AgingBuckets, by: AgeBy
):
    report = age(items, as_of=as_of, buckets=buckets, by=by)
    assert report.totals == age(items, as_of=as_of, buckets=buckets).totals
    assert AgingReport.of_rows(report.rows, as_of=as_of, buckets=buckets).rows == report.rows


@given(st.lists(st.integers(-(2**65), 2**65), max_size=12), st.integers(1, 3))
def test_cells_are_kept_whole_and_in_one_form(minors: list[int], width: int):
    minors = minors[: len(minors) // width * width]
    rows = [tuple(minors[at : at + width]) for at in range(0, len(minors), width)]
    columns = packed(rows, width)
    assert len(columns) == (width if rows else 0)
    for place, column in enumerate(columns):
        found = minors[place::width]
        assert isinstance(column, bytes) == all(-(2**63) <= minor < 2**63 for minor in found)
        assert bool(column) == any(found)
        assert fits(column, len(rows))
        assert not column or not fits(column, len(rows) + 1)
    assert [tuple(row) for row in unpacked(columns, len(rows))] == rows
    assert packed(unpacked(columns, len(rows)), width) == columns
