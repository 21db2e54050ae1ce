"""Which invoices a bank line may be for: numbers in texts, amounts, names, points, order."""

import pickle
from datetime import date
from time import perf_counter, process_time

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    Adjustment,
    Books,
    Credited,
    CreditEffect,
    DateTypeError,
    DueRule,
    DuplicateNumberError,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceKind,
    Line,
    Match,
    Money,
    NumberRangeError,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    Reversed,
    TextTooLongError,
    Voided,
    Withheld,
    WrittenOff,
    WrongTypeError,
    suggest_matches,
)
from milestone_invoicing.billing.account.books import kept_beside
from milestone_invoicing.receivables.payments.bank_lines import Named, Phrases, words_of
from tests.unit.bills import bill, eur, june, may

TODAY = june(10)
ACME = Party("acme", "Acme Steel Ltd")
BOLT = Party("bolt", "Bolt Ltd", tax_id="NL 8765.43.210")
NUMBER, SHORT, NAME, REFERENCE = 50, 20, 20, 15
AMOUNT, ALL, PART, SOME = 40, 35, 30, 20


def found(amount: int | str, text: str, *bills: Invoice, day: date = TODAY) -> list[tuple]:
    """Return numbers and points, likeliest first."""
    matches = suggest_matches(eur(amount), text, bills, as_of=day)
    return [("+".join(match.numbers), match.score) for match in matches]


def named_in(numbers: list[str], text: str) -> frozenset[str]:
    """Return those of some numbers that a text names."""
    return Named(frozenset(numbers), Phrases.of(numbers), {}).in_text(text).numbers


def acme(number: str, amount: int | str, day: int = 1, *facts: Payment) -> Invoice:
    return bill(amount, *facts, number=number, issued_on=may(day), buyer=ACME)


@pytest.mark.parametrize(
    ("discounts", "amount", "reason"),
    [
        pytest.param(
            (), 850, "is open without the tax that the client withholds", id="no discount"
        ),
        pytest.param(
            (EarlyDiscount(2, 10),),
            850,
            "is open without the tax that the client withholds",
            id="a discount that is not taken",
        ),
        pytest.param((EarlyDiscount(2, 10),), 830, "settles it by an early discount", id="taken"),
        pytest.param((EarlyDiscount(2, 10),), 1000, "is open", id="nothing withheld"),
    ],
)
def test_the_reason_says_whether_the_client_withholds_or_takes_a_discount(
    discounts: tuple[EarlyDiscount, ...], amount: int, reason: str
):
    one = attrs.evolve(
        acme("2026-001", 1000),
        withheld=[Adjustment(eur(150), reason="Withholding tax")],
        terms=PaymentTerms.net(30, discounts=discounts),
    )
    (match,) = suggest_matches(eur(amount), "", [one], as_of=may(5))
    assert str(match.reasons[0]) == f"{eur(amount)} {reason}"


def test_what_is_open_without_the_tax_that_the_client_withholds_may_be_paid():
    # 15 % of 1,000 are withheld; 50 of them have their certificate, so 100 more will not come.
    held_back = Adjustment(eur(150), reason="Withholding tax")
    told = attrs.evolve(acme("INV-2026", 1000), withheld=[held_back])
    assert found(850, "acme", told) == [("INV-2026", AMOUNT + NAME // 3)]
    told = told.record(Withheld(eur(50), on=may(20)))
    assert found(850, "inv 2026", told) == [("INV-2026", AMOUNT + NUMBER)]
    paid = told.record(Payment(eur(850), on=may(21)))
    assert found(100, "", paid) == [("INV-2026", AMOUNT)]


def test_all_without_the_tax_that_the_client_withholds_may_be_paid_at_once_and_without_discount():
    halves = PaymentTerms(
        [Installment(Percent(50), DueRule((AddDays(n),))) for n in (14, 60)],
        discounts=[EarlyDiscount(2, 60)],
    )
    held_back = [Adjustment(eur(150), reason="Withholding tax")]
    told = attrs.evolve(acme("A", 1000), withheld=held_back, terms=halves)
    assert [found(amount, "", told) for amount in (850, 830, 820)] == [
        [("A", AMOUNT)],
        [("A", AMOUNT)],
        [],
    ]


def test_what_was_written_off_of_a_paid_invoice_may_be_recovered_by_a_client_that_is_named():
    facts = Payment(eur(900), on=may(20)), WrittenOff(eur(100), on=june(1))
    told = bill(1000, *facts, number="INV-2026", buyer=ACME)
    assert found(100, "acme", told) == [("INV-2026", AMOUNT + NAME // 3)]
    assert found(100, "bolt", told) == []


def test_a_client_that_changed_its_name_is_found_by_each_of_them():
    paid = attrs.evolve(PAID, buyer=Party("acme", "Forge Works"))
    later = acme("A-2000", 50)
    assert found(100, "forge", paid, later) == [("P-1000", AMOUNT + NAME // 2)]
    assert found(100, "steel", paid, later) == []


@pytest.mark.parametrize(
    ("lost", "amount", "points"),
    [(1000, 1000, AMOUNT + NUMBER), (100, 100, AMOUNT + NUMBER), (100, 99, NUMBER)],
    ids=["all", "what was written off", "another amount"],
)
def test_what_was_written_off_may_be_recovered(lost: int, amount: int, points: int):
    cash = [Payment(eur(1000 - lost), on=may(20))] if lost < 1000 else []
    told = acme("INV-2026", 1000, 1, *cash, WrittenOff(eur(lost), on=june(1)))
    (match,) = suggest_matches(eur(amount), "INV-2026", [told], as_of=TODAY)
    assert (match.score, match.already_paid) == (points, False)
    recovered = told.record(Recovered(eur(lost), on=june(2)))
    (match,) = suggest_matches(eur(amount), "INV-2026", [recovered], as_of=TODAY)
    assert match.already_paid


@pytest.mark.parametrize(
    ("number", "text", "named"),
    [
        ("INV-2026-001", "pays inv-2026-001", True),
        ("INV-2026-001", "INV 2026 / 1", True),
        ("INV-2026-001", "inv.2026.0001 thanks", True),
        ("INV-2026-001", "INV2026001", True),
        ("INV-2026-001", "INV20 26001", True),
        ("INV-2026-001", "INV-20261", False),
        ("INV-2026-001", "INV-2026-0011", False),
        ("INV-2026-001", "2026-001", False),
        ("INV-2026-001", "RE-2026-001", False),
        ("INV-2026-001", "INV-2026", False),
        ("17", "invoice 17.", True),
        ("17", "invoice 0017", True),
        ("17", "invoice RE17", True),
        ("17", "1 7", True),
        ("17", "117", False),
        ("17", "2017", False),
        ("000", "0", True),
        ("É-1", "e1", True),
        ("--", "-- --", False),
        ("17", "", False),
    ],
)
def test_a_number_is_found_however_it_is_written(number: str, text: str, *, named: bool):
    assert (number in named_in([number], text)) is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("26-1-A", ["26-1-A"]),
        ("26-1", ["26-1"]),
        ("26-1 and 26-1-A", ["26-1", "26-1-A"]),
        ("26-1-B", ["26-1"]),
    ],
)
def test_a_number_that_is_a_part_of_another_is_not_meant(text: str, named: list[str]):
    assert sorted(named_in(["26-1", "26-1-A"], text)) == named


def test_a_number_at_the_end_of_a_longer_one_is_not_meant():
    bills = acme("2026-17", 100), acme("INV-2026-17", 200)
    assert found(5, "pays INV-2026-17", *bills) == [("INV-2026-17", NUMBER)]
    assert found(5, "pays 2026-17", *bills) == [("2026-17", NUMBER)]


@pytest.mark.parametrize(
    ("number", "points"),
    [
        pytest.param("171", SHORT, id="three digits"),
        pytest.param("1711", NUMBER, id="four digits"),
        pytest.param("A-17", SHORT, id="three letters and digits"),
        pytest.param("A-171", NUMBER, id="four letters and digits"),
    ],
)
def test_a_number_of_four_letters_and_digits_says_more(number: str, points: int):
    assert found(5, f"pays {number}", acme(number, 100)) == [(number, points)]


@pytest.mark.parametrize(
    ("order", "points"),
    [pytest.param("P17", 0, id="three"), pytest.param("PO17", REFERENCE, id="four")],
)
def test_a_reference_needs_four_letters_and_digits(order: str, points: int):
    told = attrs.evolve(acme("INV-0001", 100), purchase_order=order)
    assert found(5, f"INV-0001 for {order}", told) == [("INV-0001", NUMBER + points)]


@pytest.mark.parametrize(
    ("amount", "text", "expected"),
    [
        pytest.param(1, "INV-0001", [("INV-0001", NUMBER)], id="the number alone"),
        pytest.param(1, "17", [("17", SHORT)], id="a short number"),
        pytest.param(700, "", [("INV-0001", AMOUNT)], id="the amount alone"),
        pytest.param(
            700,
            "Acme Steel Ltd INV-0001",
            [("INV-0001", NUMBER + NAME + AMOUNT)],
            id="number, name, amount",
        ),
        pytest.param(700, "acme", [("INV-0001", 20 * 1 // 3 + AMOUNT)], id="a third of the name"),
        pytest.param(1, "Acme Steel Ltd", [], id="a name alone"),
        pytest.param(1, "", [], id="nothing"),
        pytest.param(
            800,
            "",
            [("INV-0001+17", ALL)],
            id="all that is open",
        ),
        pytest.param(
            800,
            "17, INV-0001",
            [
                ("INV-0001+17", (NUMBER + SHORT) // 2 + AMOUNT),
                ("INV-0001", NUMBER),
                ("17", SHORT),
            ],
            id="both numbers",
        ),
        pytest.param(
            750,
            "17, INV-0001",
            [("INV-0001", NUMBER), ("INV-0001+17", (NUMBER + SHORT) // 2), ("17", SHORT)],
            id="both numbers, another amount",
        ),
        pytest.param(
            800,
            "INV-0001",
            [("INV-0001+17", NUMBER // 2 + ALL), ("INV-0001", NUMBER)],
            id="one number, the sum of both",
        ),
    ],
)
def test_points_are_added_up(amount: int, text: str, expected: list[tuple[str, int]]):
    assert found(amount, text, acme("17", 100, 2), acme("INV-0001", 700)) == expected


FIVE = [acme(f"A{number}", amount, number) for number, amount in enumerate((1, 2, 4, 8, 16), 1)]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (6, [("A2+A3", SOME)]),
        (14, [("A2+A3+A4", SOME)]),
        (30, [("A2+A3+A4+A5", SOME)]),
        (31, [("A1+A2+A3+A4+A5", ALL)]),
        (32, []),
    ],
)
def test_a_few_invoices_may_add_up(amount: int, expected: list[tuple[str, int]]):
    assert found(amount, "", *FIVE) == expected


def test_three_may_add_up_where_no_two_pairs_do():
    bills = [acme(f"A{number}", amount, number) for number, amount in enumerate((2, 4, 8, 99), 1)]
    assert found(14, "", *bills) == [("A1+A2+A3", SOME)]


def test_what_only_lacks_its_certificate_adds_nothing_to_a_sum():
    withheld = [Adjustment(eur(150), reason="Withholding tax")]
    paid = attrs.evolve(acme("A1", 1000), withheld=withheld).record(Payment(eur(850), on=may(9)))
    assert found(500, "", paid, acme("A2", 500), acme("A3", 9999)) == [("A2", AMOUNT)]
    assert found(650, "", paid, acme("A2", 500), acme("A3", 9999)) == [("A1+A2", SOME)]


def test_five_are_too_many_to_be_a_few():
    assert found(31, "", *FIVE, acme("A6", 1000, 6)) == []


def test_of_several_sums_the_fewest_then_the_first_due_stand():
    bills = [acme(f"A{day:02}", amount, day) for day, amount in enumerate((1, 1, 2, 2, 1), 1)]
    (match,) = suggest_matches(eur(3), "", bills, as_of=TODAY)
    assert match.numbers == ("A01", "A03")
    assert [str(reason) for reason in match.reasons] == [
        "EUR 3.00 is the sum of 2 invoices, one of 6 such sums"
    ]


def test_only_the_twenty_first_due_are_tried():
    many = [acme(f"A{day:02}", 100, day) for day in range(1, 20)]
    last, next_one = acme("B20", 3, 20), acme("B21", 5, 21)
    beyond = acme("B22", 7, 22)
    assert found(103, "", *many, last, next_one) == [("A01+B20", SOME)]
    assert found(105, "", *many, last, next_one) == []
    assert found(105, "", *many[1:], last, next_one, beyond) == [("A02+B21", SOME)]


def test_a_sum_may_be_of_what_early_discounts_leave():
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    one, two = bill(100, number="1", terms=terms), bill(50, number="2", terms=terms)
    assert found(98, "", one, two, day=may(11)) == [("1", AMOUNT)]
    assert found(98, "", one, two, day=may(12)) == []
    assert found(147, "", one, two, day=may(11)) == [("1+2", ALL)]
    three = bill(999, number="3", terms=terms)
    assert found(147, "", one, two, three, day=may(11)) == [("1+2", SOME)]
    assert found(147, "", one, two, three, day=may(12)) == []
    assert found(100, "", one, day=may(11)) == [("1", AMOUNT)]
    (match,) = suggest_matches(eur(98), "", [one], as_of=may(11))
    assert str(match.reasons[0]) == "EUR 98.00 settles it by an early discount"


def test_of_equal_points_what_is_due_first_stands_first_by_its_first_instalment():
    # "2" is due on 15 May and 30 June, "1" on the 31st.
    halves = PaymentTerms([Installment(Percent(50), DueRule((AddDays(n),))) for n in (14, 60)])
    one, two = bill(100, number="1"), bill(100, number="2", terms=halves)
    assert found(100, "", one, two) == [("2", AMOUNT), ("1", AMOUNT)]
    paid = two.record(Payment(eur(50), on=may(20)))
    assert found(5, "1 and 2", one, paid)[1:] == [("1", SHORT), ("2", SHORT)]


def test_an_instalment_may_be_paid():
    halves = PaymentTerms([Installment(Percent(50), DueRule((AddDays(n),))) for n in (14, 30)])
    told = bill(100, number="1", terms=halves)
    assert found(50, "", told) == [("1", PART)]
    assert found(50, "", told.record(Payment(eur(50), on=may(2)))) == [("1", AMOUNT)]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("your po 4711", REFERENCE),
        ("Vertrag V-99", REFERENCE),
        ("NL876543210", REFERENCE),
        ("po 4711, V-99, NL876543210", REFERENCE),
        ("ref 12", None),
    ],
)
def test_references_count_once_and_only_long_ones(text: str, points: int | None):
    told = attrs.evolve(
        bill(100, number="X-1000", buyer=BOLT),
        purchase_order="PO-4711",
        contract="V-0099",
        buyer_reference="12",
    )
    told = attrs.evolve(told, contract="Vertrag V99")
    assert found(1, text, told) == ([("X-1000", points)] if points else [])


def test_a_word_that_names_several_clients_says_nothing():
    one, other = acme("A1", 100), bill(100, number="B1", buyer=BOLT)
    assert found(100, "Some Ltd", one, other) == [("A1", AMOUNT), ("B1", AMOUNT)]
    assert found(100, "Bolt", one, other) == [("B1", AMOUNT + NAME), ("A1", AMOUNT)]
    assert found(100, "Some Ltd", other) == [("B1", AMOUNT + NAME // 2)]


def test_a_word_of_a_name_may_have_digits_and_accents():
    told = bill(100, number="a", buyer=Party("a", "3M Électro A"))
    assert found(100, "3m & b", told) == [("a", AMOUNT + NAME // 2)]
    assert found(100, "3 M ELECTRO", told) == [("a", AMOUNT + NAME)]
    assert found(100, "a 3", told) == [("a", AMOUNT + SHORT)]


def test_a_client_whose_name_says_nothing_has_no_points_for_it():
    twins = [bill(100, number=key, buyer=Party(key, "Ltd & Co")) for key in ("a", "b")]
    assert found(100, "Ltd & Co", *twins) == [("a", AMOUNT), ("b", AMOUNT)]


CREDIT_NOTE = attrs.evolve(
    bill(-100, number="N-1000"),
    kind=InvoiceKind.CREDIT_NOTE,
    effect=CreditEffect.PRICE_REDUCTION,
)
USD = Invoice("U-1000", may(1), ACME, [Line("Work", 1, Money.of(100, "USD"))])


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("D-1000", bill(100, number="D-1000", issued_on=None)),
        ("L-1000", bill(100, number="L-1000", issued_on=june(11))),
        ("V-1000", bill(100, Voided("x", on=may(2)), number="V-1000")),
        ("N-1000", CREDIT_NOTE),
        ("U-1000", USD),
        ("C-1000", bill(100, Credited(eur(100), "N", on=may(9)), number="C-1000")),
        ("Z-1000", bill(0, number="Z-1000")),
    ],
)
def test_some_are_never_suggested(number: str, told: Invoice):
    assert found(100, f"{told.buyer.name} {number}", told) == []


PAID = acme("P-1000", 100, 1, Payment(eur(60), on=may(9)), Payment(eur(40), on=may(10)))


@pytest.mark.parametrize(
    ("amount", "text", "points"),
    [
        pytest.param(1, "P-1000", NUMBER, id="its number"),
        pytest.param(100, "P-1000", NUMBER + AMOUNT, id="number and amount"),
        pytest.param(100, "Acme", 6 + AMOUNT, id="name and amount"),
        pytest.param(60, "Acme", 6 + AMOUNT, id="name and the amount of a payment"),
        pytest.param(41, "Acme", None, id="name and another amount"),
        pytest.param(100, "", None, id="the amount alone"),
    ],
)
def test_what_is_paid_shows_as_already_paid(amount: int, text: str, points: int | None):
    assert found(amount, text, PAID) == ([("P-1000", points)] if points else [])


def test_a_match_says_what_speaks_for_it():
    matches = suggest_matches(eur(100), "ACME STEEL P1000", [PAID], as_of=TODAY)
    assert [str(reason) for reason in matches[0].reasons] == [
        "P-1000 in the text",
        "2 of 3 words of Acme Steel Ltd",
        "EUR 100.00 was paid",
        "already paid",
    ]
    assert matches[0].reasons[-1].facts == PAID.facts
    assert (matches[0].already_paid, matches[0].open, matches[0].party) == (True, eur(0), "acme")


def test_as_of_decides_what_is_open():
    assert suggest_matches(eur(40), "", [PAID], as_of=may(9)) == (
        Match(("P-1000",), "acme", eur(40), 40, matches_of_forty(), already_paid=False),
    )
    bounced = PAID.record(Reversed(PAID.facts[0], "bounced", on=may(20)))
    assert found(60, "", bounced) == [("P-1000", AMOUNT)]
    assert found(60, "", bounced, day=may(19)) == []


def matches_of_forty() -> tuple:
    (match,) = suggest_matches(eur(40), "", [acme("X", 40)], as_of=TODAY)
    return match.reasons


def test_ties_go_by_what_is_open_then_by_more_then_by_due_date_then_by_number():
    one, two, three = acme("A-1000", 100, 3), acme("A-2000", 100, 2), acme("A-3000", 100, 2)
    text = "A-3000 A-1000 A-2000 P-1000"
    expected = [
        ("A-2000+A-3000+A-1000", NUMBER),
        ("A-2000", NUMBER),
        ("A-3000", NUMBER),
        ("A-1000", NUMBER),
        ("P-1000", NUMBER),
    ]
    for bills in ([one, two, three, PAID], [PAID, three, two, one]):
        assert found(1, text, *bills) == expected


def test_an_undated_invoice_comes_behind_a_dated_one():
    waits = attrs.evolve(
        acme("A-0001", 100), terms=PaymentTerms([Installment(Percent(100), after="x")])
    )
    assert found(100, "", waits, acme("A-0002", 100, 9)) == [("A-0002", AMOUNT), ("A-0001", AMOUNT)]


def test_books_answer_on_each_day_and_after_each_record_as_they_are_then():
    books = Books([acme("A-1000", 100), acme("A-2000", 60, 9)])
    as_it_was = pickle.dumps(books)
    asked = [(june(10), []), (may(8), ["A-1000"]), (may(1), ["A-1000"]), (june(10), [])]
    told = books.record("A-1000", Payment(eur(100), on=may(20)))
    for day, numbers in asked:
        matches = suggest_matches(eur(100), "", told, as_of=day)
        assert [number for each in matches for number in each.numbers] == numbers
        assert found(100, "", *books, day=day) == [("A-1000", AMOUNT)]
        assert suggest_matches(eur(100), "", books, as_of=day)[0].numbers == ("A-1000",)
    assert (pickle.dumps(books), books, hash(books)) == (
        as_it_was,
        Books(books.invoices),
        hash(Books(books.invoices)),
    )


def test_books_keep_what_was_laid_out_last():
    books, laid_out = Books([PAID]), list[date]()

    def days(known: Books, as_of: date) -> tuple[date, ...]:
        laid_out.append(as_of)
        return (*(each.issued_on or as_of for each in known), as_of)

    asked = (may(9), may(9), may(10), may(9))
    assert [kept_beside(books, day, days)[1] for day in asked] == list(asked)
    assert laid_out == [may(9), may(10), may(9)]
    assert kept_beside(books, may(9), lambda known, _: len(known)) == 1


def test_a_thousand_lines_cost_one_look_at_the_books():
    many = [acme(f"A-{number:04}", number, 1 + number % 20) for number in range(1, 1001)]
    books = Books(many)
    suggest_matches(eur(1), "", books, as_of=TODAY)
    started = process_time()
    for number in range(1, 1001):
        first = suggest_matches(eur(number), f"A-{number:04}", books, as_of=TODAY)[0]
        assert first.numbers == (f"A-{number:04}",)
    assert process_time() - started < 5


@pytest.mark.parametrize(
    ("how", "error", "match"),
    [
        ({"amount": eur(0)}, NumberRangeError, "a bank line is not above zero"),
        ({"amount": 5}, WrongTypeError, "the amount of a bank line"),
        ({"text": None}, WrongTypeError, "the text of a bank line"),
        ({"invoices": [PAID, PAID]}, DuplicateNumberError, "two invoices have one number"),
        ({"as_of": "2026-06-10"}, DateTypeError, "as_of is not a plain date"),
    ],
)
def test_what_is_no_bank_line_is_refused(
    how: dict[str, object], error: type[Exception], match: str
):
    told = {"amount": eur(5), "text": "", "invoices": [PAID], "as_of": TODAY} | how
    with pytest.raises(error, match=match):
        suggest_matches(told["amount"], told["text"], told["invoices"], as_of=told["as_of"])


@pytest.mark.parametrize(
    ("text", "number", "spans"),
    [
        pytest.param("1 1 1", "1", [(0, 1), (1, 2), (2, 3)], id="each of three"),
        pytest.param("1 1 1", "11", [(0, 2), (1, 3)], id="each two run together"),
        pytest.param("01 1", "1", [(0, 1), (1, 2)], id="with a zero and without"),
        pytest.param("12 3", "1-23", [(0, 2)], id="parted otherwise"),
        pytest.param("123", "23", [], id="the end of a longer one"),
        pytest.param("123", "12", [], id="the beginning of a longer one"),
        pytest.param("0 0", "00", [(0, 1), (0, 2), (1, 2)], id="zeros are one zero"),
        pytest.param("", "1", [], id="nowhere in nothing"),
    ],
)
def test_where_a_text_has_a_number(text: str, number: str, spans: list[tuple[int, int]]):
    found = Phrases.of([number]).spans_in(words_of(text)).get(number, [])
    assert [span for span in spans if span in found] == found


def test_a_text_of_many_equal_words_is_read_in_time():
    text = "1 " * 5000
    started = perf_counter()
    assert named_in([str(number) for number in range(1, 200)], text) == {"111"}
    assert perf_counter() - started < 2


def test_a_text_longer_than_any_is_refused():
    message = r"^the text of a bank line is too long: expected at most 10000 characters, got 10001$"
    with pytest.raises(TextTooLongError, match=message):
        suggest_matches(eur(1), "1" * 10_001, [], as_of=TODAY)
