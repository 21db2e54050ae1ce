"""Law 2: no clock, file, network, environment, randomness, logging, float or ambient decimal."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.house import PACKAGE, sources

FORBIDDEN_IMPORTS = {
    "asyncio",
    "ctypes",
    "glob",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "signal",
    "socket",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
    "warnings",
}
FORBIDDEN_NAMES = {
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "float",
    "globals",
    "input",
    "open",
    "print",
}
# What may not be taken from a module or class.
FORBIDDEN_ATTRIBUTES = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "decimal.getcontext",
    "decimal.setcontext",
    "locale.setlocale",
    "time.time",
}
FORBIDDEN_FROM = {"default_locale", "environ", "getcontext", "setcontext"}
# A plain test of kind must be able to say the word in order to refuse the value.
# Packages that one room each may know, and that only what needs them loads.
GUESTS = {"babel", "dateutil", "hypothesis"}
FLOAT_MAY_BE_NAMED_TO_REFUSE_IT = "isinstance"


def offences(tree: ast.Module) -> Iterator[str]:
    """Yield each impure construct as ``line: what``."""
    allowed = refusals(tree)
    for node in ast.walk(tree):
        for what in impure(node):
            if node not in allowed:
                yield f"{node.lineno}: {what}"


def refusals(tree: ast.Module) -> set[ast.AST]:
    """Return the nodes inside calls of ``isinstance``, where ``float`` is only asked for."""
    calls = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == FLOAT_MAY_BE_NAMED_TO_REFUSE_IT
    )
    return {inner for call in calls for inner in ast.walk(call) if isinstance(inner, ast.Name)}


def impure(node: ast.AST) -> Iterator[str]:
    """Yield what is impure about one node."""
    match node:
        case ast.Constant(value=float() | complex()):
            yield f"the literal {node.value}"
        case ast.Name(id=name, ctx=ast.Load()) if name in FORBIDDEN_NAMES:
            yield name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            if f"{owner}.{name}" in FORBIDDEN_ATTRIBUTES:
                yield f"{owner}.{name}"
        case ast.Import(names=names):
            yield from imported(name.name for name in names)
        case ast.ImportFrom(module=module, names=names):
            yield from imported([module or ""])
            yield from sorted(FORBIDDEN_FROM & {name.name for name in names})
        case ast.Global() | ast.Nonlocal():
            yield "a rebound outer name"


def imported(names: Iterable[str]) -> Iterator[str]:
    """Yield the modules among *names* that give access to the world."""
    return (f"import {name}" for name in names if name.partition(".")[0] in FORBIDDEN_IMPORTS)


@pytest.mark.parametrize("path", sources())
def test_a_module_reads_no_clock_file_environment_or_ambient_context(path: str):
    assert list(offences(sources()[path])) == []


@pytest.mark.parametrize(
    "code",
    [
        "x = 0.5",
        "float('1')",
        "print(1)",
        "open('f')",
        "from decimal import getcontext",
        "import decimal\ndecimal.getcontext()",
        "date.today()",
        "datetime.now()",
        "import os",
        "from os import environ",
        "import random",
        "import logging",
        "import time",
        "from urllib.request import urlopen",
        "def f():\n    global x",
    ],
)
def test_the_scan_sees_an_offence(code: str):
    assert list(offences(ast.parse(code)))


def test_the_scan_lets_a_float_be_refused():
    assert not list(offences(ast.parse("isinstance(x, (float, int))")))


def test_the_scan_lets_a_field_be_called_open():
    assert not list(offences(ast.parse("class A:\n    open: int\nA(open=1).open")))


def loaded_after(code: str) -> set[str]:
    """Return the names of all modules that a fresh interpreter has after running *code*."""
    probe = f"{code}\nimport sys\nprint(*sys.modules)"
    # -P: not from the working directory, so that an installed wheel is what is tested.
    ran = subprocess.run(
        [sys.executable, "-P", "-W", "error", "-c", probe],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(ran.stdout.split())


def test_importing_the_library_loads_no_guest_and_not_the_display():
    loaded = loaded_after("import milestone_invoicing")
    unwanted = {*GUESTS, "milestone_invoicing.display", "milestone_invoicing.testing"}
    assert "milestone_invoicing" in loaded
    assert not loaded & unwanted


@pytest.mark.parametrize(
    ("code", "guest"),
    [
        ("Recurrence.from_rrule('FREQ=MONTHLY;BYMONTHDAY=1', start=date(2026, 1, 1))", None),
        ("Recurrence.monthly(date(2026, 1, 31)).to_rrule()", None),
        ("DueRule([AddDays(30)]).due_on(date(2026, 1, 31))", None),
        ("PaymentTerms.parse('on 31 December 2026')", None),
        ("RecurrenceRule('FREQ=MONTHLY;BYDAY=2TU', date(2026, 1, 1))", "dateutil"),
    ],
)
def test_a_guest_is_loaded_by_what_first_needs_it(code: str, guest: str | None):
    loaded = loaded_after(f"from datetime import date\nfrom milestone_invoicing import *\n{code}")
    assert loaded & GUESTS == ({guest} if guest else set())


needs_testing = pytest.mark.skipif(
    not (PACKAGE / "testing.py").is_file(), reason="milestone_invoicing.testing does not stand yet"
)


@needs_testing
@pytest.mark.parametrize(
    "first",
    ["", "import hypothesis", "import milestone_invoicing.testing", "import milestone_invoicing"],
    ids=lambda code: code or "nothing first",
)
def test_hypothesis_knows_our_types_whatever_is_imported_first(first: str):
    code = (
        f"{first}\n"
        "from hypothesis import strategies as st\n"
        "from milestone_invoicing import Money\n"
        "st.from_type(Money).validate()"
    )
    assert "milestone_invoicing.testing" in loaded_after(code)
