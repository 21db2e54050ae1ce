"""Law 2, watched: while a property test runs, no file is opened, no socket, no process, no nap."""

from collections.abc import Generator

# Babel looks for the machine's time zone once, when this module of its is imported, and imports it
# late. No result of ours uses that zone; test_environment.py proves it.
import babel.dates  # noqa: F401  # for what its import does
import pytest

from tests.architecture.audit import watch


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fail the test during which something was asked of the system."""
    with watch() as seen:
        result = yield
    if seen:
        pytest.fail(f"{pyfuncitem.nodeid} is not pure: {'; '.join(seen[:5])}", pytrace=False)
    return result
