"""The house of pyproject.toml: a room imports only from the rooms below it."""

import tomllib

import pytest
from importlinter import cli

from tests.architecture.house import PACKAGE, ROOT

CONFIG = ROOT / "pyproject.toml"
CONTRACTS = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
ROOMS = [
    path.parent.relative_to(PACKAGE).as_posix().replace("/", ".")
    for path in sorted(PACKAGE.glob("*/**/__init__.py"))
]


def test_every_import_contract_holds(capfd: pytest.CaptureFixture[str]):
    status = cli.lint_imports(config_filename=str(CONFIG), no_cache=True)
    assert status == cli.EXIT_STATUS_SUCCESS, capfd.readouterr().out


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_own_order_of_modules(room: str):
    layered = {
        container
        for contract in CONTRACTS
        if contract["type"] == "layers" and contract["exhaustive"]
        for container in contract["containers"]
    }
    assert f"milestone_invoicing.{room}" in layered


@pytest.mark.parametrize(
    ("library", "room"), [("babel", "display"), ("dateutil", "timing"), ("hypothesis", "testing")]
)
def test_one_room_alone_may_know_a_library(library: str, room: str):
    (contract,) = (one for one in CONTRACTS if one.get("forbidden_modules") == [library])
    (exempt,) = contract["ignore_imports"]
    assert contract["source_modules"] == ["milestone_invoicing"]
    assert exempt.startswith(f"milestone_invoicing.{room}")
