"""Books: a set of invoices that is indexed once, and what of it is shared when one more is told."""

import copy
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    Books,
    BooksPosition,
    CreditEffect,
    Invoice,
    InvoiceKind,
    InvoicePosition,
    Party,
    Payment,
    Sent,
    Voided,
    credit_note,
    issue,
    record,
)
from milestone_invoicing.billing.account import books as module
from milestone_invoicing.billing.account.books import books_of, issued_in, kept_beside
from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    DuplicateNumberError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    TextTooLongError,
    UnknownInvoiceError,
    WrongTypeError,
)
from tests.unit.bills import april, bill, eur, line, may

BOLT = Party("bolt", "Bolt")
ONE = bill(1000, number="1", milestone="a")
TWO = bill(500, number="2", milestone="b", buyer=BOLT)
BOTH = attrs.evolve(bill(number="3"), lines=[line(20, milestone="b"), line(30, milestone="a")])
NOTE = issue(
    credit_note(ONE, effect=CreditEffect.REBILL, as_of=may(9), amount=eur(100)),
    number="4",
    on=may(9),
)
DRAFT = bill(70, number=None, issued_on=None, milestone="a")
UNDATED = bill(80, number="5", issued_on=None)
ALL = (ONE, TWO, BOTH, NOTE, DRAFT, UNDATED, DRAFT)
PAID = Payment(eur(400), on=may(9))


def books() -> Books:
    """Return books that nobody has asked yet."""
    return Books(ALL)


# --- a sequence -----------------------------------------------------------------------------------


def test_books_are_a_sequence_of_their_invoices():
    kept = books()
    assert isinstance(kept, Sequence)
    assert (len(kept), tuple(kept), kept.invoices) == (7, ALL, ALL)
    assert (kept[0], kept[-1], kept[2]) == (ONE, DRAFT, BOTH)
    assert (kept[1:3], kept[::-1], kept[9:]) == (ALL[1:3], ALL[::-1], ())
    assert tuple(reversed(kept)) == ALL[::-1]
    assert (kept.index(NOTE), kept.count(DRAFT)) == (3, 2)
    with pytest.raises(IndexError, match="index out of range"):
        kept[7]


def test_membership_goes_by_value():
    assert attrs.evolve(TWO) in books()
    assert TWO.record(Sent(on=may(1))) not in books()
    assert "2" not in books()  # a number is no invoice


def test_books_of_nothing_are_empty_and_falsy():
    assert (len(Books()), list(Books()), bool(Books())) == (0, [], False)
    assert bool(books()) is True
    assert Books() == Books([])


def test_books_are_made_of_any_collection_of_invoices():
    assert Books(iter(ALL)) == Books(list(ALL)) == Books(books()) == books()


def test_books_are_equal_by_their_invoices_in_order_and_to_no_tuple():
    assert books() != Books(ALL[::-1])
    assert books() != ALL
    assert len({books(), books(), Books(ALL[:1])}) == 2


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        pytest.param(Books(), "Books(0)", id="none"),
        pytest.param(Books([ONE]), "Books(1: 1)", id="one"),
        pytest.param(Books([ONE, TWO]), "Books(2: 1 ... 2)", id="two"),
        pytest.param(Books([ONE, BOTH, TWO]), "Books(3: 1 ... 2)", id="three"),
        pytest.param(Books([ONE, DRAFT]), "Books(2: 1 ... None)", id="a draft"),
    ],
)
def test_the_repr_says_how_many_and_the_ends(kept: Books, text: str):
    assert repr(kept) == text


# --- found by number, client, milestone -----------------------------------------------------------


def test_invoices_are_found_by_number_client_and_milestone_in_order():
    kept = books()
    assert kept.numbered("3") is BOTH
    assert kept.numbered("5") is UNDATED
    assert kept.of_client("bolt") == (TWO,)
    assert kept.of_client("acme") == (ONE, BOTH, NOTE, DRAFT, UNDATED, DRAFT)
    assert kept.of_milestone("a") == (ONE, BOTH, NOTE, DRAFT, DRAFT)
    assert kept.of_milestone("b") == (TWO, BOTH)
    assert kept.credit_notes_of("1") == (NOTE,)


def test_what_is_not_there_is_nothing_but_a_number_that_is_asked_for():
    kept = books()
    assert kept.of_client("crow") == kept.of_milestone("c") == kept.credit_notes_of("2") == ()
    assert kept.of_client("") == kept.of_milestone("") == kept.credit_notes_of("") == ()


def test_a_milestone_of_two_lines_of_one_bill_has_it_once():
    twice = attrs.evolve(ONE, lines=[line(20, milestone="a"), line(30, milestone="a")])
    assert Books([twice]).of_milestone("a") == (twice,)


def test_only_credit_notes_are_credit_notes_of_what_they_name_each_once():
    corrected = attrs.evolve(BOTH, kind=InvoiceKind.CORRECTED, preceding=("1",))
    both = attrs.evolve(NOTE, number="6", preceding=("1", "2", "1"))
    kept = Books([ONE, TWO, corrected, NOTE, both])
    assert kept.credit_notes_of("1") == (NOTE, both)
    assert kept.credit_notes_of("2") == (both,)
    assert Books([NOTE]).credit_notes_of("1") == (NOTE,)  # though what it credits is not there


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        pytest.param(
            lambda kept, number: kept.numbered(number),
            UnknownInvoiceError,
            "no invoice has this number: expected the number of one of the invoices, got '{}'",
            id="numbered",
        ),
        pytest.param(
            lambda kept, number: kept.record(number, PAID),
            UnknownInvoiceError,
            "no invoice has this number: expected the number of one of the invoices, got '{}'",
            id="record",
        ),
        pytest.param(
            lambda kept, number: kept.on(may(9)).numbered(number),
            UnknownInvoiceError,
            "no invoice has this number: expected the number of one of the invoices, got '{}'",
            id="position",
        ),
        pytest.param(
            issued_in,
            UnknownInvoiceError,
            "no issued invoice has this number: expected the number of one of the invoices, got",
            id="issued",
        ),
    ],
)
def test_a_number_is_one_of_the_invoices(
    ask: Callable[[Books, Any], object], error: type[Exception], message: str
):
    for number in ("9", "1 ", "None"):
        with pytest.raises(error, match=f"^{message.format(number)}"):
            ask(books(), number)
    for wrong in (1, None, ONE, ["1"]):
        with pytest.raises(WrongTypeError, match=r"^the number of an invoice is of the wrong"):
            ask(books(), wrong)
    with pytest.raises(BlankTextError, match=r"^the number of an invoice is blank"):
        ask(books(), " ")
    with pytest.raises(TextTooLongError, match=r"^the number of an invoice is too long"):
        ask(books(), "9" * 100_000)


def test_an_issued_invoice_is_found_and_a_draft_with_a_number_is_not():
    assert issued_in(books(), "2") is TWO
    with pytest.raises(UnknownInvoiceError, match=r"^no issued invoice has this number.*'5'$"):
        issued_in(books(), "5")


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        pytest.param(Books.of_client, "the key of a client", id="client"),
        pytest.param(Books.of_milestone, "the key of a milestone", id="milestone"),
        pytest.param(Books.credit_notes_of, "the number of an invoice", id="credit notes"),
    ],
)
@pytest.mark.parametrize("wrong", [None, 1, BOLT, ["acme"]], ids=["none", "int", "party", "list"])
def test_a_key_is_a_text(ask: Callable[[Books, Any], object], name: str, wrong: object):
    with pytest.raises(WrongTypeError, match=f"^{name} is of the wrong type: expected str, got "):
        ask(books(), wrong)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        pytest.param(
            None, WrongTypeError, "invoices is not a collection: expected a list", id="none"
        ),
        pytest.param(
            ONE, WrongTypeError, "invoices is not a collection: expected a list", id="an invoice"
        ),
        pytest.param(
            [ONE, "2"], WrongTypeError, r"invoices\[1\] is of the wrong type", id="a text"
        ),
        pytest.param([ONE, None], WrongTypeError, r"invoices\[1\] is of the wrong type", id="hole"),
        pytest.param(
            [ONE, TWO, attrs.evolve(TWO, number="1")],
            DuplicateNumberError,
            "two invoices have one number: expected unique numbers, got '1'",
            id="1 twice",
        ),
        pytest.param(
            [UNDATED, UNDATED],
            DuplicateNumberError,
            "two invoices have one number: expected unique numbers, got '5'",
            id="a draft with a number twice",
        ),
    ],
)
def test_what_are_no_books(wrong: Any, error: type[Exception], message: str):
    for make in (Books, books_of, lambda invoices: record(invoices, "1", PAID)):
        with pytest.raises(error, match=f"^{message}"):
            make(wrong)


def test_drafts_without_a_number_are_as_many_as_there_are():
    assert len(Books([DRAFT, DRAFT, DRAFT])) == 3
    assert len(Books([DRAFT]).add(DRAFT)) == 2


def test_books_stay_books_and_a_subclass_is_made_into_books():
    class Own(Books):
        __slots__ = ()

    kept = books()
    assert books_of(kept) is kept
    own = Own(ALL)
    assert type(books_of(own)) is Books
    assert books_of(own) == books_of(ALL) == kept
    assert type(own.record("1", PAID)) is type(own.add(bill(number="7"))) is Own
    assert repr(own) == "Own(7: 1 ... None)"


# --- recorded on, added to ------------------------------------------------------------------------


def test_record_replaces_that_invoice_and_leaves_the_rest_in_place():
    kept = books()
    told = kept.record("2", Sent(on=may(1)), PAID)
    assert told.invoices == (ONE, TWO.record(Sent(on=may(1)), PAID), *ALL[2:])
    assert all(one is other for one, other in zip(told[2:], kept[2:], strict=True))
    assert kept == books()
    assert told == Books(told.invoices) == record(ALL, "2", Sent(on=may(1)), PAID)
    assert told.numbered("2").facts == (Sent(on=may(1)), PAID)
    assert told.of_client("bolt") == told.of_milestone("b")[:1] == (told[1],)


def test_nothing_recorded_is_the_same_books():
    assert books().record("1") == books()


def test_what_cannot_have_happened_is_refused_and_the_books_stay():
    kept = books()
    with pytest.raises(ImpossibleFactError, match=r"^Voided on 2026-05-10 is impossible"):
        kept.record("2", Sent(on=may(1)), PAID, Voided("x", on=may(10)))
    with pytest.raises(ImpossibleFactError, match=r"^a draft has no facts: expected an issued"):
        kept.record("5", PAID)
    with pytest.raises(WrongTypeError, match=r"^facts\[0\] is of the wrong type"):
        kept.record("2", "paid")
    assert kept == books()


def test_add_puts_one_more_at_the_end_and_finds_it():
    kept = books()
    more = attrs.evolve(NOTE, number="6", preceding=("2",), buyer=BOLT)
    told = kept.add(more)
    assert told.invoices == (*ALL, more)
    assert told == Books([*ALL, more])
    assert told.numbered("6") is told[-1] is more
    assert told.of_client("bolt") == (TWO, more)
    assert told.of_milestone("a") == (ONE, BOTH, NOTE, DRAFT, DRAFT, more)
    assert told.credit_notes_of("2") == (more,)
    assert kept.of_client("bolt") == (TWO,)
    assert kept.credit_notes_of("2") == ()
    with pytest.raises(UnknownInvoiceError, match=r"^no invoice has this number.*'6'$"):
        kept.numbered("6")


def test_add_to_nothing():
    told = Books().add(ONE).add(DRAFT).add(TWO)
    assert told == Books([ONE, DRAFT, TWO])
    assert (told.numbered("2"), told.of_milestone("a")) == (TWO, (ONE, DRAFT))


def test_add_refuses_a_number_that_is_there_and_what_is_no_invoice():
    kept = books()
    message = r"^two invoices have one number: expected unique numbers, got '1'$"
    with pytest.raises(DuplicateNumberError, match=message):
        kept.add(attrs.evolve(TWO, number="1"))
    for wrong in (None, "1", [ONE]):
        with pytest.raises(
            WrongTypeError, match=r"^the invoice is of the wrong type: expected Inv"
        ):
            kept.add(wrong)
    assert kept == books()
    assert kept.numbered("1") is ONE


# --- what is shared -------------------------------------------------------------------------------


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return where is written down how many invoices are looked at to index them, each time."""
    looked_at: list[int] = []
    groups = module._Groups
    of, added = groups.of.__func__, groups.added

    def counted(cls: type, invoices: tuple[Invoice, ...]) -> object:
        looked_at.append(len(invoices))
        return of(cls, invoices)

    def counted_one(self: object, place: int, invoice: Invoice) -> object:
        looked_at.append(1)
        return added(self, place, invoice)

    monkeypatch.setattr(groups, "of", classmethod(counted))
    monkeypatch.setattr(groups, "added", counted_one)
    return looked_at


def test_books_are_indexed_once_whatever_is_asked_and_recorded(indexed: list[int]):
    kept = books()
    assert indexed == []  # nothing but the numbers, until something is asked for
    for number in ("1", "2", "3"):
        kept = kept.record(number, Sent(on=may(1)))
        assert kept.of_client("bolt")
        assert kept.of_milestone("a")
        assert not kept.credit_notes_of("2")
        assert len(kept.on(may(9))) == 7
    assert indexed == [7]


def test_one_more_invoice_is_indexed_alone(indexed: list[int]):
    kept = books()
    for number in ("6", "7", "8"):
        kept = kept.add(bill(number=number))
    assert len(kept.of_client("acme")) == 9
    assert indexed == [7, 1, 1, 1]


def test_books_share_their_index_with_what_is_recorded_on_them():
    kept = books()
    told = kept.record("1", PAID).record("2", PAID)
    assert told.places is kept.places
    assert told._groups is kept._groups


def test_books_that_are_added_to_share_all_that_the_new_invoice_leaves_alone():
    kept = books()
    draft = kept.add(DRAFT)
    assert draft.places is kept.places  # it has no number
    told = kept.add(bill(number="6", buyer=BOLT))
    assert told._groups.milestones["a"] is kept._groups.milestones["a"]
    assert told._groups.clients["acme"] is kept._groups.clients["acme"]
    assert told._groups.clients["bolt"] is not kept._groups.clients["bolt"]


def test_nobody_can_change_the_index_of_the_numbers():
    kept = books()
    with pytest.raises(TypeError, match="does not support item assignment"):
        kept.places["9"] = 0  # type: ignore[index]  # that is the point
    assert kept.add(bill(number="9")).numbered("9")


def test_record_copies_no_invoice_but_the_one_that_is_told():
    kept = Books(bill(number=str(number)) for number in range(50))
    told = kept.record("7", PAID)
    assert [place for place in range(50) if told[place] is not kept[place]] == [7]


def test_what_is_laid_out_on_a_day_is_kept_until_another_day_or_another_way():
    made: list[date] = []

    def opens(kept: Books, day: date) -> list[int]:
        made.append(day)
        return [position.open.minor for position in kept.on(day)]

    def payables(kept: Books, day: date) -> list[int]:
        return [position.payable.minor for position in kept.on(day)]

    kept = books()
    first = kept_beside(kept, may(9), opens)
    assert kept_beside(kept, may(9), opens) is first
    assert made == [may(9)]
    assert kept_beside(kept, april(30), opens) == [0] * 7
    assert kept_beside(kept, may(9), payables)[0] == 100_000
    assert kept_beside(kept, may(9), opens) == first
    assert made == [may(9), april(30), may(9)]
    told = kept.record("1", PAID)
    assert kept_beside(told, may(9), opens)[0] == first[0] - 40_000
    assert pickle.dumps(kept) == pickle.dumps(books())


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [False, True], ids=["unasked", "asked"])
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_and_copies_leave_the_index_behind_and_find_all_again(protocol: int, *, asked: bool):
    kept = books()
    if asked:
        assert kept.of_client("acme")
        assert [position.items for position in kept.on(may(9))]
    assert len(pickle.dumps(kept, protocol)) == len(pickle.dumps(books(), protocol))
    for back in (pickle.loads(pickle.dumps(kept, protocol)), copy.copy(kept), copy.deepcopy(kept)):
        assert not hasattr(back, "_groups")
        assert (back, hash(back), repr(back)) == (kept, hash(kept), repr(kept))
        assert back.numbered("2") == TWO
        assert back.credit_notes_of("1") == (NOTE,)
        assert back.record("2", PAID) == kept.record("2", PAID)
        assert back.add(bill(number="6")) == kept.add(bill(number="6"))


def test_the_index_counts_neither_for_equality_nor_for_hash():
    kept = books()
    assert kept.of_client("acme")
    assert (kept, hash(kept)) == (books(), hash(books()))


def test_many_threads_that_ask_books_for_the_first_time_find_the_same():
    threads = 8
    for _ in range(20):
        kept = pickle.loads(pickle.dumps(books()))
        start = Barrier(threads)

        def ask(number: int, kept: Books = kept, start: Barrier = start) -> tuple[object, ...]:
            start.wait()
            day = (april(30), may(9))[number % 2]
            return (
                kept.numbered("2"),
                kept.of_client("acme"),
                kept.credit_notes_of("1"),
                kept.record("2", PAID).on(may(9)).numbered("2").open,
                [position.open == position.payable for position in kept.on(day)],
                sum(position.payable.minor for position in kept.on(day)) != 0,
            )

        with ThreadPoolExecutor(threads) as pool:
            answers = list(pool.map(ask, range(threads)))
        assert [answer[-1] for answer in answers] == [number % 2 == 1 for number in range(threads)]
        assert all(answer[:4] == answers[0][:4] for answer in answers)


# --- on a day -------------------------------------------------------------------------------------


def test_books_on_a_day_are_the_positions_of_their_invoices():
    told = books().record("1", PAID)
    on = told.on(may(9))
    assert isinstance(on, Sequence)
    assert (on.books, on.as_of, len(on)) == (told, may(9), 7)
    expected = [InvoicePosition(invoice, as_of=may(9)) for invoice in told]
    assert list(on) == [on[place] for place in range(7)] == expected
    assert (on[1:3], on[-1], on[9:]) == (tuple(expected[1:3]), expected[-1], ())
    assert on.numbered("1") == expected[0]
    assert [position.open for position in on[:4]] == [eur(600), eur(500), eur(50), eur(0)]
    assert on.index(expected[2]) == 2
    with pytest.raises(IndexError, match="index out of range"):
        on[7]


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        pytest.param(april(30), 0, id="the day before = 0"),
        pytest.param(may(1), 1550, id="1000 + 500 + 50 = 1550"),
        pytest.param(may(8), 1550, id="a day before the payment = 1550"),
        pytest.param(may(9), 1150, id="1550 - 400 = 1150"),
    ],
)
def test_what_is_open_of_books_on_a_day(day: date, open_: int):
    told = books().record("1", PAID)
    assert sum(position.open.minor for position in told.on(day)) == open_ * 100


def test_positions_are_made_when_asked_and_read_once_a_day():
    kept = Books(attrs.evolve(invoice) for invoice in ALL)
    on = kept.on(may(9))
    assert not any(getattr(invoice, "_reading", None) for invoice in kept)
    first = [position.reading for position in on]
    assert all(one.reading is other for one, other in zip(kept.on(may(9)), first, strict=True))
    told = kept.record("1", PAID)
    again = [position.reading for position in told.on(may(9))]
    shared = [one is other for one, other in zip(again, first, strict=True)]
    assert shared == [False, *[True] * 6]


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        pytest.param(
            lambda: books().on("2026-05-09"),
            DateTypeError,
            "as_of is not a plain date: expected datetime.date, got '2026-05-09'",
            id="a text",
        ),
        pytest.param(
            lambda: books().on(datetime(2026, 5, 9)),
            DateTypeError,
            r"as_of is not a plain date: .*; call .date\(\) on a datetime$",
            id="a datetime",
        ),
        pytest.param(
            lambda: BooksPosition(ALL, may(9)),
            WrongTypeError,
            "the books is of the wrong type: expected Books, got",
            id="a tuple",
        ),
    ],
)
def test_what_is_no_position_of_books(
    ask: Callable[[], object], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}"):
        ask()


def test_positions_of_books_survive_pickle_and_are_equal_by_books_and_day():
    on = books().on(may(9))
    assert pickle.loads(pickle.dumps(on)) == copy.deepcopy(on) == on
    assert len({on, books().on(may(9)), books().on(may(8))}) == 2
    assert repr(on) == (
        "BooksPosition(books=Books(7: 1 ... None), as_of=datetime.date(2026, 5, 9))"
    )


@attrs.frozen(repr=False)
class OfAYear(Books):
    """Books of a user's own, with one more part."""

    year: int = 2026


def test_books_of_a_users_own_keep_their_parts_through_record_and_add():
    books = OfAYear([bill()], 2025)
    paid = books.record("1", Payment(eur(1), on=may(4)))
    more = books.add(bill(number="2"))
    assert [(type(each), getattr(each, "year", None)) for each in (paid, more)] == [
        (OfAYear, 2025),
        (OfAYear, 2025),
    ]
    assert (len(paid.invoices[0].facts), len(more)) == (1, 2)
