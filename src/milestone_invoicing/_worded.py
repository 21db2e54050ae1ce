"""Members of an enumeration that read as words; it knows no domain."""

from enum import Enum


class Worded(Enum):
    """An enumeration whose members are texts, and print as them."""

    def __str__(self) -> str:
        """Return the value, which is what people call the member."""
        return str(self.value)
