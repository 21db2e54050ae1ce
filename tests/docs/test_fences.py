"""Every fenced block of README and docs runs, in order, as a reader would type it."""

import doctest
import io
import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib.util import find_spec
from typing import NamedTuple

import pytest

from tests.architecture.house import ROOT

PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
]
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)
# Commands are not run here: `.ci/run` runs those of the README, literally, from their fences.
COMMANDS = re.compile(
    r"(?:\$ )?(?:git clone |python3 -m venv |(?:python|\.venv/bin/python|\.venv/bin/pip|pip) )"
)
MAY_SHOW_COMMANDS = ("README.md", "docs/how-to/", "docs/tutorial/")
# Pages that run other libraries than those of the tests, which ask for an older dateutil.
NEEDS = {"docs/how-to/business-calendars.md": ("holidays", "workalendar")}
# Where this is set, such a page fails without them; elsewhere it skips, and says why.
REQUIRED = "MILESTONE_INVOICING_REQUIRE_CALENDARS"
each_page = pytest.mark.parametrize("page", PAGES)


class Fence(NamedTuple):
    """A fenced block: its language, its text, and the line of the page on which it opens."""

    language: str
    body: str
    line: int


def fences(page: str) -> Iterator[Fence]:
    """Yield the fenced blocks of *page* in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        body = re.sub(f"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
        yield Fence(found["language"].strip(), body, text.count("\n", 0, found.start()) + 1)


def run(fence: Fence, page: str, namespace: dict[str, object]) -> str:
    """Run a Python fence in *namespace* and return what failed."""
    if ">>>" not in fence.body:
        with redirect_stdout(io.StringIO()):
            exec(compile("\n" * fence.line + fence.body, page, "exec"), namespace)  # noqa: S102  # the point
        return ""
    name = f"{page}:{fence.line}"  # of its own, so that a traceback finds the lines of its fence
    test = doctest.DocTestParser().get_doctest(fence.body, namespace, name, page, fence.line)
    test.globs = namespace  # not a copy: a function sees the names of later fences, as when typed
    report = io.StringIO()
    doctest.DocTestRunner().run(test, out=report.write, clear_globs=False)
    return report.getvalue()


@each_page
def test_the_python_of_a_page_runs_in_order_and_prints_what_it_says(page: str):
    missing = [name for name in NEEDS.get(page, ()) if find_spec(name) is None]
    if missing and not os.environ.get(REQUIRED):
        pytest.skip(f"{page} needs {' and '.join(missing)}: install '.[test,calendars]'")
    namespace: dict[str, object] = {"__name__": "__main__"}
    python = [fence for fence in fences(page) if fence.language == "python"]
    assert "".join(run(fence, page, namespace) for fence in python) == ""


@each_page
def test_a_fence_is_python_a_known_command_or_plain_text(page: str):
    for fence in fences(page):
        assert fence.language in {"python", "console", "text"}, f"{page}:{fence.line}"
        if fence.language == "console":
            assert page.startswith(MAY_SHOW_COMMANDS), f"{page}:{fence.line} shows commands"
            for line in fence.body.splitlines():
                assert COMMANDS.match(line), f"{page}:{fence.line}: {line}"


@each_page
def test_every_fence_that_opens_closes(page: str):
    marks = re.findall(r"^ *```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(marks) == 2 * len(list(fences(page)))


@each_page
def test_every_relative_link_of_a_page_leads_to_a_file(page: str):
    text = FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]
    assert not missing
