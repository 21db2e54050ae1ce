"""The checks of the boundary: types, plain dates, texts, whole numbers, collections."""

from datetime import date, datetime

import pytest

from milestone_invoicing import _checks as checks
from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    NumberRangeError,
    NumberTypeError,
    TextTooLongError,
    WrongTypeError,
)

MAY_4 = date(2026, 5, 4)


class Feast(date):
    """A date that is more than a date."""


def test_a_plain_date_passes():
    checks.require_date(MAY_4, "on")
    checks.require_optional_date(MAY_4, "on")
    checks.require_optional_date(None, "on")


@pytest.mark.parametrize("check", [checks.require_date, checks.require_optional_date])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(
            datetime(2026, 5, 4),  # as users pass it
            "got 2026-05-04 00:00:00; call .date() on a datetime",
            id="a datetime",
        ),
        pytest.param(Feast(2026, 5, 4), "got 2026-05-04", id="a subclass of date"),
        pytest.param("2026-05-04", "got '2026-05-04'", id="a text"),
        pytest.param(20260504, "got 20260504", id="an int"),
    ],
)
def test_what_is_no_plain_date_is_refused(check: object, value: object, message: str):
    with pytest.raises(DateTypeError, match=r"^on is not a plain date: ") as raised:
        check(value, "on")
    assert str(raised.value) == f"on is not a plain date: expected datetime.date, {message}"


def test_none_is_no_date_unless_it_may_be():
    with pytest.raises(DateTypeError, match=r"expected datetime\.date, got None$"):
        checks.require_date(None, "on")


@pytest.mark.parametrize(
    ("value", "kinds", "names"),
    [
        pytest.param(3, str, "str", id="int for str"),
        pytest.param(3, (str, type(None)), "str or None", id="int for str or None"),
        pytest.param(None, str, "str", id="None for str"),
        pytest.param("x", (int, str.__class__), "int or type", id="text for int or type"),
    ],
)
def test_another_type_is_refused(value: object, kinds: type | tuple[type, ...], names: str):
    message = f"^it is of the wrong type: expected {names}, got {value!r}$"
    with pytest.raises(WrongTypeError, match=message):
        checks.require_type(value, kinds, "it")


@pytest.mark.parametrize(
    ("value", "kinds"), [("x", str), ("x", (int, str)), (None, (str, type(None))), (True, int)]
)
def test_an_instance_of_one_of_the_types_passes(value: object, kinds: type | tuple[type, ...]):
    checks.require_type(value, kinds, "it")


@pytest.mark.parametrize("value", ["", " ", "\t\n", "\u00a0"])
def test_a_blank_text_is_refused(value: str):
    with pytest.raises(BlankTextError, match=r"^a key is blank: expected some text, got '"):
        checks.require_text(value, "a key")


def test_a_text_passes_and_another_type_does_not():
    checks.require_text(" x ", "a key")
    with pytest.raises(WrongTypeError, match=r"^a key is of the wrong type: expected str, got 3$"):
        checks.require_text(3, "a key")


@pytest.mark.parametrize("value", [True, 1.0, "1", None])
def test_what_is_no_whole_number_is_refused(value: object):
    message = f"^days is not a whole number: expected int, got {value!r}$"
    with pytest.raises(NumberTypeError, match=message):
        checks.require_int(value, "days", at_least=0)


@pytest.mark.parametrize("least", [0, 1, -3])
def test_a_whole_number_has_a_least(least: int):
    checks.require_int(least, "days", at_least=least)
    checks.require_int(least - 1, "days")
    message = f"^days is too small: expected {least} or more, got {least - 1}$"
    with pytest.raises(NumberRangeError, match=message):
        checks.require_int(least - 1, "days", at_least=least)


@pytest.mark.parametrize(
    "values", [[1, 2], (1, 2), range(1, 3), iter([1, 2]), {1: "a", 2: "b"}.keys()]
)
def test_a_collection_becomes_a_tuple_in_its_order(values: object):
    assert checks.tuple_of(values, int, "numbers") == (1, 2)


@pytest.mark.parametrize("values", ["12", b"12", {1, 2}, frozenset((1, 2)), {1: 2}, 3, None])
def test_what_has_no_items_or_no_order_is_no_collection(values: object):
    message = "^numbers is not a collection: expected a list or tuple, got "
    with pytest.raises(WrongTypeError, match=message):
        checks.tuple_of(values, (int, str), "numbers")


def test_an_item_of_another_type_is_refused_by_its_place():
    message = r"^numbers\[1\] is of the wrong type: expected int, got 'x'$"
    with pytest.raises(WrongTypeError, match=message):
        checks.tuple_of([1, "x"], int, "numbers")


def test_the_place_of_an_item_counts_from_what_is_there_already():
    message = r"^facts\[3\] is of the wrong type: expected int, got 'x'$"
    with pytest.raises(WrongTypeError, match=message):
        checks.tuple_of([1, "x"], int, "facts", first=2)


@pytest.mark.parametrize("item", ["x" * 10_001, "xx" * 10_000])
def test_a_text_in_a_collection_is_no_longer_than_any_other(item: str):
    message = r"^names\[1\] is too long: expected at most 10000 characters, got "
    with pytest.raises(TextTooLongError, match=message):
        checks.tuple_of(["a", item], str, "names")


class Named:
    """A value of three parts."""

    def __init__(self, name: object = "", size: object = 1, note: object = None) -> None:
        self.name, self.size, self.note = name, size, note


class Word(str):
    """A text that is more than a text."""

    __slots__ = ()


PARTS = checks.Parts(
    name=(str, "the name"),
    size=(int, "the size", "count them"),
    note=((str, type(None)), "the note"),
)


@pytest.mark.parametrize(
    "value", [Named(), Named("a", note="b"), Named(Word("a"), True), Named("a" * 10_000)]
)
def test_parts_of_their_types_pass(value: Named):
    PARTS.require(value)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (Named(3), WrongTypeError, "the name is of the wrong type: expected str, got 3"),
        (Named(None), WrongTypeError, "the name is of the wrong type: expected str, got None"),
        (
            Named(size="3", note=3),
            WrongTypeError,
            "the size is of the wrong type: expected int, got '3'; count them",
        ),
        (
            Named(note=0),
            WrongTypeError,
            "the note is of the wrong type: expected str or None, got 0",
        ),
        (
            Named(note="x" * 10_001),
            TextTooLongError,
            "the note is too long: expected at most 10000 characters, got 10001",
        ),
        (Named(Word("x" * 10_001)), TextTooLongError, "the name is too long"),
    ],
)
def test_the_first_part_of_another_type_is_refused(
    value: Named, error: type[Exception], message: str
):
    with pytest.raises(error, match=f"^{message}"):
        PARTS.require(value)


class Posing:
    """An object that says it is of a class, and has nothing of it."""

    def __init__(self, cls: type) -> None:
        self.cls = cls

    @property
    def __class__(self) -> type:
        return self.cls

    def __repr__(self) -> str:
        return "posing"


@pytest.mark.parametrize("kind", [str, int, list, date])
def test_what_says_that_it_is_of_a_class_is_not(kind: type):
    value = Posing(kind)
    assert isinstance(value, kind)
    assert not checks.is_a(value, kind)
    with pytest.raises(
        WrongTypeError, match=rf"^it is of .*: expected {kind.__name__}, got posing$"
    ):
        checks.require_type(value, kind, "it")


@pytest.mark.parametrize("kind", [int, list])
def test_a_collection_that_is_none_is_refused(kind: type):
    message = r"^it is not a collection: expected a list or tuple, got posing$"
    with pytest.raises(WrongTypeError, match=message):
        checks.tuple_of(Posing(kind), object, "it")


def test_the_items_of_a_collection_are_looked_at_as_they_come():
    read: list[int] = []

    def numbers():
        for number in (1, 2):
            read.append(number)
            yield number

    message = r"^it\[0\] is of the wrong type: expected str, got 1$"
    with pytest.raises(WrongTypeError, match=message):
        checks.tuple_of(numbers(), str, "it")
    assert read == [1]
    items = checks.items_of(numbers(), "it")
    assert (read, list(items), read) == ([1, 1, 2], [1, 2], [1, 1, 2])


def test_which_types_are_no_collection_may_be_said():
    assert sorted(checks.items_of({1, 2}, "it", but=(str,))) == [1, 2]
    with pytest.raises(WrongTypeError, match=r"^it is not a collection: expected days, got 'ab'$"):
        checks.items_of("ab", "it", but=(str,), expected="days")


@pytest.mark.parametrize("check", [checks.require_type, checks.require_text])
def test_a_text_has_at_most_ten_thousand_characters(check: object):
    given = (str,) if check is checks.require_type else ()
    check("x" * 10_000, *given, "a note")
    with pytest.raises(
        TextTooLongError,
        match=r"^a note is too long: expected at most 10000 characters, got 10001$",
    ):
        check("x" * 10_001, *given, "a note")


def test_a_text_of_the_library_may_be_longer():
    checks.require_text("x" * 10_001, "a message", bounded=False)
    with pytest.raises(BlankTextError, match=r"^a message is blank: expected some text, got ' '$"):
        checks.require_text(" ", "a message", bounded=False)
    with pytest.raises(
        WrongTypeError, match=r"^a message is of the wrong type: expected str, got 1"
    ):
        checks.require_text(1, "a message", bounded=False)
