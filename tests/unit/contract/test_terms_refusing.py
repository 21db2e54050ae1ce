"""What a refusal names: readings and texts that can be read, and none that cannot."""

import re
from collections.abc import Callable

import pytest

from milestone_invoicing.contract.terms.refusing import refusal
from milestone_invoicing.contract.terms.words import EXAMPLES
from milestone_invoicing.errors import AmbiguousTermsError, BlankTextError, TermsTextError

HINT = "other terms are built from PaymentTerms and Installment"


def reader(*unreadable: str) -> Callable[[str], None]:
    """Return how to read all texts but some, and any of a text in which one of those stands."""

    def read(text: str) -> None:
        if any(re.search(each, text) for each in unreadable):
            raise BlankTextError("unreadable", expected="another text", got=text)

    return read


EVERYTHING = reader()
TEN = ("net 10", "next 10th", "10th of the month following")


def test_all_readings_that_can_be_read_are_named_in_their_order():
    error = refusal("the 10th", ["the 10th"], EVERYTHING)
    assert type(error) is AmbiguousTermsError
    assert (error.fact, error.got) == ("this text is read in several ways", "the 10th")
    assert error.expected == '"net 10" or "next 10th" or "10th of the month following"'
    assert (error.nearest, error.hint) == (TEN, "")


@pytest.mark.parametrize("left_out", TEN)
def test_a_reading_that_cannot_be_read_is_left_out(left_out: str):
    error = refusal("the 10th", ["the 10th"], reader(f"^{left_out}$"))
    assert type(error) is AmbiguousTermsError
    assert error.nearest == tuple(each for each in TEN if each != left_out)


def test_a_text_without_a_reading_that_can_be_read_is_not_ambiguous():
    error = refusal("the 10th", ["the 10th"], reader(*(f"^{each}$" for each in TEN)))
    assert type(error) is TermsTextError
    assert error.fact == "this text reads as no payment terms"
    assert not {*error.nearest} & {*TEN}


def test_a_clause_is_read_within_the_whole():
    error = refusal("...", ["the 10th", "soon", "50% now; the 10th"], EVERYTHING)
    assert error.nearest == tuple(f"50% now; {each}" for each in TEN)


def test_case_does_not_matter_in_a_clause():
    error = refusal("THE 10TH", ["THE 10TH"], EVERYTHING)
    assert error.nearest == TEN


@pytest.mark.parametrize(
    ("clause", "readings"),
    [
        ("1st", ("net 1", "next 1st", "1st of the month following")),
        ("2", ("net 2", "next 2nd", "2nd of the month following")),
        ("3rd", ("net 3", "next 3rd", "3rd of the month following")),
        ("11th", ("net 11", "next 11th", "11th of the month following")),
        ("13", ("net 13", "next 13th", "13th of the month following")),
        ("22", ("net 22", "next 22nd", "22nd of the month following")),
        ("31.", ("net 31", "next 31st", "31st of the month following")),
    ],
)
def test_ordinals_have_the_endings_of_their_numbers(clause: str, readings: tuple[str, ...]):
    assert refusal(clause, [clause], EVERYTHING).nearest == readings


def test_an_amount_of_two_readings_is_named_within_the_whole_text():
    text = "50% now; EUR 1,250 in 5 days"
    error = refusal(text, ["EUR 1,250 in 5 days", text], EVERYTHING)
    assert type(error) is AmbiguousTermsError
    assert error.nearest == ("50% now; EUR 1250 in 5 days", "50% now; EUR 1.25 in 5 days")
    assert refusal(text, [text], reader("1250")).nearest == ("50% now; EUR 1.25 in 5 days",)
    assert refusal(text, [text], reader(r"1\.25")).nearest == ("50% now; EUR 1250 in 5 days",)


@pytest.mark.parametrize("text", ["EUR 1,25 soon", "JPY 1,250 soon", "EUR 12,34.56"])
def test_an_amount_of_one_reading_or_none_is_not_ambiguous(text: str):
    assert type(refusal(text, [text], EVERYTHING)) is TermsTextError


def test_an_amount_without_a_reading_that_can_be_read_is_not_ambiguous():
    error = refusal("EUR 1,250", ["EUR 1,250"], reader(r"EUR"))
    assert type(error) is TermsTextError


def test_what_is_near_has_the_numbers_of_the_text():
    error = refusal("nett 45", ["?"], EVERYTHING)
    assert error.nearest == ("net 45", "net 30 EOM", "2/10 net 30")
    assert (error.got, error.hint) == ("nett 45", HINT)
    assert error.expected == 'a text such as "net 45" or "net 30 EOM" or "2/10 net 30"'


def test_what_is_near_keeps_its_own_numbers_if_others_cannot_be_read_in_it():
    error = refusal("nett 45", ["?"], reader("45 EOM"))
    assert error.nearest == ("net 45", "net 30 EOM", "2/10 net 30")
    error = refusal("nett 45", ["?"], reader("45"))
    assert error.nearest == ("net 30", "net 30 EOM", "2/10 net 30")


def test_what_is_near_has_ordinals_with_the_endings_of_their_numbers():
    error = refusal("nexxt 1th or 22th", ["?"], EVERYTHING)
    assert error.nearest[0] == "next 1st or 22nd"
    error = refusal("33th of the month followingg", ["?"], EVERYTHING)
    assert error.nearest[0] == "33rd of the month following"
    error = refusal("33th of the month followingg", ["?"], reader("33"))
    assert error.nearest[0] == "20th of the month following"


def test_only_the_beginning_of_a_long_text_says_what_is_near():
    short = refusal("nett 45".ljust(200), ["?"], EVERYTHING)
    long = refusal("nett 45".ljust(200) + " and 50% of the rest in 60 days", ["?"], EVERYTHING)
    assert long.nearest == short.nearest == ("net 45", "net 30 EOM", "2/10 net 30")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_near_to_itself(example: str):
    assert refusal(example, ["?"], EVERYTHING).nearest[0] == example
