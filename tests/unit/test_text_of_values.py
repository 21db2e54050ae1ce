"""Values and states read as text in a format string, and in a column that is aligned."""

from datetime import date

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    BillingState,
    CurrencyMismatchError,
    DocumentState,
    EarnedBy,
    Flag,
    Invoice,
    Line,
    Milestone,
    MilestoneLabel,
    Money,
    NumberFormatError,
    OverbillingError,
    Party,
    Percent,
    Price,
    Schedule,
    SettlementState,
    StatusLabel,
    Timeliness,
    Trigger,
    WorkState,
    WrongTypeError,
    contract_position,
    draft_invoice,
)

MAY_4 = date(2026, 5, 4)
SIGNED = Schedule(
    Money.of(500, "GBP"),
    [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
    signed_on=MAY_4,
)
ACME = Party("acme", "Acme")


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        pytest.param(Money.of("-1234.5", "EUR"), "", "EUR -1234.50", id="Money"),
        pytest.param(Money.of(5, "EUR"), ">10", "  EUR 5.00", id="Money, to the right"),
        pytest.param(Percent("7.5"), "", "7.5%", id="Percent"),
        pytest.param(Percent("7.5"), "<6", "7.5%  ", id="Percent, to the left"),
        pytest.param(Price("0.5", "EUR"), "", "EUR 0.5", id="Price"),
        pytest.param(Price("0.5", "EUR"), "^11", "  EUR 0.5  ", id="Price, in the middle"),
    ],
)
def test_a_value_is_formatted_as_its_text(value: object, spec: str, text: str):
    assert format(value, spec) == text


@pytest.mark.parametrize(
    "kind",
    [
        BillingState,
        DocumentState,
        EarnedBy,
        Flag,
        MilestoneLabel,
        SettlementState,
        StatusLabel,
        Timeliness,
        Trigger,
        WorkState,
    ],
)
def test_a_state_reads_as_its_words(kind: type[StatusLabel]):
    for member in kind:
        assert str(member) == f"{member}" == member.value


@pytest.mark.parametrize("text", ["5 GBP", "12.50 EUR", " EUR 5", "EUR", ""])
def test_an_amount_begins_with_its_currency(text: str):
    with pytest.raises(NumberFormatError, match="not begin with its currency: expected a code"):
        Money.parse(text)


def test_a_portion_is_of_the_currency_of_the_contract():
    with pytest.raises(CurrencyMismatchError, match=r"expected GBP, got EUR 5\.00"):
        draft_invoice(SIGNED, "a", invoices=[], as_of=MAY_4, buyer=ACME, portion=Money.of(5, "EUR"))


def bill(number: str) -> Invoice:
    line = Line("Audit", 1, Money.of(200, "GBP"), milestone="a")
    return Invoice(number, MAY_4, ACME, [line])


@pytest.mark.parametrize(
    ("number", "tail"),
    [
        (3, "GBP 600.00 on 1, 2, 3"),
        (4, "GBP 800.00 on 1, 2, 3, 4"),
        (5, "GBP 1000.00 on 1, 2, 3, 4 and others"),
    ],
)
def test_what_is_billed_too_often_names_the_first_bills(number: int, tail: str):
    bills = [bill(str(index + 1)) for index in range(number)]
    with pytest.raises(OverbillingError, match=f"expected at most GBP 500.00, got {tail}$"):
        contract_position(SIGNED, bills, as_of=MAY_4)


def test_what_a_draft_reserves_is_named_too():
    draft = draft_invoice(SIGNED, "a", invoices=[], as_of=MAY_4, buyer=ACME)
    with pytest.raises(OverbillingError, match=r"nothing is left .*; it is billed on a draft$"):
        draft_invoice(SIGNED, "a", invoices=[draft], as_of=MAY_4, buyer=ACME)


def test_a_forgotten_key_is_not_looked_up():
    with pytest.raises(WrongTypeError, match="the key of a milestone is of the wrong type"):
        SIGNED.milestone(MAY_4)
