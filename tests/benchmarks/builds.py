"""Builds of the library, each in a process of its own that runs ``house_works.py``."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from math import log
from pathlib import Path
from statistics import linear_regression, median
from tempfile import TemporaryDirectory

import milestone_invoicing

FOLDER = Path(__file__).parent
TODAY = Path(milestone_invoicing.__file__).parents[1]


class Build:
    """A process that runs works with one build."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def measured(self, work: str, size: int, *, measure: str = "seconds") -> float:
        """Return the seconds or the bytes of one run of a work, on fresh values."""
        asks, answers = self.process.stdin, self.process.stdout
        assert asks is not None
        assert answers is not None
        print(json.dumps([measure, work, size]), file=asks, flush=True)
        return float(answers.readline())

    def growth(self, work: str, start: int, *, most: int, enough: float) -> list[tuple[int, float]]:
        """Return the last three sizes and their least seconds, doubled until one takes *enough*."""
        found: list[tuple[int, float]] = []
        size = start
        while len(found) < 3 or (found[-1][1] < enough and found[-1][0] < most):
            found.append((size, min(self.measured(work, size) for _ in range(3))))
            size = min(2 * size, most)
        return found[-3:]


def in_turn(*works: tuple[Build, str, int], turns: int) -> list[float]:
    """Return the median seconds of each, taken in turns."""
    rounds = [[build.measured(work, size) for build, work, size in works] for _ in range(turns)]
    return [median(seconds) for seconds in zip(*rounds, strict=True)]


def exponent(points: list[tuple[int, float]]) -> float:
    """Fit seconds = c * size ** exponent by least squares."""
    sizes, seconds = zip(*points, strict=True)
    return linear_regression([log(size) for size in sizes], [log(each) for each in seconds]).slope


@contextmanager
def build_at(source: Path) -> Generator[Build, None, None]:
    """Start a process with the package in *source*, which writes its bytecode there."""
    hidden = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    with subprocess.Popen(
        [sys.executable, str(FOLDER / "house_works.py")],
        env=inherited | {"PYTHONPATH": str(source), "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Build(process)


@contextmanager
def build_of(commit: str) -> Generator[Build, None, None]:
    """Start a process with the source of a commit of this repository, in a temporary folder."""
    command = [shutil.which("git") or "git", "archive", "--format=tar", f"{commit}:src"]
    top = FOLDER.parents[1]  # git archives what is below the folder it is called in
    archive = subprocess.run(command, cwd=top, check=True, capture_output=True).stdout
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        with build_at(Path(folder)) as build:
            yield build
