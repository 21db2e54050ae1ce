"""The public API is written down, and the vocabulary of every room is at the front door."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pytest

from tests.architecture.api import SNAPSHOT, snapshot
from tests.architecture.house import FOLDERS, modules, public_modules

WITH_ALL = [module for module in modules() if hasattr(module, "__all__")]
ROOMS = [name for name in FOLDERS if find_spec(f"milestone_invoicing.{name}")]


def isort_style(name: str) -> tuple[int, str]:
    """Order constants before classes before the rest, as ruff (RUF022) does."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


def test_every_change_of_the_public_api_is_a_visible_diff():
    assert snapshot().splitlines() == SNAPSHOT.read_text(encoding="utf-8").splitlines(), (
        "the public API changed; if on purpose: python -m tests.architecture.api"
    )


def test_the_front_door_and_the_rooms_entered_by_name_say_what_they_offer():
    assert all(hasattr(module, "__all__") for module in public_modules().values())


@pytest.mark.parametrize("module", WITH_ALL, ids=lambda module: module.__name__)
def test_all_is_sorted_and_every_name_in_it_exists_and_is_public(module: ModuleType):
    assert list(module.__all__) == sorted(set(module.__all__), key=isort_style)
    assert all(hasattr(module, name) for name in module.__all__)
    assert not [name for name in module.__all__ if name.startswith("_")]


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_of_a_room_is_importable_from_the_library_itself(room: str):
    offered = set(import_module(f"milestone_invoicing.{room}").__all__)
    assert offered <= set(import_module("milestone_invoicing").__all__)
