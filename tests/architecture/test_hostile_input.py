"""What comes is refused by an error of ours, and soon: endless, faked, absurdly long or falsy."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import get_args, get_type_hints

import pytest
from dateutil.relativedelta import relativedelta

from milestone_invoicing._checks import LONGEST_TEXT
from tests.architecture.calls import Call, calls, outcome
from tests.architecture.house import ROOT

CALLS = list(calls())
# What takes a key of any kind that can be hashed.
ANYTHING = {("CollectionMetrics", "key")}
SECONDS = 2.0


class ReadOn(BaseException):
    """Nobody reads on once an item is of a wrong type."""


class NoDimension:
    """Like an array of no dimension: it has what a collection has, and refuses all of it."""

    def __iter__(self) -> Iterator[object]:
        raise TypeError("iteration over a 0-d array")

    def __contains__(self, item: object) -> bool:
        raise TypeError("iteration over a 0-d array")

    def __len__(self) -> int:
        raise TypeError("len() of unsized object")

    def __bool__(self) -> bool:
        raise ValueError("the truth value of an array is ambiguous")

    def __eq__(self, other: object) -> "NoDimension":  # type: ignore[override]  # as arrays do
        return self

    def __hash__(self) -> int:
        raise TypeError("unhashable type")

    def __repr__(self) -> str:
        return "array(5)"


def endless() -> Iterator[object]:
    """Yield items that nothing takes; a hundred of them are more than anybody has to see."""
    yield from (object() for _ in range(100))
    raise ReadOn


def faking(cls: type) -> object:
    """Return an object that says it is of a class, and has nothing of it."""

    class Fake:
        @property
        def __class__(self) -> type:  # type: ignore[override]  # that is the fake
            return cls

    return Fake()


def spoiled(call: Call, name: str) -> Iterator[object]:
    """Yield what nothing takes, to stand in one place of a call."""
    yield endless()
    yield NoDimension()
    kinds = {type(call.given.get(name)), str, int, list, tuple, dict} - {type(None)}
    yield from map(faking, sorted(kinds, key=lambda kind: kind.__name__))
    given = call.given.get(name)
    if isinstance(given, list | tuple) and given:
        yield [*given, NoDimension()]
        yield [*given, faking(type(given[0]))]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_call_goes_through_unspoiled(call: Call):
    assert outcome(call) is None


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_what_nothing_takes_is_refused_by_an_error_of_ours(call: Call):
    for name in call.takes:
        if (call.name, name) not in ANYTHING:
            for value in spoiled(call, name):
                assert outcome(call, **{name: value}) is not None, (name, value)


ABSURD = {
    "letters": "x" * (LONGEST_TEXT + 1),
    "digits": "9" * 100_000,
    "spaces": " " * 100_000,
    "strokes": "1/" * 50_000,
    "words": "a1 " * 30_000,
    "a long number": 10**100_000,
    "as long as a text may be": "1/" * (LONGEST_TEXT // 2),
    "as many digits": "9" * LONGEST_TEXT,
}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_what_is_absurdly_long_is_answered_or_refused_soon(call: Call):
    for name in call.takes:
        for what, value in ABSURD.items():
            started = time.perf_counter()
            outcome(call, **{name: value})
            assert time.perf_counter() - started < SECONDS, (name, what)


def optional(call: Call) -> Iterator[tuple[str, object]]:
    """Yield what is falsy and of no type that an argument may have which may be left out."""
    # One annotation is a text, since its package is loaded only where it is used.
    of = call.run.__init__ if isinstance(call.run, type) else call.run
    hints = get_type_hints(of, localns={"relativedelta": relativedelta})
    for name in call.takes:
        kinds = get_args(hints.get(name))
        if type(None) in kinds:
            for value in (0, "", [], (), {}, False):
                if not any(isinstance(value, kind) for kind in map(plain, kinds)):
                    yield name, value


def plain(kind: object) -> type:
    """Return the class of an annotation without its parameters."""
    return getattr(kind, "__origin__", kind)  # type: ignore[return-value]  # a class by then


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_what_is_falsy_does_not_stand_for_what_is_left_out(call: Call):
    for name, value in optional(call):
        if (call.name, name) not in ANYTHING:
            assert outcome(call, **{name: value}) is not None, (name, value)


# How many digits the interpreter turns into a number is a setting of it; 640 are the fewest.
ASKED = """
from milestone_invoicing import MilestoneInvoicingError, Money, PaymentTerms, Percent
for text in ("net {}", "2/{} net 30", "{}% in 30 days", "{}th of the month following", "{} EOM",
             "{}/{}/{}", "EUR {} in 30 days", "2% discount within {} days", "next {}", "{}"):
    for digits in (20, 641, 4301, 9000):
        try:
            print(PaymentTerms.parse(text.format(*["9" * digits] * 3)[:10_000]))
        except MilestoneInvoicingError as error:
            print(type(error).__name__, error)
print(Money.of("9" * 3000, "EUR"), Percent("9" * 3000))
"""


@pytest.mark.parametrize("limit", ["640", "0"])
def test_no_setting_of_the_interpreter_says_how_long_a_number_may_be(limit: str):
    def told(setting: str) -> str:
        environment = os.environ | {"PYTHONINTMAXSTRDIGITS": setting}
        command = [sys.executable, "-c", ASKED]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert told(limit) == told("4300")
