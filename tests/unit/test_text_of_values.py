"""Values and states read as text in a format string, and in a column that is aligned."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AddDays,
    AgingBuckets,
    BillingState,
    CurrencyMismatchError,
    DocumentState,
    DueDateExtended,
    EarnedBy,
    Flag,
    Installment,
    Invoice,
    Line,
    Milestone,
    MilestoneLabel,
    Money,
    NumberFormatError,
    NumberRangeError,
    NumberTooLargeError,
    OverbillingError,
    Party,
    PaymentTerms,
    Percent,
    Price,
    Schedule,
    SettlementState,
    StatusLabel,
    Timeliness,
    Trigger,
    Weight,
    WorkState,
    WrongTypeError,
    contract_position,
    draft_invoice,
    invoice_status,
    work_status,
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


def test_an_invoice_and_a_schedule_have_a_short_text():
    assert str(bill("7")) == "invoice 7 of Acme"
    assert str(draft_invoice(SIGNED, "a", invoices=[], as_of=MAY_4, buyer=ACME)) == "draft of Acme"
    assert str(SIGNED) == "1 milestone over GBP 500.00"


def test_the_flags_of_a_status_read_the_same_in_every_process():
    later = DueDateExtended(date(2026, 6, 1), "asked", on=MAY_4)
    status = invoice_status(bill("7").record(later), as_of=date(2026, 5, 5))
    extended, unsent = (repr(flag) for flag in (Flag.EXTENDED, Flag.UNSENT))
    assert f"flags=frozenset([{extended}, {unsent}])" in repr(status)


class Code(StrEnum):
    """Codes as another program may keep them."""

    EURO = "EUR"


def test_a_code_that_is_a_text_of_another_kind_is_read():
    assert Money.of(1, Code.EURO) == Money.of(1, "EUR")


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: AddDays(10**5000), id="days"),
        pytest.param(lambda: Weight(2**63), id="a weight"),
        pytest.param(lambda: PaymentTerms.net(10**5000), id="net days"),
        pytest.param(lambda: AgingBuckets((10**5000,)), id="an edge"),
    ],
)
def test_absurd_numbers_are_refused_at_once(build: Callable[[], object]):
    with pytest.raises(NumberTooLargeError, match="is absurdly large: expected a 64-bit int"):
        build()


def test_the_largest_number_of_64_bits_is_none_of_them():
    assert Weight(2**63 - 1).n == 2**63 - 1


@pytest.mark.parametrize("share", [101, -101, pytest.param(10**5000, id="absurd")])
def test_a_number_that_is_no_percentage_gets_no_hint(share: int):
    with pytest.raises(
        WrongTypeError, match="the share of an instalment is of the wrong type"
    ) as caught:
        Installment(share)
    assert caught.value.hint == ""


def test_there_are_no_more_months_than_a_date_can_count():
    assert len(PaymentTerms.monthly(119_988).installments) == 119_988
    with pytest.raises(NumberRangeError, match="not so many months: expected at most 119988"):
        PaymentTerms.monthly(119_989)


def test_a_fixed_instalment_is_of_the_currency_of_the_payable_even_of_nothing():
    terms = PaymentTerms([Installment(Money.of(5, "USD"))])
    with pytest.raises(CurrencyMismatchError, match=r"expected EUR, got USD 5\.00"):
        terms.due(Money.zero("EUR"), MAY_4)


def test_the_work_of_no_schedule_is_not_looked_up():
    with pytest.raises(WrongTypeError, match="the schedule is of the wrong type"):
        work_status(None, "a", as_of=MAY_4)
