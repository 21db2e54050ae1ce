"""Tests of the shape of the library rather than of what it computes."""
