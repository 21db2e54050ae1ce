"""The cases as a fixture; a table test parametrizes over ``shared_cases.cases`` itself."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conformance.shared_cases import cases as read


@pytest.fixture(scope="session")
def cases() -> Callable[[str], list[dict[str, Any]]]:
    """Return the reader: ``cases("money_round")`` is the rows of that file."""
    return read
