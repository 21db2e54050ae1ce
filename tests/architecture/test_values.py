"""Law 1: every public value is frozen, slotted, hashable, picklable, copyable, equal by value."""

import copy
import pickle

import attrs
import cloudpickle
import pytest

from milestone_invoicing.errors import MilestoneInvoicingError
from tests.architecture.house import public_values
from tests.architecture.samples import samples

PAIRS = [
    pytest.param(one, other, id=f"{type(one).__name__}-{index}")
    for index, (one, other) in enumerate(zip(samples(), samples(), strict=True))
]

# attrs keeps its message out of the text of the error before 26.1.
FROZEN = r"^(can't set attribute)?$"


@pytest.mark.parametrize("cls", public_values(), ids=lambda cls: cls.__name__)
def test_every_public_attrs_class_has_a_sample(cls: type):
    assert cls in {type(value) for value in samples()}, (
        f"give {cls.__name__} a sample in tests/architecture/samples.py"
    )


@pytest.mark.parametrize("cls", public_values(), ids=lambda cls: cls.__name__)
def test_every_public_attrs_class_has_slots_and_no_mutable_default(cls: type):
    assert "__dict__" not in dir(cls)
    defaults = [field.default for field in attrs.fields(cls)]
    assert not [value for value in defaults if isinstance(value, list | dict | set)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_value_takes_no_assignment_no_deletion_and_no_new_attribute(one: object, other: object):
    for field in attrs.fields(type(one)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError, match=FROZEN):
            setattr(one, field.name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError, match=FROZEN):
            delattr(one, field.name)
    with pytest.raises(attrs.exceptions.FrozenInstanceError, match=FROZEN):
        one.added_later = 1
    assert one == other


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_values_built_alike_are_equal_and_hash_alike(one: object, other: object):
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other}) == 1
    assert repr(one) == repr(other)


def test_values_built_differently_are_unequal():
    values = samples()
    assert all(values[i] != values[j] for i in range(len(values)) for j in range(i))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_survives_pickle_and_takes_no_cache_along(
    one: object, other: object, protocol: int
):
    before = pickle.dumps(one, protocol)
    use(one)
    back = pickle.loads(before)
    assert (type(back), back, hash(back), repr(back)) == (type(one), one, hash(one), repr(one))
    assert pickle.loads(pickle.dumps(one, protocol)) == back
    assert len(pickle.dumps(one, protocol)) == len(before)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_value_goes_to_another_process_by_the_pickler_of_engines(one: object, other: object):
    # It sends a method along with all that it needs: names of ours must do, for a worker has them.
    sent = cloudpickle.dumps(one)
    assert b"_make_function" not in sent
    assert pickle.loads(sent) == other


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_value_survives_copy_and_deepcopy(one: object, other: object):
    for back in (copy.copy(one), copy.deepcopy(one)):
        assert (type(back), back, hash(back), repr(back)) == (type(one), one, hash(one), repr(one))


def use(value: object) -> None:
    """Read all public properties of *value*, so that what it caches is there."""
    for name in dir(type(value)):
        if not name.startswith("_"):
            try:
                getattr(value, name)
            except MilestoneInvoicingError:
                continue  # a property may refuse: a draft has no due dates
