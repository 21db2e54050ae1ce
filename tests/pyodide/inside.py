"""What runs in Pyodide: the first amount, the README, and a slice of tables and laws.

``run.mjs`` starts it, with ``processor_time`` among its names; its last value is the exit code. The
slice holds what 32 bits may change: numbers, how they are divided and printed, and dates.
"""

import os
import sys
from collections.abc import Callable

SLICE = (
    "tests/docs/test_fences.py::test_the_python_of_a_page_runs_in_order_and_prints_what_it_says[README.md]",
    "tests/unit/money",
    "tests/unit/timing",
    "tests/unit/test_display_formats.py",
    "tests/unit/test_display_money_styles.py",
    "tests/properties/test_allocation_laws.py",
    "tests/properties/test_aging_laws.py",
    "tests/properties/test_display_laws.py",
    "tests/properties/test_due_dates.py",
    "tests/properties/test_exact_number_laws.py",
    "tests/properties/test_money_laws.py",
    "tests/properties/test_money_text_laws.py",
    "tests/properties/test_month_laws.py",
    "tests/properties/test_percent_price_laws.py",
    "tests/properties/test_recurrence_laws.py",
    "tests/properties/test_rounding_laws.py",
    "tests/properties/test_rule_laws.py",
    "tests/properties/test_schedule_amounts.py",
)
MOST_SECONDS = 1  # of processor time, until the first amount is printed


def print_an_amount(now: Callable[[], float]) -> float:
    """Print one amount, and how long that took; return the seconds after the import."""
    begun = now()
    from milestone_invoicing import Money  # noqa: PLC0415  # the import is what is timed
    from milestone_invoicing.display import format_money  # noqa: PLC0415

    imported = now()
    print(format_money(Money.of("1234567.50", "EUR"), locale="nl_NL"))
    printed = now()
    print(f"imported in {imported - begun:.2f} s, first amount in {printed - imported:.2f} s")
    return printed - imported


def run(now: Callable[[], float]) -> int:
    """Return 0 if the first amount is there in time and all tests of the slice pass."""
    sys.path.insert(0, "/wheels")
    os.chdir("/repository")
    os.environ.setdefault("HYPOTHESIS_PROFILE", "glance")
    print(f"Python {sys.version.split()[0]}, {sys.maxsize.bit_length() + 1} bits")
    slow = print_an_amount(now) > MOST_SECONDS

    import pytest  # noqa: PLC0415  # not before the amount: it imports half of the library

    failed = pytest.main(["-q", "-p", "no:cacheprovider", *SLICE])
    return int(slow or failed)


run(processor_time)  # noqa: F821  # set by run.mjs
