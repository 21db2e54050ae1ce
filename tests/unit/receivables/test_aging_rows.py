"""A row of an aging report holds amounts of its own currency, each with the sign of its column."""

from datetime import date

import pytest

from milestone_invoicing import (
    AgingBuckets,
    AgingReport,
    AgingRow,
    BlankTextError,
    Currency,
    CurrencyMismatchError,
    MilestoneInvoicingError,
    Money,
    NumberRangeError,
    OpenItem,
    WrongTypeError,
    age,
)

EUR = Currency.of("EUR")
ZERO, ONE = Money.zero("EUR"), Money.of(1, "EUR")
MAY_31 = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("cells", "error", "message"),
    [
        pytest.param(("a", EUR, Money.of(1, "USD"), (ZERO,), *[ZERO] * 4), CurrencyMismatchError,
                     "expected EUR, got USD 1.00", id="another currency"),
        pytest.param(("a", EUR, ZERO, (Money.of(1, "JPY"),), *[ZERO] * 4), CurrencyMismatchError,
                     "expected EUR, got JPY 1", id="another currency in a bucket"),
        pytest.param(("a", EUR, -ONE, (ZERO,), *[ZERO] * 4), NumberRangeError,
                     "an amount has the wrong sign for its column: .* got EUR -1.00", id="current"),
        pytest.param(("a", EUR, ZERO, (ZERO, -ONE), *[ZERO] * 4), NumberRangeError,
                     "got EUR -1.00", id="a bucket"),
        pytest.param(("a", EUR, ZERO, (ZERO,), -ONE, *[ZERO] * 3), NumberRangeError,
                     "got EUR -1.00", id="undated"),
        pytest.param(("a", EUR, ZERO, (ZERO,), ZERO, ZERO, -ONE, ZERO), NumberRangeError,
                     "got EUR -1.00", id="retained"),
        pytest.param(("a", EUR, ZERO, (ZERO,), ZERO, -ONE, ZERO, ZERO), NumberRangeError,
                     "got EUR -1.00", id="disputed"),
        pytest.param(("a", EUR, ZERO, (ZERO,), ZERO, ZERO, ZERO, ONE), NumberRangeError,
                     "unapplied credits of zero or less, .* got EUR 1.00", id="unapplied"),
        pytest.param(("a", "EUR", ZERO, (ZERO,), *[ZERO] * 4), WrongTypeError,
                     "the currency of a row is of the wrong type", id="a code for a currency"),
        pytest.param((" ", EUR, ZERO, (ZERO,), *[ZERO] * 4), BlankTextError,
                     "the key of a row is blank", id="a blank key"),
        pytest.param(("a", EUR, ZERO, (1,), *[ZERO] * 4), WrongTypeError,
                     "the buckets of a row.0. is of the wrong type", id="a bare number"),
    ],
)  # fmt: skip
def test_a_row_refuses(
    cells: tuple[object, ...], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        AgingRow(*cells)


def test_buckets_given_as_a_list_stay_hashable():
    row = AgingRow("a", EUR, ZERO, [ONE, ZERO], ZERO, ZERO, ZERO, -ONE)
    assert row.buckets == (ONE, ZERO)
    assert hash(AgingReport.of_rows([row], as_of=MAY_31, buckets=AgingBuckets((30,)))) is not None


def test_reports_sum_from_the_zero_of_sum():
    parts = [age([OpenItem(party, party, MAY_31, ONE)], as_of=MAY_31) for party in ("a", "b", "a")]
    assert sum(parts) == parts[0] + parts[1] + parts[2]
    with pytest.raises(TypeError, match="unsupported operand"):
        sum(parts, 1)
