"""What a finding carries, and what it refuses."""

import re

import pytest

from milestone_invoicing import BlankTextError, Finding, Severity, WrongTypeError


def test_a_finding_reads_on_one_line():
    finding = Finding("milestones.a", "over_half", "it is worth 80%", Severity.NOTE)
    assert str(finding) == "note: milestones.a: it is worth 80% (over_half)"


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ((" ", "c", "m", Severity.NOTE), BlankTextError,
         "the path of a finding is blank: expected some text, got ' '"),
        (("p", "", "m", Severity.NOTE), BlankTextError,
         "the code of a finding is blank: expected some text, got ''"),
        (("p", "c", "", Severity.NOTE), BlankTextError,
         "the message of a finding is blank: expected some text, got ''"),
        (("p", "c", 1, Severity.NOTE), WrongTypeError,
         "the message of a finding is of the wrong type: expected str, got 1"),
        (("p", "c", "m", "note"), WrongTypeError,
         "the severity of a finding is of the wrong type: expected Severity, got 'note'"),
    ],
    ids=["no path", "no code", "no message", "a message that is a number", "severity in words"],
)  # fmt: skip
def test_refusals(parts: tuple[object, ...], error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        Finding(*parts)


def test_what_is_found_may_be_long_to_tell():
    assert len(Finding("p", "c", "m" * 10_001, Severity.NOTE).message) == 10_001
