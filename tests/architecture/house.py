"""Where the library stands, which modules it has and what it makes public."""

import ast
import inspect
import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import attrs

import milestone_invoicing

ROOT = Path(__file__).resolve().parents[2]
# The source tree, or the installed wheel when the tests run against that.
PACKAGE = Path(milestone_invoicing.__file__).parent
# What a user imports from: the vocabulary, and the rooms that are imported by name.
PUBLIC = ("milestone_invoicing", "milestone_invoicing.display", "milestone_invoicing.testing")
FOLDERS = ("money", "timing", "contract", "billing", "receivables")


@cache
def sources() -> dict[str, ast.Module]:
    """Return the syntax tree of every file of the package, by its path within it."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return every module of the package, imported."""
    names = [found.name for found in pkgutil.walk_packages([str(PACKAGE)], "milestone_invoicing.")]
    return (milestone_invoicing, *(import_module(name) for name in sorted(names)))


def public_modules() -> dict[str, ModuleType]:
    """Return the public modules that stand."""
    return {name: import_module(name) for name in PUBLIC if find_spec(name)}


def public_names() -> dict[str, object]:
    """Return every public object by its dotted name."""
    return {
        f"{name}.{public}": getattr(module, public)
        for name, module in public_modules().items()
        for public in getattr(module, "__all__", ())
    }


def public_classes() -> tuple[type, ...]:
    """Return every public class once."""
    found = (value for value in public_names().values() if inspect.isclass(value))
    return tuple(sorted(set(found), key=lambda cls: cls.__qualname__))


def public_values() -> tuple[type, ...]:
    """Return every public attrs class."""
    return tuple(cls for cls in public_classes() if attrs.has(cls))
