"""What a check finds: a value that says where, what and how bad; it finds nothing itself."""

from enum import unique

import attrs

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing._worded import Worded


@unique
class Severity(Worded):
    """How bad a finding is: an ERROR is wrong, a WARNING is risky, a NOTE is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen
class Finding:
    """Something that a check found; nothing is raised for it.

    Args:
        path: where, such as ``milestones.design.deliverable``.
        code: a stable name of the finding, never reused.
        message: what is wrong, in lower case, and what would mend it.
        severity: how bad it is.

    Raises:
        BlankTextError: a text is blank.
        WrongTypeError: a part is of another type.

    Example:
        >>> str(Finding("milestones.a", "over_half", "it is worth 80%", Severity.WARNING))
        'warning: milestones.a: it is worth 80% (over_half)'

    Source: convention of this library.
    """

    path: str
    code: str
    message: str
    severity: Severity

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        for name in ("path", "code", "message"):
            # What is found may have a long list of names in it.
            require_text(getattr(self, name), f"the {name} of a finding", bounded=False)
        require_type(self.severity, Severity, "the severity of a finding")

    def __str__(self) -> str:
        """Return severity, place, message and code on one line."""
        return f"{self.severity}: {self.path}: {self.message} ({self.code})"
