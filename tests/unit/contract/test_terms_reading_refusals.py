"""Texts that are no payment terms, or several: what is said about them, and what to write."""

import copy
import pickle
import re

import pytest

from milestone_invoicing import PaymentTerms
from milestone_invoicing.contract.terms.words import AMBIGUOUS
from milestone_invoicing.errors import (
    AmbiguousTermsError,
    BlankTextError,
    DiscountError,
    NumberRangeError,
    NumberTooLargeError,
    SharesError,
    StepError,
    TermsTextError,
    WrongTypeError,
    ZeroDivisorError,
)

NO_TEXT = "the text of payment terms is of the wrong type: expected str, got"
HINT = "other terms are built from PaymentTerms and Installment"


def or_of(texts: tuple[str, ...]) -> str:
    return " or ".join(f'"{text}"' for text in texts)


THIRDS = ("1/3 in 30 days, 1/3 in 60 days, 1/3 in 90 days",)
TWICE: dict[str, tuple[str, ...]] = {
    "30 EOM": ("net 30 EOM", "30 days then end of month"),
    "30 days EOM": ("net 30 EOM", "30 days then end of month"),
    "30 day end of month": ("net 30 EOM", "30 days then end of month"),
    "30 days end of the month": ("net 30 EOM", "30 days then end of month"),
    "60 DAYS END OF MONTH.": ("net 60 EOM", "60 days then end of month"),
    "Due 30 days end of month": ("net 30 EOM", "30 days then end of month"),
    "2/10 EOM": ("EOM; 2% discount within 10 days",),
    "2/10, net 20 EOM": ("net 20 EOM; 2% discount within 10 days",),
    "2/10": ("2/10 net 30", "50% in 2 days, 50% in 10 days"),
    "30/60": ("30/60 net 30", "50% in 30 days, 50% in 60 days"),
    "30/60/90": THIRDS,
    "30/60/90 days": THIRDS,
    "30/60/90 dagen": THIRDS,
    "30/60/90 jours": THIRDS,
    "30/60/90 Tage": THIRDS,
    "net 30/60/90": THIRDS,
    "30/60/90/120": ("1/4 in 30 days, 1/4 in 60 days, 1/4 in 90 days, 1/4 in 120 days",),
    "15/30/45/60 Tage": ("1/4 in 15 days, 1/4 in 30 days, 1/4 in 45 days, 1/4 in 60 days",),
    "50/50": (
        "50% on receipt, 50% on delivery",
        "50/50 net 30",
        "50% in 50 days, 50% in 50 days",
    ),
    "30/70": (
        "30% on receipt, 70% on delivery",
        "30/70 net 30",
        "50% in 30 days, 50% in 70 days",
    ),
    "10": ("net 10", "next 10th", "10th of the month following"),
    "10th": ("net 10", "next 10th", "10th of the month following"),
    "the 1st": ("net 1", "next 1st", "1st of the month following"),
    "on the 22nd": ("net 22", "next 22nd", "22nd of the month following"),
    "on the 3rd": ("net 3", "next 3rd", "3rd of the month following"),
    "the 11th": ("net 11", "next 11th", "11th of the month following"),
    # Readings that are no payment terms themselves are not named.
    "45th": ("net 45",),
    "the 32nd": ("net 32",),
    "0": ("net 0",),
    "100/10": ("50% in 100 days, 50% in 10 days",),
    "0/10": ("50% in 0 days, 50% in 10 days",),
    "op de 10e": ("net 10", "next 10th", "10th of the month following"),
    "le 10": ("net 10", "next 10th", "10th of the month following"),
    "le 1er": ("net 1", "next 1st", "1st of the month following"),
    "on 05/06/2026": ("on 2026-06-05", "on 2026-05-06"),
    "5/6/2026": ("2026-06-05", "2026-05-06"),
    "by 12-01-2027": ("by 2027-01-12", "by 2027-12-01"),
    "50% on 05/06/2026, the rest in 30 days": (
        "50% on 2026-06-05, the rest in 30 days", "50% on 2026-05-06, the rest in 30 days",
    ),
    "am 10.": ("net 10", "next 10th", "10th of the month following"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "nearest"), TWICE.items(), ids=TWICE)
def test_a_text_with_several_readings_names_each_of_them(text: str, nearest: tuple[str, ...]):
    message = f"this text is read in several ways: expected {or_of(nearest)}, got {text!r}"
    with pytest.raises(AmbiguousTermsError, match=f"^{re.escape(message)}$") as caught:
        PaymentTerms.parse(text)
    assert caught.value.nearest == nearest
    assert caught.value.got == text


@pytest.mark.parametrize("nearest", TWICE.values(), ids=TWICE)
def test_what_is_named_for_several_readings_can_be_read_and_differs(nearest: tuple[str, ...]):
    read = [PaymentTerms.parse(text) for text in nearest]
    assert all(one != other for index, one in enumerate(read) for other in read[:index])


def test_each_ambiguity_has_a_row():
    plain = [text.removeprefix("Due ").rstrip(".") for text in TWICE]
    for written, _ in AMBIGUOUS:
        assert any(re.fullmatch(written, text, re.IGNORECASE) for text in [*plain, "am 10."])


def test_one_clause_with_several_readings_is_named_within_the_whole():
    text = "30 days end of month; 2% discount within 10 days"
    with pytest.raises(AmbiguousTermsError, match=r"^this text is read in several ") as caught:
        PaymentTerms.parse(text)
    assert caught.value.nearest == (
        "net 30 EOM; 2% discount within 10 days",
        "30 days then end of month; 2% discount within 10 days",
    )


UNREADABLE: dict[str, tuple[str, ...] | None] = {
    "soon": ("sofort", "end of month", "3 months"),
    "nett 45": ("net 45", "net 30 EOM", "2/10 net 30"),
    "net -5": ("net 5", "net 30 EOM", "2/10 net 30"),
    "30 days after the rest": None,
    ".": None,
    "...": None,
    "net 3\u00b2": ("net 3", "net 30 EOM", "2/10 net 30"),
    "net \u0663\u0660": ("net 30", "net 30 EOM", "2/10 net 30"),
    "\u2460 days": None,
    "\u0663\u0660% now; the rest": None,
    "\uff4e\uff45\uff54 \uff13\uff10": None,
    "EUR \uff12\uff15\uff10; the rest": None,
    "net 1000000000000000000": None,
    "1234567th of the month following": None,
    "100%50": None,
    'after "letter of credit': None,
    "2% discount within 10 days": None,
    "2/10, 1% discount within 20 days": None,
    "in multiples of EUR 0.05": None,
    "net 30; in multiples of EUR 0.05; in multiples of EUR 0.10": None,
    "net 30; in multiples of EUR 0.05 rounded sideways": None,
    "net 30; in multiples of 5": None,
    "net 30; in multiples of XYZ 5": None,
    "net 30, net 60": None,
    "net 30; now": None,
    "50% now, net 30": None,
    "net 30, 50% now, 50% in 30 days": None,
    "XYZ 250 now; the rest in 30 days": None,
    "250 XYZ now; the rest in 30 days": None,
    "EUR": None,
    "50% some day; the rest": None,
    "50% now with 2% discount; the rest in 30 days": None,
    "net 30 (tax not reduced)": None,
    "net net 30": None,
    "net 30;": None,
    "; net 30": None,
    "40/40/20": None,
    "90/60/30": None,
    "30/30/60": None,
    "30/60/60": None,
    "30/60/90/90": None,
    "30/60/45/90": None,
    "1/2 now 1/2 later": None,
    "1/3, 1/3, 1/3": None,
    "1/3, 2/3 on delivery": None,
    "2/10, 1/20 on delivery": None,
    "3/2 on order": None,
    "2.5/10 on delivery": None,
    "3/3 on order": None,
    "1/3 some day, 2/3 on delivery": None,
    "2/10 net 30, 1/3": None,
    "2/10, 1/20, net 30 EOM": None,
    "31.13.2026": None,
    "on 31 November 2026": None,
    "31.12.26": None,
    "on 31/12-2026": None,
    "on 13/13/2026": None,
    "30 days, then on 31 December 2026": None,
    "10 Tage 3%, 20 Tage 2%, 30 Tage netto": None,
    "due": None,
    "%": None,
    "?" * 10_000: None,
}


@pytest.mark.parametrize(
    ("text", "nearest"), UNREADABLE.items(), ids=[ascii(text)[:60] for text in UNREADABLE]
)
def test_a_text_that_reads_as_nothing_names_what_is_near(text: str, nearest: tuple[str, ...]):
    with pytest.raises(TermsTextError, match=r"^this text reads as no payment terms: ") as caught:
        PaymentTerms.parse(text)
    error = caught.value
    assert type(error) is TermsTextError
    assert error.fact == "this text reads as no payment terms"
    assert error.expected == f"a text such as {or_of(error.nearest)}"
    assert str(error).startswith(f"{error.fact}: expected {error.expected}, got ")
    assert (error.got, error.hint) == (text, HINT)
    assert error.nearest == (nearest or error.nearest)
    assert len(set(error.nearest)) == 3


def test_the_message_of_a_text_that_reads_as_nothing():
    message = (
        'this text reads as no payment terms: expected a text such as "net 45" or "net 30 EOM" '
        'or "2/10 net 30", '
        f"got 'nett 45'; {HINT}"
    )
    with pytest.raises(TermsTextError, match=f"^{re.escape(message)}$"):
        PaymentTerms.parse("nett 45")


@pytest.mark.parametrize(
    "text",
    [
        *UNREADABLE,
        "45 dayz",
        "31. Folgemonat",
        "2% discount",
        "45th of nothing",
        "0 dayz",
        "100% now, 50% in 30 dayz",
    ],
    ids=lambda text: ascii(text)[:60],
)
def test_what_is_near_can_be_read(text: str):
    with pytest.raises(TermsTextError, match=r"^this text reads as no payment terms: ") as caught:
        PaymentTerms.parse(text)
    for near in caught.value.nearest:
        assert isinstance(PaymentTerms.parse(near), PaymentTerms)


REFUSALS = {
    "": (BlankTextError, "the text of payment terms is blank: expected some text, got ''"),
    " \t": (BlankTextError, "the text of payment terms is blank: expected some text, got ' \\t'"),
    None: (WrongTypeError, f"{NO_TEXT} None"),
    30: (WrongTypeError, f"{NO_TEXT} 30"),
    b"net 30": (WrongTypeError, f"{NO_TEXT} b'net 30'"),
    "net 30".ljust(10_001): (
        TermsTextError,
        "this text is too long for payment terms: expected at most 10000 characters, got 10001"),
    "32nd of the month following": (
        NumberRangeError, "the day of the month is too large: expected 1 to 31, got 32"),
    "0th of the month following": (
        NumberRangeError, "the day of the month is too small: expected 1 or more, got 0"),
    "prox 20 cutoff 32": (
        NumberRangeError, "the cutoff day is too large: expected -30 to 31, got 32"),
    "prox 20 cutoff -31": (
        NumberRangeError, "the cutoff day is too small: expected -30 or more, got -31"),
    "next 5th or 5th": (
        NumberRangeError,
        ("the days of the month are not a choice: expected one day or more, each once, "
        "got (5, 5)")),
    "0 parts of the rest": (
        NumberRangeError, "a weight is too small: expected 1 or more, got 0"),
    "50% on order": (
        SharesError,
        ("the instalments leave 50% of the payable over: expected 100% in all, got 50%; "
        "make one share REST")),
    "60% now, 50% in 30 days": (
        SharesError,
        "the shares ask for 10% more than the total: expected 100% in all, got 110%"),
    "0/10 net 30": (
        DiscountError,
        ("an early discount is not a part of the amount: "
        "expected more than 0% and less than 100%, got 0%")),
    "net 30; in multiples of EUR 0": (
        StepError, "a step is not above zero: expected above zero, got EUR 0.00"),
    "100/0% now": (
        ZeroDivisorError, "a percentage divides by zero: expected a divisor, got '100/0'"),
    "2/99999999999999999999 net 30": (
        NumberTooLargeError,
        ("the days of an early discount is absurdly large: "
        "expected a 64-bit int, got 99999999999999999999")),
    'after ""': (
        BlankTextError, "the event of an instalment is blank: expected some text, got ''"),
    'after " "': (
        BlankTextError, "the event of an instalment is blank: expected some text, got ' '"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [(text, *refused) for text, refused in REFUSALS.items()],
    ids=[ascii(text)[:50] for text in REFUSALS],
)
def test_refusals(text: object, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        PaymentTerms.parse(text)


LONGER = "a discount that lasts longer takes off no less: expected less than 2% after day 10, got "
DISCOUNTS = {
    "2/10, 3/20, net 30": (
        f"{LONGER}EarlyDiscount(percent=Percent('3'), days=20, "
        "tax=<DiscountTax.REDUCED_IF_TAKE..."),
    "2/10, net 30, 2% discount within 20 days (tax not reduced)": (
        f"{LONGER}EarlyDiscount(percent=Percent('2'), days=20, "
        "tax=<DiscountTax.NOT_REDUCED: 't..."),
    "2/10, net 30, 1% discount within 20 days (tax not reduced)": (
        "two discounts treat the tax differently: "
        "expected tax reduced if taken, got tax not reduced"),
    "50% now with 2% discount within 10 days (tax always reduced); the rest": (
        "the discount of one instalment cannot always reduce the tax of the invoice: "
        "expected another tax treatment, got tax always reduced; "
        "give the discount to the PaymentTerms"),
    "50% now with 2% discount within 10 days; the rest; 1% discount within 5 days": (
        "the whole and an instalment both have a discount: "
        "expected discounts of the terms, or of their instalments, "
        "got (EarlyDiscount(percent=Percent('1'), days=5, tax=<DiscountTax.REDUCED_IF_TAKE..."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), DISCOUNTS.items(), ids=DISCOUNTS)
def test_discounts_that_do_not_go_together_are_refused(text: str, message: str):
    with pytest.raises(DiscountError, match=f"^{re.escape(message)}$"):
        PaymentTerms.parse(text)


@pytest.mark.parametrize(
    "text", ["30/60/90", "soon", "?" * 10_001], ids=["several", "none", "long"]
)
@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))]
)
def test_an_error_keeps_what_is_near_when_it_is_copied(text: str, again):
    with pytest.raises(TermsTextError, match=r"^this text ") as caught:
        PaymentTerms.parse(text)
    found = again(caught.value)
    assert type(found) is type(caught.value)
    assert str(found) == str(caught.value)
    assert found.nearest == caught.value.nearest
    assert isinstance(found.nearest, tuple)
    assert vars(found) == vars(caught.value)
