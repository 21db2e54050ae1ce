"""Measures what ``import milestone_invoicing`` costs beside the imports that it needs.

Run ``python -m tests.architecture.import_cost``. The goal is at most three times the cost of attrs
and the standard modules; no test asserts it, since a busy machine is no failure.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.architecture.house import sources

RUNS = 20
# Rooms that are entered by name, and what only they need.
APART = ("display/", "testing.py")
TIMED = "import time; begun = time.perf_counter(); {}; print(time.perf_counter() - begun)"


def needed() -> Iterator[str]:
    """Yield what the modules behind the front door import from outside the library."""
    for path, tree in sources().items():
        if not path.startswith(APART):
            for node in tree.body:  # what a function imports is loaded when that is first called
                if isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module


def cost(statement: str) -> float:
    """Return the least of several times, in milliseconds, each in a fresh interpreter."""
    command = [sys.executable, "-c", TIMED.format(statement)]
    ran = (subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(RUNS))
    return min(float(one.stdout) for one in ran) * 1000


def main() -> None:
    """Print both costs and their ratio."""
    outside = sorted({name for name in needed() if not name.startswith("milestone_invoicing")})
    least, ours = cost(f"import {', '.join(outside)}"), cost("import milestone_invoicing")
    print(f"what it needs {least:.1f} ms, with it {ours:.1f} ms: {ours / least:.2f} times")


if __name__ == "__main__":
    main()
