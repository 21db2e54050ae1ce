"""The tests: see README.md beside this file for what goes where."""
