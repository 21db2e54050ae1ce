"""What all values have in common that the library makes: their parts are what they say.

A user may make one too, from a file say, and then the same holds: each part is of the type that its
annotation names. It knows no domain, and no rule but the types.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    ParamSpec,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.errors import NumberTypeError, WrongTypeError

_P = ParamSpec("_P")
_A = TypeVar("_A")
_Check: TypeAlias = Callable[[Any, str], None]
_UNION: Final = frozenset({Union, UnionType})


class Answer:
    """A value that the library makes; its parts are checked by their annotations."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        """Check that each part is of its type."""
        kind: type = type(self)
        for name, plain, check in _checks_of(kind):
            value = getattr(self, name)
            if type(value) not in plain:
                check(value, name)


def maker(kind: Callable[_P, _A]) -> Callable[_P, _A]:
    """Return what makes answers of a kind that many are made of, from all parts in their order.

    The library has just worked these parts out: to check them takes longer than to make them.
    """
    cls: Any = kind
    setters = [getattr(cls, field.name).__set__ for field in attrs.fields(cls)]

    def make(*parts: _P.args, **_: _P.kwargs) -> _A:
        answer: _A = object.__new__(cls)
        for set_part, part in zip(setters, parts, strict=True):
            set_part(answer, part)
        return answer

    return make


@cache
def _checks_of(cls: type) -> tuple[tuple[str, frozenset[type], _Check], ...]:
    """Return for each field the types that need no look inside, and what checks all others."""
    hints = get_type_hints(cls)
    found: list[tuple[str, frozenset[type], _Check]] = []
    for field in attrs.fields(cls):
        hint = hints[field.name]
        plain = frozenset(each for each in _members(hint) if isinstance(each, type))
        found.append((field.name, plain, _check_of(hint)))
    return tuple(found)


def _members(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401  # an annotation may be anything
    """Return what a union is of, or the annotation alone."""
    return get_args(hint) if get_origin(hint) in _UNION else (hint,)


def _check_of(hint: Any) -> _Check:  # noqa: ANN401  # as above
    """Return what checks that a value, and each item of a collection, is of an annotation."""
    members = _members(hint)
    kinds = tuple(get_origin(each) or each for each in members)
    usual = frozenset(kinds)
    items = next((_items_of(each) for each in members if get_args(each)), None)

    def checked(value: Any, name: str) -> None:  # noqa: ANN401  # as above
        if type(value) not in usual:
            _require(value, name, kinds)
        if items is not None:
            items(value, name)

    return checked


def _require(value: object, name: str, kinds: tuple[type, ...]) -> None:
    """Refuse what is of none of the types; a bool is no number, and a datetime no day."""
    if int in kinds and type(value) is bool:
        raise NumberTypeError(f"{name} is not a whole number", expected="int", got=value)
    if set(kinds) <= {date, NoneType}:
        require_date(value, name)
    require_type(value, kinds, name)


def _items_of(hint: Any) -> _Check:  # noqa: ANN401  # as above
    """Return what checks the items of a collection, whose annotation says what they are."""
    inner = get_args(hint)
    if get_origin(hint) is tuple and inner[-1] is not Ellipsis:
        return _in_places([_check_of(each) for each in inner])
    check = _check_of(inner[0])

    def checked(values: Iterable[object], name: str) -> None:
        for index, value in enumerate(values):
            check(value, f"{name}[{index}]")

    return checked


def _in_places(checks: list[_Check]) -> _Check:
    """Return what checks a tuple that has so many items, each of its own type."""

    def checked(values: tuple[object, ...], name: str) -> None:
        if len(values) != len(checks):
            raise WrongTypeError(
                f"{name} is no tuple of its length", expected=f"{len(checks)} items", got=values
            )
        for index, (value, check) in enumerate(zip(values, checks, strict=True)):
            check(value, f"{name}[{index}]")

    return checked
