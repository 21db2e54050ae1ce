"""An invoice on a day is read in one place: nobody else asks its facts what stands of them."""

import ast
from collections.abc import Iterator

from tests.architecture.house import sources

ROOM = "billing/history/"
# What works out an invoice from its facts; the answers of all of them are in ``Invoice.reading``.
WORKS_IT_OUT = {"fill", "lapsing", "left_over"}
# Who works it out beside the reading all the same, each with the reason.
UNISSUED = "asks about a day before the issue too, on which a reading says that nothing is claimed"
AS_UNAPPLIED = "what is unapplied of it, as its reading says; no reason is known but habit"
FACTS_ALONE = "asks which facts stand, and for no figure; a reading would be made for nothing"
BESIDE: dict[str, str] = {
    "billing/advances/settled.py:_gone": FACTS_ALONE,
    "billing/advances/settled.py:_lapsed": UNISSUED,
    "billing/advances/settled.py:settlement_of": UNISSUED,
    "billing/books/credit_checks.py:_other_discount": UNISSUED,
    "billing/books/credit_checks.py:_sides": FACTS_ALONE,
    "billing/books/deposit_checks.py:_granted": AS_UNAPPLIED,
    "billing/credit/lapsing.py:lapsed_discount": UNISSUED,
    "billing/retainage/kept_back.py:_may_take": FACTS_ALONE,
    "billing/retainage/kept_back.py:still_held": UNISSUED,
}


def reading_anew() -> Iterator[str]:
    """Yield each function outside of the history that works out an invoice from its own facts."""
    for path, tree in sources().items():
        if not path.startswith(ROOM):
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef):
                    for node in ast.walk(function):
                        if isinstance(node, ast.Call) and works_out(node):
                            yield f"{path}:{function.name}"


def works_out(call: ast.Call) -> bool:
    """Say whether a call works out what the facts of an invoice make of it, or which stand."""
    match call.func:
        case ast.Name(id="standing") | ast.Attribute(attr="standing"):
            return isinstance(call.args[0], ast.Attribute) and call.args[0].attr == "facts"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in WORKS_IT_OUT
        case _:
            return False


def test_an_invoice_on_a_day_is_read_in_one_place():
    assert set(reading_anew()) == set(BESIDE)


def test_a_reading_is_made_by_the_invoice_that_keeps_it_and_by_nobody_else():
    makers = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "Reading"
    }
    assert makers == {"billing/invoice.py"}


def test_what_a_reading_keeps_is_put_there_whole():
    # Each property sets its slot once, by a plain assignment: a thread that finds it set reads it.
    tree = sources()["billing/history/reading.py"]
    twice = {
        function.name: slots
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name != "__attrs_post_init__"
        if len(slots := list(assigned(function))) > 1
    }
    assert not twice


def assigned(function: ast.FunctionDef) -> Iterator[str]:
    """Yield each name of the value itself that a function assigns to, as often as it does."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
