"""How amounts and percentages are read: what each mark in a number means, and when it is two."""

import re
from decimal import localcontext

import pytest

from milestone_invoicing import REST, AddDays, Installment, Money, PaymentTerms, Percent
from milestone_invoicing.contract.terms.amounts import (
    AMOUNT,
    MONEY,
    money_read,
    percent_read,
    whole_read,
)
from milestone_invoicing.errors import (
    AmbiguousTermsError,
    NoMinorUnitError,
    NumberTooLargeError,
    PrecisionError,
    TermsTextError,
)

HINT = "other terms are built from PaymentTerms and Installment"


def require_unread(text: str) -> None:
    """Require that *text* is refused, in full, as one that reads as no payment terms."""
    with pytest.raises(TermsTextError, match=r"^this text reads as no payment terms: ") as caught:
        PaymentTerms.parse(text)
    error = caught.value
    near = " or ".join(f'"{each}"' for each in error.nearest)
    assert type(error) is TermsTextError
    assert str(error) == (
        f"this text reads as no payment terms: expected a text such as {near}, got {text!r}; {HINT}"
    )
    assert all(PaymentTerms.parse(each) for each in error.nearest)


PERCENTS = {
    "2%": "2",
    "2": "2",
    "2,5%": "2.5",
    "2.5%": "2.5",
    "12,50%": "12.5",
    "1,250%": "1.25",
    "100/3%": "100/3",
    "0%": "0",
}


@pytest.mark.parametrize(("written", "points"), PERCENTS.items(), ids=PERCENTS)
def test_a_percentage_is_read(written: str, points: str):
    assert percent_read(written) == Percent(points)


READ: dict[str, str] = {
    # No mark.
    "EUR 5": "EUR 5.00",
    "EUR5": "EUR 5.00",
    "5 EUR": "EUR 5.00",
    "5EUR": "EUR 5.00",
    "EUR 1234567": "EUR 1234567.00",
    "EUR 007": "EUR 7.00",
    "JPY 1250": "JPY 1250",
    # One mark, and not three digits behind it: the decimal mark.
    "EUR 1,2": "EUR 1.20",
    "EUR 1.2": "EUR 1.20",
    "EUR 1,25": "EUR 1.25",
    "EUR 1250,00": "EUR 1250.00",
    "EUR 0.05": "EUR 0.05",
    "EUR 1.2500": "EUR 1.25",
    "KWD 1.25": "KWD 1.250",
    "CLF 1.2345": "CLF 1.2345",
    # One mark and three digits behind it: decimals where there are three, thousands where are none.
    "KWD 1.250": "KWD 1.250",
    "KWD 1,250": "KWD 1.250",
    "JPY 1,250": "JPY 1250",
    "JPY 1.250": "JPY 1250",
    # Equal marks: thousands, or groups of two before the last three.
    "EUR 1,234,567": "EUR 1234567.00",
    "EUR 1.234.567": "EUR 1234567.00",
    "EUR 123,456,789": "EUR 123456789.00",
    "EUR 12,34,567": "EUR 1234567.00",
    "INR 1,23,45,678": "INR 12345678.00",
    "JPY 1,234,567": "JPY 1234567",
    "KWD 1.234.567": "KWD 1234567.000",
    # Two kinds of marks: the last is the decimal mark.
    "EUR 1,250.00": "EUR 1250.00",
    "EUR 1.250,00": "EUR 1250.00",
    "EUR 1,250.5": "EUR 1250.50",
    "EUR 1,234,567.89": "EUR 1234567.89",
    "EUR 1.234.567,89": "EUR 1234567.89",
    "INR 12,34,567.89": "INR 1234567.89",
    "KWD 1,250.500": "KWD 1250.500",
    "JPY 1,250.000": "JPY 1250",
    # Spaces and apostrophes are thousands.
    "1 250 EUR": "EUR 1250.00",
    "1 234 567,89 EUR": "EUR 1234567.89",
    "CHF 1'250": "CHF 1250.00",
    "CHF 1'234'567.89": "CHF 1234567.89",
}


@pytest.mark.parametrize(("written", "amount"), READ.items(), ids=READ)
def test_an_amount_is_read(written: str, amount: str):
    assert str(money_read(MONEY.fullmatch(written))) == amount


UNREADABLE = {
    # A currency that there is not.
    "XYZ 5": "no such currency",
    "5 XYZ": "no such currency behind the amount",
    # Marks that are no thousands.
    "EUR 1,2,3": "groups of one digit",
    "EUR 12,34,56": "a last group of two digits",
    "EUR 1,250,00": "decimals behind the mark of thousands",
    "EUR 1,234,567,89": "decimals behind more marks of thousands",
    "EUR 1,2345,678": "a middle group of four digits",
    "EUR 1,2,345": "a middle group of one digit",
    "EUR 1234,567,890": "a first group of four digits",
    "EUR 1234,567.00": "a first group of four digits before a decimal mark",
    "EUR 12,34.56": "two digits before the decimal mark",
    "EUR 1,2.3": "one digit before the decimal mark",
    # Marks of thousands that differ.
    "EUR 1,234.567,89": "two kinds of thousands",
    "EUR 1.234,567.890": "marks that take turns",
}
TWICE = {
    "EUR 1,250": "a comma",
    "EUR 1.250": "a dot",
    "1,250 EUR": "a comma, and the currency behind it",
    "CLF 1,250": "a currency of four digits",
}


@pytest.mark.parametrize(
    "written", [*UNREADABLE, *TWICE], ids=[*UNREADABLE.values(), *TWICE.values()]
)
def test_no_amount_is_read(written: str):
    assert money_read(MONEY.fullmatch(written)) is None


@pytest.mark.parametrize(
    "written",
    ["eur 5", "EURO 5", "EU 5", "EUR -5", "EUR ,5", "EUR 5.", "EUR 1,,250", "EUR 1'25", "1 25 EUR",
     "EUR \u0665", "EUR \uff15", "EUR", "5", "EUR 1\u00b2"],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_amount_does_not_match(written: str):
    assert MONEY.fullmatch(written) is None
    require_unread(f"{written} now; the rest in 30 days")


def test_what_stands_behind_an_amount_is_its_rule():
    match = MONEY.fullmatch("EUR 1,250.00 in 30 days")
    assert match["rule"] == "in 30 days"
    assert str(money_read(match)) == "EUR 1250.00"


@pytest.mark.parametrize("written", UNREADABLE, ids=UNREADABLE.values())
def test_terms_with_an_amount_that_reads_as_nothing_are_refused(written: str):
    for text in (written, f"{written}; the rest", f"{written} now; the rest in 30 days"):
        require_unread(text)


AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "EUR 1,250": ("EUR 1250", "EUR 1.25"),
    "EUR 1,250 now": ("EUR 1250 now", "EUR 1.25 now"),
    "EUR 1.250; the rest": ("EUR 1250; the rest", "EUR 1.25; the rest"),
    "1,250 EUR": ("1250 EUR", "1.25 EUR"),
    "EUR 12,300 now; the rest": ("EUR 12300 now; the rest", "EUR 12.3 now; the rest"),
    "EUR 100.000; the rest": ("EUR 100000; the rest", "EUR 100; the rest"),
    "CLF 1,250; the rest": ("CLF 1250; the rest", "CLF 1.25; the rest"),
    "50% now; EUR 1,250 in 5 days; the rest": (
        "50% now; EUR 1250 in 5 days; the rest", "50% now; EUR 1.25 in 5 days; the rest"),
    "net 30; in multiples of EUR 1,250": (
        "net 30; in multiples of EUR 1250", "net 30; in multiples of EUR 1.25"),
    "EUR 250 now; EUR 1,250 in 30 days; the rest": (
        "EUR 250 now; EUR 1250 in 30 days; the rest", "EUR 250 now; EUR 1.25 in 30 days; the rest"),
    "EUR 1,250 now; EUR 11,250.00 in 30 days; the rest": (
        "EUR 1250 now; EUR 11,250.00 in 30 days; the rest",
        "EUR 1.25 now; EUR 11,250.00 in 30 days; the rest"),
    'EUR 1,250 after "1,250 units"; the rest': (
        'EUR 1250 after "1,250 units"; the rest', 'EUR 1.25 after "1,250 units"; the rest'),
    # Finer than a cent is no reading.
    "EUR 1,255 now; the rest": ("EUR 1255 now; the rest",),
    "EUR 1,250 now; EUR 2,500 in 30 days; the rest": (
        "EUR 1250 now; EUR 2500 in 30 days; the rest",
        "EUR 1.25 now; EUR 2.5 in 30 days; the rest"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "nearest"), AMBIGUOUS.items(), ids=AMBIGUOUS)
def test_an_amount_with_two_readings_is_refused(text: str, nearest: tuple[str, ...]):
    told = " or ".join(f'"{each}"' for each in nearest)
    message = f"this text is read in several ways: expected {told}, got {text!r}"
    with pytest.raises(AmbiguousTermsError, match=f"^{re.escape(message)}$") as caught:
        PaymentTerms.parse(text)
    assert caught.value.nearest == nearest
    assert caught.value.got == text
    read = [PaymentTerms.parse(each) for each in nearest]
    assert all(one != other for index, one in enumerate(read) for other in read[:index])


def test_no_decimal_context_changes_the_readings():
    with (
        localcontext(prec=2),
        pytest.raises(AmbiguousTermsError, match="in several ways") as caught,
    ):
        PaymentTerms.parse("EUR 11,250")
    assert caught.value.nearest == ("EUR 11250", "EUR 11.25")


@pytest.mark.parametrize(
    ("written", "digits", "got"),
    [("JPY 1.5", "0 decimal places for JPY", "1.5"),
     ("JPY 1,25", "0 decimal places for JPY", "1.25"),
     ("EUR 1.2345", "2 decimal places for EUR", "1.2345"),
     ("EUR 1,250.505", "2 decimal places for EUR", "1250.505"),
     ("EUR 1234,567", "2 decimal places for EUR", "1234.567"),
     ("EUR 0,123", "2 decimal places for EUR", "0.123"),
     ("JPY 1234,567", "0 decimal places for JPY", "1234.567"),
     ("JPY 0,500", "0 decimal places for JPY", "0.5"),
     ("JPY 1,250.5", "0 decimal places for JPY", "1250.5")],
)  # fmt: skip
def test_an_amount_finer_than_its_currency_is_refused(written: str, digits: str, got: str):
    message = (
        f"an amount is finer than its currency: expected at most {digits}, got '{got}'; "
        "give rounding=, for instance Rounding.HALF_UP"
    )
    for text in (written, f"{written} now; the rest"):
        with pytest.raises(PrecisionError, match=f"^{re.escape(message)}$"):
            PaymentTerms.parse(text)


def test_a_currency_without_a_minor_unit_is_refused():
    message = "XAU has no minor unit: expected a currency that amounts can be counted in, got 'XAU'"
    with pytest.raises(NoMinorUnitError, match=f"^{re.escape(message)}$"):
        PaymentTerms.parse("XAU 5; the rest")


def test_an_amount_within_an_event_is_no_amount():
    event = "the transfer of EUR 1,250, in full"
    parsed = PaymentTerms.parse(f'EUR 12.50 after "{event}"; the rest')
    fixed = Installment(Money.of("12.5", "EUR"), after=event)
    assert parsed == PaymentTerms([fixed, Installment(REST)])


def test_a_space_behind_a_code_ends_the_amount():
    read = PaymentTerms.parse('JPY 0 100 days after "x"; 1 250 JPY now; the rest')
    assert [str(part.share) for part in read.installments] == ["JPY 0", "JPY 1250", "weight 1"]
    assert read.installments[0].due.steps == (AddDays(100),)
    assert PaymentTerms.parse("JPY 1\N{NO-BREAK SPACE}250 now; the rest") == PaymentTerms.parse(
        "JPY 1250 now; the rest"
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [("20th", 20), ("0", 0), ("", 0), ("007", 7), ("9" * 600, 10**600 - 1), ("0" * 601 + "1", 1)],
)
def test_digits_are_read_as_a_number(written: str, number: int):
    assert whole_read(written) == number


def test_more_digits_than_every_interpreter_reads_are_refused():
    message = "^a number in payment terms is absurdly large: expected a 64-bit int, got '1000"
    with pytest.raises(NumberTooLargeError, match=message):
        whole_read("1" + "0" * 600)


@pytest.mark.parametrize(
    "text", ["2/{} net 30", "2% discount within {} days", "net {}", "{}th of the month following"]
)
def test_terms_with_an_absurd_number_are_refused(text: str):
    with pytest.raises((NumberTooLargeError, TermsTextError), match=r"absurdly large|reads as no "):
        PaymentTerms.parse(text.format("9" * 4301))


def test_an_amount_is_looked_for_where_its_digits_begin():
    written = "50% in 30 days, EUR 1,250 on receipt or 1,250 EUR"
    found = [match["x"] or match["y"] for match in AMOUNT.finditer(written)]
    assert found == ["1,250", "1,250"]
    assert [match["y"] for match in AMOUNT.finditer("12345 678 EUR")] == ["678"]
    assert not AMOUNT.search("1'2345 EUR")
