#!/usr/bin/env bash
# price-parser 0.5.1 reads the amount of "CHF 1’234’567.50", with the typographic apostrophe (U+2019), as 1.
# With the plain apostrophe it reads all of it.
#
# The surprise: U+2019 is what CLDR wrote between Swiss thousands up to release 48, so that a price which
# Babel 2.18.0 printed comes back as one franc, with its currency and without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
pip() { "$work/venv/bin/python" -m pip --disable-pip-version-check "$@"; }

pip install --quiet price-parser==0.5.1 attrs==26.1.0 babel==2.18.0
"$work/venv/bin/python" - > "$work/seen" <<'PY'
from babel.numbers import format_currency
from price_parser import Price

printed = format_currency("1234567.50", "CHF", locale="de_CH")
for text in (printed, printed.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")):
    read = Price.fromstring(text)
    print(ascii(text), "reads as", read.currency, read.amount)
PY
cat "$work/seen"
diff - "$work/seen" <<'SEEN'
'CHF\xa01\u2019234\u2019567.50' reads as CHF 1
"CHF\xa01'234'567.50" reads as CHF 1234567.50
SEEN
