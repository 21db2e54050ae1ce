"""Law 9: every error is ours and a builtin, has a stable code, and survives pickle and copy."""

import builtins
import copy
import inspect
import pickle

import pytest

from milestone_invoicing import errors
from tests.architecture.house import PUBLIC, ROOT, modules, public_names

ERRORS = sorted(
    {
        cls
        for module in modules()
        for cls in vars(module).values()
        if inspect.isclass(cls) and issubclass(cls, errors.MilestoneInvoicingError)
    },
    key=lambda cls: cls.__name__,
)
CLASSES = [cls for cls in ERRORS if cls is not errors.MilestoneInvoicingError]
BUILTINS = {cls for cls in vars(builtins).values() if inspect.isclass(cls)}
TOO_WIDE = {object, BaseException, Exception}
each_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)


def operands(cls: type) -> dict[str, object]:
    """Return a value for each operand that *cls* and its bases announce."""
    names = {name for base in cls.__mro__ for name in inspect.get_annotations(base)}
    own = names - set(inspect.get_annotations(errors.MilestoneInvoicingError))
    return {name: (name, index) for index, name in enumerate(sorted(own))}


def raised(cls: type[errors.MilestoneInvoicingError]) -> errors.MilestoneInvoicingError:
    """Return an error of *cls* as the library would build it."""
    return cls("a fact", expected="something", got=-1, hint="call it", **operands(cls))


@each_class
def test_an_error_is_ours_and_a_builtin_and_carries_the_suffix(cls: type):
    assert issubclass(cls, errors.MilestoneInvoicingError)
    assert (set(cls.__mro__) & BUILTINS) - TOO_WIDE
    assert cls.__name__.endswith("Error")
    assert inspect.getdoc(cls)


def test_every_code_is_told_once_in_snake_case():
    codes = [vars(cls).get("code") for cls in ERRORS]
    assert None not in codes, [cls.__name__ for cls in ERRORS if "code" not in vars(cls)]
    assert len(set(codes)) == len(codes)
    assert all(code == code.lower() and code.isidentifier() for code in codes)


@each_class
def test_every_error_is_importable_from_the_library_itself(cls: type):
    assert public_names().get(f"{PUBLIC[0]}.{cls.__name__}") is cls


@each_class
def test_an_error_says_what_was_expected_what_came_and_how_to_mend_it(cls: type):
    assert str(raised(cls)) == "a fact: expected something, got -1; call it"


@each_class
def test_an_error_survives_pickle_and_copy_with_its_operands(cls: type):
    error = raised(cls)
    pieces = {"fact": "a fact", "expected": "something", "got": -1, "hint": "call it"}
    pickled = (pickle.loads(pickle.dumps(error, p)) for p in range(2, pickle.HIGHEST_PROTOCOL + 1))
    for back in (*pickled, copy.copy(error), copy.deepcopy(error)):
        assert type(back) is cls
        assert str(back) == str(error)
        assert back.args == error.args
        assert vars(back) == pieces | operands(cls)


@pytest.mark.parametrize("cls", ERRORS, ids=lambda cls: cls.__name__)
def test_every_error_is_in_the_reference_with_its_code(cls: type):
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if f"`{cls.__name__}`" in line]
    assert any(f"`{cls.code}`" in row for row in rows), (
        f"docs/reference/errors.md needs a line with `{cls.__name__}` and `{cls.code}`"
    )
