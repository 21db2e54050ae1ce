"""Writes the public API down, one line per name, so that any change of it is a visible diff.

Run ``python -m tests.architecture.api`` after a change made on purpose, then read the diff.
"""

import enum
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType

import attrs

from tests.architecture.house import public_modules, public_names

SNAPSHOT = Path(__file__).with_name("api_snapshot.txt")
# Where a type lives is not part of its public name.
MODULES = re.compile(
    r"(?:milestone_invoicing(?:\.\w+)*|collections\.abc|datetime|decimal|fractions|typing)\.(?=\w)"
)


@cache
def aliases() -> dict[str, str]:
    """Return the names of our public unions by what they stand for, the longest first."""
    unions = {
        MODULES.sub("", inspect.formatannotation(value)): name.rpartition(".")[2]
        for name, value in public_names().items()
        if isinstance(value, UnionType)
    }
    return dict(sorted(unions.items(), key=lambda union: -len(union[0])))


def spelled(text: str) -> str:
    """Return *text* as the source spells it: without modules, and with our unions by name."""
    text = MODULES.sub("", text)
    for union, name in aliases().items():
        text = text.replace(union, name)
    return text


def annotation(kind: object) -> str:
    """Return an annotation as the source spells it."""
    return spelled(kind if isinstance(kind, str) else inspect.formatannotation(kind))


def signature(function: object) -> str:
    """Return the parameters, defaults and result of *function*."""
    return spelled(str(inspect.signature(function)))


def operands(cls: type) -> dict[str, str]:
    """Return the fields of an attrs class, or what an error class carries beside its root's."""
    if attrs.has(cls):
        found = {field.name: annotation(field.type) for field in attrs.fields(cls)}
    elif issubclass(cls, Exception):
        found = {name: annotation(kind) for name, kind in inspect.get_annotations(cls).items()}
    else:
        found = {}
    return {name: kind for name, kind in found.items() if not name.startswith("_")}


def member(name: str, raw: object, bound: object) -> str:
    """Return one line for a method, property or constant of a class."""
    if isinstance(raw, classmethod | staticmethod):
        return f"{type(raw).__name__} {name}{signature(bound)}"
    if inspect.isfunction(raw):
        return f"method {name}{signature(raw)}"
    if getter := getattr(raw, "fget", None) or getattr(raw, "func", None):
        return f"property {name}: {annotation(inspect.signature(getter).return_annotation)}"
    return f"constant {name} = {raw!r}"


def members(cls: type) -> Iterator[str]:
    """Yield the public members of *cls* that are no fields, those of our own bases included."""
    known = set(operands(cls)) | set(getattr(cls, "__members__", ()))
    for name in sorted(set(dir(cls)) - known):
        owner = next((base for base in cls.__mro__ if name in vars(base)), object)
        raw = vars(owner).get(name)
        if is_told(name, raw, owner) and (owner is cls or not issubclass(cls, Exception)):
            yield member(name, raw, getattr(cls, name))


def is_told(name: str, raw: object, owner: type) -> bool:
    """Say whether a member is public, ours and no bare slot."""
    ours = owner.__module__.startswith("milestone_invoicing")
    return ours and not name.startswith("_") and not inspect.ismemberdescriptor(raw)


def described_class(name: str, cls: type) -> Iterator[str]:
    """Yield the lines of one class."""
    told = (base for base in cls.__bases__ if base is not object)
    bases = ", ".join(base.__name__ for base in told if not base.__name__.startswith("_"))
    if issubclass(cls, enum.Enum):
        yield f"enum {name}({bases})"
        yield from (f"    {item.name} = {item.value!r}" for item in cls)
    elif issubclass(cls, Exception):
        yield f"error {name}({bases})"
    else:
        yield f"class {name}({bases})" if bases else f"class {name}"
        yield f"    new{signature(cls)}"
    yield from (f"    field {field}: {kind}" for field, kind in operands(cls).items())
    yield from (f"    {line}" for line in members(cls))


def described(name: str, value: object) -> Iterator[str]:
    """Yield the lines of one public name."""
    if inspect.isclass(value):
        yield from described_class(name, value)
    elif inspect.isroutine(value):
        yield f"function {name}{signature(value)}"
    else:
        yield f"value {name} = {MODULES.sub('', repr(value))}"


def snapshot() -> str:
    """Return the whole public API as text."""
    lines: list[str] = []
    for module_name, module in public_modules().items():
        lines.append(f"# {module_name}")
        for name in sorted(getattr(module, "__all__", ())):
            lines += described(name, getattr(module, name))
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
