"""Reads the conformance cases that live beside the checkout, in ``../shared/cases``.

They are figures from other systems and are never copied into the project. Without the folder the
tests skip; with ``MILESTONE_INVOICING_REQUIRE_CASES=1``, as in CI, its absence fails.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """Return the rows of ``<name>.json``; without the folder, skip the calling module or test."""
    if not FOLDER.is_dir() and os.environ.get("MILESTONE_INVOICING_REQUIRE_CASES") != "1":
        pytest.skip(f"no conformance cases at {FOLDER}", allow_module_level=True)
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def case_id(case: dict[str, Any]) -> str:
    """Return the source of *case*, for use as ``ids=case_id``."""
    return str(case.get("id") or case.get("source") or "case")
