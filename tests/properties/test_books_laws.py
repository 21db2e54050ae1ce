"""The laws of books: a function that gets them answers what it answers on a list of the same."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from milestone_invoicing import (
    ON_SIGNING,
    Books,
    Invoice,
    InvoiceFact,
    InvoicePosition,
    Milestone,
    Money,
    OnAccount,
    Payment,
    Period,
    Schedule,
    record,
)
from milestone_invoicing.errors import MilestoneInvoicingError
from tests.architecture.audit import watch
from tests.architecture.calls import Call, calls
from tests.architecture.house import public_names
from tests.positions import position_on
from tests.properties.client_books import Books as Known
from tests.properties.client_books import books as client_books
from tests.properties.contract_life import BUYER, HORIZON
from tests.properties.held_life import HeldLife
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST

AS_OF = st.integers(0, LAST + 5).map(day)
SOME_LIVES = settings(max_examples=max(settings.default.max_examples // 4, 3))


def of_invoices() -> set[tuple[str, str]]:
    """Return each public function and its parameter that takes a collection of invoices."""
    return {
        (value.__name__, name)
        for value in public_names().values()
        if inspect.isroutine(value)
        for name, parameter in inspect.signature(value).parameters.items()
        if takes_invoices(str(parameter.annotation))
    }


def takes_invoices(annotation: str) -> bool:
    """Say whether an annotation is of a collection with invoices in it."""
    collection = annotation.startswith(("collections.abc.Iterable", "collections.abc.Sequence"))
    return collection and "invoice.Invoice" in annotation


TAKERS = sorted(of_invoices())
CALLS = {call.name: call for call in calls()}


def test_no_function_is_forgotten():
    named = {
        (value.__name__, name)
        for value in public_names().values()
        if inspect.isroutine(value)
        for name in inspect.signature(value).parameters
        if name in {"invoices", "history", "book"}
    }
    assert named | {("age", "items")} == set(TAKERS)
    assert len(TAKERS) >= 45


def answer(call: Call, **given_: object) -> object:
    """Return what a call says, or how it refuses."""
    try:
        said = call.run(**call.given | given_)
    except MilestoneInvoicingError as error:
        return type(error), str(error)
    return list(said) if isinstance(said, Iterator) else said


def forms(invoices: Sequence[Invoice], as_of: date) -> dict[str, Callable[[], object]]:
    """Return the ways to give invoices to a function, none of which changes its answer."""
    asked = Books(invoices)
    for position in asked.on(as_of):
        assert position.items == InvoicePosition(position.invoice, as_of=as_of).items
    told = Books(invoices[:-1])
    return {
        "tuple": lambda: tuple(invoices),
        "new books": lambda: Books(attrs.evolve(each) for each in invoices),
        "books that were asked": lambda: asked,
        "books that were added to": lambda: told.add(invoices[-1]) if invoices else told,
        "as positions list them": lambda: [each.invoice for each in asked.on(as_of)],
    }


def compare(
    call: Call, name: str, invoices: Sequence[Invoice], day: date, rest: dict[str, object]
) -> None:
    """Hold the answers to all forms of the same invoices against that to a plain list."""
    fitting = {key: value for key, value in rest.items() if key in call.takes}
    plain = answer(call, **fitting | {name: list(invoices)})
    for form, make in forms(invoices, day).items():
        assert answer(call, **fitting | {name: make()}) == plain, (call.name, name, form)


@pytest.mark.parametrize(("name", "parameter"), TAKERS, ids=[f"{one}({of}=)" for one, of in TAKERS])
def test_a_call_says_the_same_with_books_and_without(name: str, parameter: str):
    call = CALLS[name]
    given_ = call.given.get(parameter) or CALLS["due_reminders"].given["invoices"]
    assert isinstance(given_, list)
    as_of = call.given.get("as_of", day(200))
    assert isinstance(as_of, date)
    answered = answer(call, **{parameter: given_})
    assert not (isinstance(answered, tuple) and answered[:1] and isinstance(answered[0], type))
    compare(call, parameter, given_, as_of, {})


def about(known: Known, schedule: Schedule, as_of: date) -> dict[str, dict[str, object]]:
    """Return what all functions are asked, and what single ones are, about drawn invoices."""
    invoices, money = known
    until = day(LAST + 30)
    period = Period.through(day(0), as_of)
    amount = Money(25, EUR)
    usual = {
        "schedule": schedule,
        "schedules": schedule,
        "key": "a",
        "as_of": as_of,
        "on": as_of,
        "since": day(0),
        "until": as_of,
        "number": invoices[0].number,
        "party": "acme",
        "buyer": invoices[0].buyer,
        "amount": amount,
        "period": period,
        "periods": [period, Period.through(as_of, until)],
        "on_account": money,
    }
    return {
        "": usual,
        "apply_credit": usual | {"note": invoices[-1].number, "invoice": invoices[0].number},
        "apply_on_account": usual | {"money": money[0]},
        "cash_forecast": usual | {"until": until},
        "credit_note": usual | {"invoice": invoices[0], "amount": None},
        "check_draft": usual | {"draft": attrs.evolve(invoices[0], number=None, facts=())},
        "draft_release": usual | {"amount": None},
        "payment_plans": usual | {"parts": 2, "first_due_on": as_of},
        "release_retainage": usual | {"amount": None, "due_on": until},
        "reminder_plan": usual | {"until": until},
        "roll_forward": usual | {"before": day(5), "after": as_of},
        "suggest_matches": usual | {"text": "acme 0"},
    }


def ask_all(known: Known, schedule: Schedule, as_of: date, only: set[str] | None = None) -> None:
    """Ask all functions, with books and without."""
    asked = about(known, schedule, as_of)
    for name, parameter in TAKERS:
        if only is None or name in only:
            compare(CALLS[name], parameter, known[0], as_of, asked.get(name, asked[""]))


def billing(invoices: Sequence[Invoice], milestones: Sequence[str | None]) -> list[Invoice]:
    """Return the invoices, those with something to pay with lines that bill milestones."""
    return [
        attrs.evolve(each, lines=[attrs.evolve(line, milestone=key) for line in each.lines])
        if key is not None and each.payable.minor > 0
        else each
        for each, key in zip(invoices, milestones, strict=True)
    ]


HALF = Money.of(15_000, "EUR")
AGREED = Schedule(
    HALF * 2,
    [Milestone(key, key, HALF, due_on=day(10), trigger=ON_SIGNING) for key in ("a", "b")],
    signed_on=day(0),
)


@given(client_books(), st.lists(st.sampled_from([None, "a", "b"]), min_size=3, max_size=3), AS_OF)
def test_every_function_answers_on_books_what_it_answers_on_a_list(
    known: Known, milestones: list[str | None], as_of: date
):
    invoices, money = known
    ask_all((billing(invoices, milestones[: len(invoices)]), money), AGREED, as_of)


class _AskedLife(HeldLife):
    """One contract with a deposit or retainage, asked on the way with books and without."""

    @rule(on=st.integers(0, HORIZON))
    def ask_with_books(self, on: int) -> None:
        if self.invoices:
            money = [OnAccount(BUYER.key, Money(1, EUR), on=day(0))]
            ask_all((list(self.invoices), money), self.schedule, day(on), only=OF_CONTRACTS)


OF_CONTRACTS = {
    name for name, _ in TAKERS if {"schedule", "schedules"} & set(CALLS[name].takes)
} - {"exposure_curve", "peak_exposure", "risk_flags"}  # slow, and made of the others


def test_whatever_happens_to_a_contract_books_change_no_answer_about_it():
    with watch() as seen:
        life: type[RuleBasedStateMachine] = _AskedLife
        run_state_machine_as_test(life, settings=settings(SOME_LIVES, stateful_step_count=25))
    assert seen == []


# --- recorded on and added to ---------------------------------------------------------------------


def outcome(make: Callable[[], Books]) -> object:
    try:
        return make()
    except MilestoneInvoicingError as error:
        return type(error), str(error)


@given(client_books(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, LAST)), max_size=6))
def test_books_that_are_recorded_on_are_those_that_are_built_of_what_was_recorded(
    known: Known, told: list[tuple[int, int]]
):
    invoices = list(known[0])
    books, plain = Books(invoices), list(invoices)
    for number, on in told:
        fact: InvoiceFact = Payment(Money(7, EUR), on=day(on))
        found = outcome(lambda b=books, n=number, f=fact: b.record(str(n), f))
        assert found == outcome(lambda n=number, f=fact: record(plain, str(n), f))
        if isinstance(found, Books):
            books = found
            plain[number] = plain[number].record(fact)
        assert_same(books, plain)
    assert Books(invoices) == Books(known[0])


@given(client_books(), st.data())
def test_books_that_are_added_to_are_those_that_are_built_at_once(
    known: Known, data: st.DataObject
):
    invoices = list(known[0])
    first = data.draw(st.integers(0, len(invoices)))
    books = Books(invoices[:first])
    for place in range(first, len(invoices)):
        if data.draw(st.booleans()):  # what is asked in between is not what is asked later
            assert_same(books, invoices[:place])
        before = books
        books = books.add(invoices[place])
        assert_same(before, invoices[:place])
    assert_same(books, invoices)


def assert_same(books: Books, invoices: Sequence[Invoice]) -> None:
    """Hold what books find against a search in a plain list, and their positions on a day."""
    assert books == Books(invoices)
    assert list(books) == list(invoices)
    for key in ("acme", "bolt", "crow", "nobody"):
        assert books.of_client(key) == tuple(each for each in invoices if each.buyer.key == key)
    for number in map(str, range(4)):
        expected = [each for each in invoices if each.number == number]
        assert [books.numbered(number)] == expected if expected else number not in books.places
        assert books.credit_notes_of(number) == tuple(
            each for each in invoices if each.kind.is_credit_note and number in each.preceding
        )
    for key in ("a", "b"):
        assert books.of_milestone(key) == tuple(
            each for each in invoices if any(line.milestone == key for line in each.lines)
        )
    found = [position_on(position.invoice, day(9)) for position in books.on(day(9))]
    assert found == [position_on(attrs.evolve(each), day(9)) for each in invoices]
