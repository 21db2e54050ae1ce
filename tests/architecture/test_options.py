"""A rule that is accepted takes effect: no option is stored, or asked for, and never read."""

import ast
import enum
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.architecture.house import ROOT, public_classes, public_names, sources

FOR_PEOPLE = "who did it, how or why, in words: kept for people, and nothing follows from it"
HOW_IT_CAME = "says how the money came; what settles the debt is the amount, and nothing else"
TABLE = "read by its name, from the table of what a document states"
# Fields that only their constructor reads, each with the reason why it may be so.
KEPT: dict[str, str] = {
    "Adjustment.code": "a code of UNTDID 5189 or 7161, for who writes the document as a file",
    "Cancelled.reason": FOR_PEOPLE,
    "Cleared.by": FOR_PEOPLE,
    "Delivery.approved_on": "stands on the line for who writes the document as a file",
    "DisputeResolved.note": FOR_PEOPLE,
    "DisputeResolved.outcome": FOR_PEOPLE,
    "DueDateExtended.reason": FOR_PEOPLE,
    "FollowedUp.by": FOR_PEOPLE,
    "FollowedUp.channel": FOR_PEOPLE,
    "FollowedUp.note": FOR_PEOPLE,
    "HandedOver.cost": "a cost of the seller, which is not added to what is owed",
    "LateCharged.reference": FOR_PEOPLE,
    "Milestone.refs": FOR_PEOPLE,
    "Payment.fee": HOW_IT_CAME,
    "Payment.received": HOW_IT_CAME,
    "Rejected.by": FOR_PEOPLE,
    "Rejected.reason": FOR_PEOPLE,
    "StatedTotals.allowance_total": TABLE,
    "StatedTotals.charge_total": TABLE,
    "StatedTotals.line_total": TABLE,
    "StatedTotals.prepaid": TABLE,
    "StatedTotals.rounding": TABLE,
    "StatedTotals.tax": TABLE,
    "StatedTotals.tax_exclusive": TABLE,
    "StatedTotals.tax_inclusive": TABLE,
}
# Arguments that an answer does not depend on, each with the reason why it may be so.
NO_MATTER: dict[str, str] = {
    "timing/due_steps.py:FixedDate:apply(day)": "a step to a date of its own, from wherever",
}
# Enumerations of which more than one member is told apart by nothing but its value.
BY_VALUE: dict[str, str] = {
    "CreditEffect": "cheaper and not wanted are the same to every sum; only people tell them apart",
    "DateStyle": "the value is the name of a format of the locale",
    "DisputeOutcome": FOR_PEOPLE,
    "Template": "the value is the key of the shares",
}


@pytest.mark.skipif(find_spec("mypy") is None, reason="types are known to mypy alone")
def test_each_field_that_a_user_fills_in_is_read_somewhere():
    command = [sys.executable, "-m", "tests.architecture.options"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == sorted(KEPT)


def public_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the source of each public function and public method, by a name for the test."""
    public = {name.rpartition(".")[2] for name in public_names()}
    for path, tree in sources().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in public:
                members = node.body if isinstance(node, ast.ClassDef) else [node]
                for each in members:
                    if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                        yield f"{path}:{node.name}:{each.name}", each


def reads(function: ast.FunctionDef) -> set[str]:
    """Return the names that a function reads, other than to check them and drop the answer."""
    checks = {
        id(node)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        if isinstance(statement.value.func, ast.Name)
        if statement.value.func.id.startswith("require_")
        for node in ast.walk(statement)
    }
    return {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in checks
    }


def test_each_argument_of_a_public_function_is_read():
    known = dict(public_functions())
    assert len(known) > 100
    assert not {
        f"{name}({argument.arg})"
        for name, node in known.items()
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if argument.arg not in {"self", "cls"} | reads(node)
    } - set(NO_MATTER)


def test_each_member_of_an_enumeration_but_one_is_told_apart():
    read = {
        node.attr
        for tree in sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    unread = {
        cls.__name__
        for cls in public_classes()
        if issubclass(cls, enum.Enum) and sum(member.name not in read for member in cls) > 1
    }
    assert unread == set(BY_VALUE)


# Calls that leave out which events have come, each with the reason why none may have.
WITHOUT_EVENTS: dict[str, str] = {
    "billing/history/claim.py": "what the terms say before any event",
    "contract/planned.py": "a model of the plan, without facts",
    "receivables/forecast/curve_cash.py": "a model of the plan, without facts",
}


def test_whoever_asks_a_rule_that_waits_for_events_says_which_have_come():
    # Retainage.on(..., of=...) and PaymentTerms.due(..., untaxed=...) have both.
    wanted = {("on", "of"): "happened", ("due", "untaxed"): "events"}
    silent = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        for (method, sign), option in wanted.items()
        if node.func.attr == method
        and sign in (names := {each.arg for each in node.keywords})
        and option not in names
    }
    assert silent == set(WITHOUT_EVENTS)
