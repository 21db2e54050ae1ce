"""Which fields of the public values the library reads, by their types; needs mypy.

Run ``python -m tests.architecture.options``: it prints each field that a user may fill in, and
that nothing reads but the constructor that checks it. Values whose docstring lists attributes are
answers of the library: they are there for users to read.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import fields
from mypy import build, nodes, patterns, types
from mypy.main import process_options

from tests.architecture.house import PACKAGE, public_values

# A class by the name that mypy has for it, and the name of a field.
Field: TypeAlias = tuple[str, str]
# What a value does to check itself reads all of its fields.
CONSTRUCTING = ("__attrs_post_init__", "_check")
# Not part of the tree below a node: what its names point to, or what overloads do not have.
_LINKS = frozenset(
    {"info", "node", "names", "fullname", "analyzed", "original_def", "type", "setter"}
)


def name_of(cls: type) -> str:
    """Return the name by which mypy knows a class."""
    return f"{cls.__module__}.{cls.__qualname__}"


def options() -> dict[Field, str]:
    """Return each field that a user may fill in, by class and name, with what the test calls it.

    What a class inherits is looked at where it is defined.
    """
    return {
        (name_of(cls), field.name): f"{cls.__name__}.{field.name}"
        for cls in public_values()
        if "Attributes:" not in (cls.__doc__ or "")
        for field in fields(cls)
        if not field.inherited
    }


def typed() -> build.BuildResult:
    """Return the trees of the package with the type of each expression."""
    sources, settings = process_options(["-p", PACKAGE.name, "--python-version", "3.11"])
    settings.export_types = settings.preserve_asts = True
    settings.incremental = False
    return build.build(sources, settings)


def below(node: object, seen: set[int], within: str = "") -> Iterator[tuple[nodes.Node, str]]:
    """Yield the nodes of a tree, each with the functions and classes that it stands in."""
    if isinstance(node, list | tuple):
        for each in node:
            yield from below(each, seen, within)
    if not isinstance(node, nodes.Node) or id(node) in seen or isinstance(node, nodes.Var):
        return
    seen.add(id(node))
    if isinstance(node, nodes.FuncDef | nodes.ClassDef):
        within = f"{within}.{node.name}"
    yield node, within
    for name in dir(node):
        if not name.startswith("_") and name not in _LINKS:
            value = getattr(node, name, None)
            if not callable(value):
                yield from below(value, seen, within)


def classes_of(kind: types.Type | None) -> Iterator[nodes.TypeInfo]:
    """Yield the classes that a value of a type may be of."""
    kind = types.get_proper_type(kind)
    if isinstance(kind, types.UnionType):
        for each in kind.items:
            yield from classes_of(each)
    elif isinstance(kind, types.TypeVarType):
        yield from classes_of(kind.upper_bound)
    elif isinstance(kind, types.Instance):
        yield kind.type


def read_by(node: nodes.Node, known: Mapping[nodes.Expression, types.Type]) -> Iterator[Field]:
    """Yield class and name of each field that one node reads, in code or by a pattern."""
    if isinstance(node, nodes.MemberExpr):
        for cls in classes_of(known.get(node.expr)):
            yield from ((base.fullname, node.name) for base in cls.mro)
    elif isinstance(node, patterns.ClassPattern):
        of = node.class_ref.fullname
        names = [
            field.name for cls in public_values() if name_of(cls) == of for field in fields(cls)
        ]
        yield from ((of, name) for name in [*names[: len(node.positionals)], *node.keyword_keys])


def reads() -> Iterator[Field]:
    """Yield class and name of each field that is read somewhere, but to construct its value."""
    found = typed()
    for name, state in found.graph.items():
        if name.startswith(PACKAGE.name) and state.tree is not None:
            for node, within in below(state.tree.defs, set()):
                if not within.rpartition(".")[2].startswith(CONSTRUCTING):
                    yield from read_by(node, found.types)


if __name__ == "__main__":
    known = options()
    print(json.dumps(sorted({known[key] for key in set(known) - set(reads())})))
