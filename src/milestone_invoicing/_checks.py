"""What a value must be at the boundary: its type, a plain date, a text; it knows no domain.

Constructors call these from ``__attrs_post_init__``, because ``attrs`` validators can be
switched off for a whole process and these rules may not be.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Final, TypeAlias, TypeGuard, TypeVar

from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    NumberRangeError,
    NumberTooLargeError,
    NumberTypeError,
    TextTooLongError,
    WrongTypeError,
)

_T = TypeVar("_T")
Kinds: TypeAlias = type | tuple[type, ...]
LONGEST_TEXT: Final = 10_000
"""Characters that a text from outside may have."""

_LARGEST_BITS: Final = 63
_EMPTY: Final = ()
_NO_ORDER: Final = (str, bytes, set, frozenset, dict)


def require_date(value: object, name: str) -> None:
    """Refuse all but a plain date; a ``datetime`` has a time and a zone that no rule reads."""
    if type(value) is not date:
        hint = "call .date() on a datetime" if isinstance(value, datetime) else ""
        raise DateTypeError(
            f"{name} is not a plain date", expected="datetime.date", got=value, hint=hint
        )


def require_optional_date(value: object, name: str) -> None:
    """Refuse all but a plain date or None."""
    if value is not None:
        require_date(value, name)


def is_a(value: object, kind: type[_T]) -> TypeGuard[_T]:
    """Say whether a value is an instance of *kind* by its type, whatever it says of its class."""
    return issubclass(type(value), kind)


def require_type(value: object, kinds: Kinds, name: str, *, hint: str = "") -> None:
    """Refuse a value that is an instance of none of *kinds*; the hint says what to write.

    Its type decides, and not what it says of its class: a stand-in for a test has no amounts. A
    text is also refused if it is longer than any text may be.
    """
    if type(value) is not kinds:  # nearly all values are, and one look is less than a call
        _require_kind(value, kinds, name, hint)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise TextTooLongError(
            f"{name} is too long", expected=f"at most {LONGEST_TEXT} characters", got=len(value)
        )


class Parts:
    """Of which types the parts of a value are, by their names, and how a message calls each."""

    def __init__(self, **parts: tuple[Kinds, str] | tuple[Kinds, str, str]) -> None:
        """Take of each part its types, its words, and a hint."""
        self._of = attrgetter(*parts)
        self._rows: list[tuple[frozenset[type], Kinds, str, str]] = []
        for kinds, words, *hint in parts.values():
            plain = frozenset(kinds if isinstance(kinds, tuple) else (kinds,))
            self._rows.append((plain, kinds, words, "".join(hint)))

    def require(self, value: object) -> None:
        """Refuse a value with a part of another type, as ``require_type`` does, in their order."""
        # One look at each is enough for nearly all; a text that says something has a length.
        for part, (plain, kinds, words, hint) in zip(self._of(value), self._rows, strict=True):
            if type(part) not in plain or (part and type(part) is str):
                require_type(part, kinds, words, hint=hint)


def _require_kind(value: object, kinds: Kinds, name: str, hint: str = "") -> None:
    if not issubclass(type(value), kinds):
        wanted = kinds if isinstance(kinds, tuple) else (kinds,)
        names = " or ".join("None" if kind is type(None) else kind.__name__ for kind in wanted)
        raise WrongTypeError(f"{name} is of the wrong type", expected=names, got=value, hint=hint)


def require_text(value: object, name: str, *, bounded: bool = True) -> None:
    """Refuse all but a text with something in it besides white space; its length, if *bounded*."""
    (require_type if bounded else _require_kind)(value, str, name)
    if not str(value).strip():
        raise BlankTextError(f"{name} is blank", expected="some text", got=value)


def require_int(value: object, name: str, *, at_least: int | None = None) -> None:
    """Refuse all but an int of at most 64 bits (a bool is none), or one below *at_least*."""
    if type(value) is not int:
        raise NumberTypeError(f"{name} is not a whole number", expected="int", got=value)
    if value.bit_length() > _LARGEST_BITS:
        raise NumberTooLargeError(f"{name} is absurdly large", expected="a 64-bit int", got=value)
    if at_least is not None and value < at_least:
        raise NumberRangeError(f"{name} is too small", expected=f"{at_least} or more", got=value)


def tuple_of(values: Iterable[_T], kinds: Kinds, name: str, *, first: int = 0) -> tuple[_T, ...]:
    """Return *values* as a tuple whose items are all of *kinds*; a message counts from *first*.

    The first item of another type ends it, so that what never ends is not read for ever.
    """
    if values is _EMPTY:  # as most collections of a document are
        return _EMPTY
    return tuple(_of_kinds(items_of(values, name), kinds, name, first))


def _of_kinds(items: Iterable[_T], kinds: Kinds, name: str, first: int) -> Iterator[_T]:
    for index, item in enumerate(items, start=first):
        if type(item) is not kinds or kinds is str:  # else nothing is wrong, and no name needed
            require_type(item, kinds, f"{name}[{index}]")
        yield item


def items_of(
    values: Iterable[_T],
    name: str,
    *,
    but: tuple[type, ...] = _NO_ORDER,
    expected: str = "a list or tuple",
) -> Iterator[_T]:
    """Return the items of *values*, none of them read yet.

    A text or a mapping is no collection of them, and a set has no order that would be the same in
    every process; *but* says which types are refused where that does not matter.
    """
    try:
        items = None if issubclass(type(values), but) else iter(values)
    except TypeError:  # an array of no dimension has the method, and refuses
        items = None
    if items is None:
        raise WrongTypeError(f"{name} is not a collection", expected=expected, got=values)
    return items
