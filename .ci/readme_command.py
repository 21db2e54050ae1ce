"""Print the one command line that stands under a heading of README.md.

The README is the manual, so the checks run what it says, literally.
"""

import re
import sys
from pathlib import Path

FENCE = re.compile(r"^```(?:console|sh)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    """Return what stands between the level-two *heading* and the next one."""
    parts = re.split(r"^## +", text, flags=re.MULTILINE)
    for part in parts[1:]:
        title, _, body = part.partition("\n")
        if title.strip() == heading:
            return body
    sys.exit(f"README.md has no section '## {heading}'")


def command(text: str, heading: str) -> str:
    """Return the only command line of the first fence under *heading*, without its prompt."""
    fence = FENCE.search(section(text, heading))
    if fence is None:
        sys.exit(f"'## {heading}' has no ```console fence")
    lines = [line for line in fence["body"].splitlines() if line.strip()]
    if len(lines) != 1:
        sys.exit(f"'## {heading}' needs one command line, got {len(lines)}")
    return lines[0].removeprefix("$ ").strip()


if __name__ == "__main__":
    print(command(Path("README.md").read_text(encoding="utf-8"), sys.argv[1]))
