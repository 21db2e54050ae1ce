"""How rows of text stand in columns: by display width, without trailing spaces."""

import pytest

from milestone_invoicing.display.tables import aligned, display_width, one_line, text_table


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\N{COMBINING ACUTE ACCENT}", 1),
        ("日本", 4),
        ("Ａ", 2),  # noqa: RUF001  # full width on purpose
        ("ｱ", 1),  # half width
        ("कु", 1),  # a vowel sign below its consonant
        ("हिन्दी", 5),  # six signs, of which the virama takes no column
        ("مَ", 1),  # a vowel mark over a letter
        ("\N{RIGHT-TO-LEFT MARK}-1", 2),
        ("a\N{ZERO WIDTH SPACE}b", 2),
        ("1\N{NO-BREAK SPACE}€", 3),
        ("1\N{NARROW NO-BREAK SPACE}%", 3),
        ("₹", 1),
    ],
    ids=ascii,
)
def test_a_text_takes_so_many_columns(text: str, width: int):
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb", "a b"),
        ("a\r\nb", "a b"),
        ("a\tb", "a b"),
        ("a\x1b[31mb", "a [31mb"),
        ("a\x00b\x7fc", "a b c"),
        ("a\N{LINE SEPARATOR}b", "a b"),
        ("a b", "a b"),
        ("\n", ""),
    ],
    ids=ascii,
)
def test_a_cell_is_one_line(text: str, line: str):
    assert one_line(text) == line


def test_a_table_has_titles_a_rule_rows_and_totals_below_another_rule():
    table = text_table(
        ("Name", "Amount"), [("A", "1.00"), ("Long name", "10.00")], totals=[("All", "11.00")]
    )
    assert table.split("\n") == [
        "Name       Amount",
        "---------  ------",
        "A            1.00",
        "Long name   10.00",
        "---------  ------",
        "All         11.00",
    ]


def test_a_table_without_rows_has_titles_and_one_rule():
    assert text_table(("A", "Amount"), []) == "A  Amount\n-  ------"


def test_columns_that_are_aligned_left_end_without_spaces():
    table = text_table(("A", "B"), [("x", "long"), ("y", "")], left=(0, 1))
    assert table == "A  B\n-  ----\nx  long\ny"


def test_wide_signs_accents_and_directions_keep_the_columns():
    table = text_table(
        ("日本", "€"),
        [
            ("e\N{COMBINING ACUTE ACCENT}", "1"),
            ("\N{RIGHT-TO-LEFT MARK}ab", "22"),
            ("one\ntwo", "3"),
        ],
    )
    assert table.splitlines() == [
        "日本      €",
        "-------  --",
        "e\N{COMBINING ACUTE ACCENT}         1",
        "\N{RIGHT-TO-LEFT MARK}ab       22",
        "one two   3",
    ]


def test_aligned_rows_have_no_titles_and_no_rule():
    assert aligned([("Tax", "1"), ("Payable", "22")]) == "Tax       1\nPayable  22"
