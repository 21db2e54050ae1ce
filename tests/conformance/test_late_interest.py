"""Interest, fees and compensation for late payment, as other systems and published tables say."""

from datetime import date, timedelta
from typing import Any

import pytest

from milestone_invoicing import (
    FixingDay,
    Invoice,
    LateCharge,
    LatePolicy,
    Line,
    Money,
    Party,
    PaymentTerms,
    Percent,
    ReferenceRates,
    Rounding,
    due_items,
    late_charge,
    late_fee_line,
    simple_interest,
)
from tests.conformance.shared_cases import cases

CASES = {case["id"]: case for case in cases("late_interest")}
CHARGES = ("LI001", "LI002", "LI006", "LI008")
TABLES = ("LI011", "LI012")
ON_THE_INVOICE = "LI014"
DUE = date(2026, 1, 31)

# The official dealing rate of the Bank of England by the day of each change; not in LI011.
BANK_RATE = [
    ("2009-03-05", "0.5"),
    ("2016-08-04", "0.25"),
    ("2017-11-02", "0.5"),
    ("2018-08-02", "0.75"),
    ("2020-03-11", "0.25"),
    ("2020-03-19", "0.1"),
    ("2021-12-16", "0.25"),
    ("2022-02-03", "0.5"),
    ("2022-03-17", "0.75"),
    ("2022-05-05", "1"),
    ("2022-06-16", "1.25"),
    ("2022-08-04", "1.75"),
    ("2022-09-22", "2.25"),
    ("2022-11-03", "3"),
    ("2022-12-15", "3.5"),
    ("2023-02-02", "4"),
    ("2023-03-23", "4.25"),
    ("2023-05-11", "4.5"),
    ("2023-06-22", "5"),
    ("2023-08-03", "5.25"),
]


def charge(case: dict[str, Any]) -> LateCharge:
    """Return what the invoice of a case costs so many days after its due date."""
    given, expected = case["given"], case["expected"]
    assert given.get("day_count", 365) == 365
    code = given.get("currency", "EUR")
    compensation = Money.of(expected.get("compensation", 0), code)
    policy = LatePolicy(
        given["annual_percent"],
        fee=Money.of(given.get("fee", 0), code),
        compensation=compensation,
    )
    line = Line("All", 1, Money.of(given["outstanding"], code))
    invoice = Invoice("1", DUE, Party("client", "Client"), [line], terms=PaymentTerms.net(0))
    return late_charge(invoice, policy, as_of=DUE + timedelta(given["days_overdue"]))


def figures(case: dict[str, Any]) -> dict[str, Money]:
    """Return what a charge says, under the names that the cases use."""
    found = charge(case)
    debt = found.spans[0].balance
    daily = simple_interest(
        debt,
        found.spans[0].percent,
        since=DUE,
        until=DUE + timedelta(1),
        rounding=Rounding.HALF_UP,
    )
    return {
        "interest": found.interest,
        "fee": found.fee,
        "compensation": found.compensation,
        "charges": found.total,
        "total": found.total,
        "grand_total": debt + found.total,
        "daily": daily,
    }


@pytest.mark.parametrize("case", CHARGES)
def test_the_figures_of_one_debt(case: str):
    known = figures(CASES[case])
    expected = CASES[case]["expected"]
    assert {name: str(known[name].amount) for name in expected} == expected


def half_year(name: str) -> date:
    """Return the first day of a half-year such as ``2016H2``."""
    year, half = name.split("H")
    return date(int(year), 1 if half == "1" else 7, 1)


def test_the_rates_of_the_united_kingdom_by_half_year():
    changes = [(date.fromisoformat(day), percent) for day, percent in BANK_RATE]
    bank_rate = ReferenceRates(changes, until=date(2023, 12, 31))
    policy = LatePolicy.uk_statutory(bank_rate.per_half_year(FixingDay.DAY_BEFORE))
    expected = CASES["LI011"]["expected"]["percent_by_half_year"]
    assert {name: policy.percent_on(half_year(name)) for name in expected} == {
        name: Percent(percent) for name, percent in expected.items()
    }


def test_the_rates_and_compensation_of_the_directive():
    expected = CASES["LI012"]["expected"]
    # The main refinancing rate of the European Central Bank on 1 January and 1 July 2026, by LI012.
    ecb = ReferenceRates.half_yearly(date(2026, 1, 1), ["2.15", "2.40"])
    policy = LatePolicy.eu_directive(ecb)
    for name, percent in expected["percent_by_half_year"].items():
        assert policy.percent_on(half_year(name)) == Percent(percent)
    compensation = policy.compensation_for(Money.of("0.01", "EUR"))
    assert f"{compensation.amount} {compensation.currency.code}" == expected["minimum_compensation"]
    assert "10 points" in expected["national_margins"]["FR"]
    french = LatePolicy.eu_directive(ecb, margin=10)
    assert french.percent_on(date(2026, 7, 1)) == Percent("12.40")


def test_a_fee_as_a_line_makes_the_client_owe_more():
    given, expected = CASES[ON_THE_INVOICE]["given"], CASES[ON_THE_INVOICE]["expected"]
    line = Line("All", 1, Money.of(given["outstanding"], "EUR"))
    invoice = Invoice("1", DUE, Party("client", "Client"), [line], terms=PaymentTerms.net(0))
    policy = LatePolicy(given["fee_percent"], fee=Money.of(given["fee_fixed"], "EUR"))
    asked = DUE - timedelta(given["due_date_offset_days"])
    # Theirs adds the line to the invoice itself; an issued invoice never changes here.
    fee = late_charge(invoice, policy, as_of=asked).total
    second = Invoice("2", asked, invoice.buyer, [late_fee_line("Late fee", fee)])
    owed = [due_items(one, as_of=asked)[0].open for one in (invoice, second)]
    assert str(owed[0].amount) == expected["client_balance_before"]
    assert str(sum(owed).amount) == expected["client_balance_after"]


def test_every_case_is_checked():
    assert set(CASES) == {*CHARGES, *TABLES, ON_THE_INVOICE}
