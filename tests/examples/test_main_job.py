"""The script that the README runs first tells all five stories, in three languages."""

import pytest

from tests.examples.stories import EXAMPLES, script

TITLES = ("UX design", "SaaS build", "Identité visuelle", "Nieuwbouw Dijkweg 4", "Portfolio")


def test_the_main_job_prints_every_story_in_order(capsys: pytest.CaptureFixture[str]):
    script("main_job").main()
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in TITLES] == list(TITLES)
    assert sum("=" * len(title) in lines for title in TITLES) == len(TITLES)


def test_every_script_but_the_shared_one_and_the_main_job_has_its_figures_checked():
    scripts = {path.stem for path in EXAMPLES.glob("*.py")} - {"showing", "main_job"}
    here = EXAMPLES.parents[1] / "tests" / "examples"
    assert {f"test_{name}.py" for name in scripts} <= {path.name for path in here.glob("test_*.py")}
