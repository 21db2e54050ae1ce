"""The rooms are small, named in the field's words, and say what they know."""

import ast
from collections.abc import Iterator
from statistics import median

import pytest

from tests.architecture.house import PACKAGE, sources

MODULE_LINES = 500
FUNCTION_LINES = 50
MEDIAN_FUNCTION_LINES = 6
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "base", "common", "misc", "core"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
each_module = pytest.mark.parametrize("path", sources())


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public_definitions(tree: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Yield public functions, classes and the public methods of public classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node)


def body_lines(function: Function) -> int:
    """Return how many lines the body has, the docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@each_module
def test_a_module_opens_with_a_docstring(path: str):
    assert ast.get_docstring(sources()[path])


@each_module
def test_every_public_class_function_and_method_has_a_docstring(path: str):
    definitions = public_definitions(sources()[path])
    assert not [node.name for node in definitions if not ast.get_docstring(node)]


@each_module
def test_a_module_is_short(path: str):
    assert len((PACKAGE / path).read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@each_module
def test_a_function_is_short(path: str):
    sizes = {node.name: body_lines(node) for node in functions(sources()[path])}
    assert not {name: size for name, size in sizes.items() if size > FUNCTION_LINES}


def test_half_of_all_functions_are_very_short():
    sizes = [body_lines(node) for tree in sources().values() for node in functions(tree)]
    assert median(sizes) <= MEDIAN_FUNCTION_LINES


@each_module
def test_a_module_is_named_for_what_it_knows(path: str):
    parts = {part.strip("_") for part in path.removesuffix(".py").split("/")}
    assert not parts & VAGUE_NAMES


@each_module
def test_the_library_refuses_with_its_own_errors_never_with_assert(path: str):
    assert not [node.lineno for node in ast.walk(sources()[path]) if isinstance(node, ast.Assert)]


def test_the_front_door_holds_reexports_and_nothing_else():
    body = sources()["__init__.py"].body[1:]  # after the docstring
    names = {name for node in body if isinstance(node, ast.ImportFrom) for name in bound(node)}
    *imports, listed = body
    assert all(isinstance(node, ast.ImportFrom) for node in imports)
    assert isinstance(listed, ast.Assign)
    assert listed.targets[0].id == "__all__"
    assert set(ast.literal_eval(listed.value)) == names


def bound(node: ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name for alias in node.names}
