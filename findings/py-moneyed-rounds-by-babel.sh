#!/usr/bin/env bash
# py-moneyed 3.0 writes an amount with the decimals that the installed Babel has for the currency, also in
# str(), and rounds to them in silence. CLDR changed the decimals of four currencies between Babel 2.18.0
# and 2.19.0: a dependency of a dependency turns "HUF 1234.56" into "HUF 1235".
#
# The surprise: the printed parts no longer sum to the printed total, though no amount has changed, and
# ISO 4217 has two decimals for all four, before and after (in CLDR HUF, IDR and COP went from 2 to 0, RSD
# from 0 to 2).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
pip() { "$work/venv/bin/python" -m pip --disable-pip-version-check "$@"; }

show() {
    pip install --quiet py-moneyed==3.0 typing_extensions==4.16.0 "babel==$1"
    "$work/venv/bin/python" - <<'PY'
import babel
from moneyed import Money

parts = [Money("0.40", "HUF"), Money("0.40", "HUF"), Money("1234.56", "HUF")]
line = [*map(str, parts), "| sum", str(sum(parts)), "|", str(Money("1234.56", "RSD"))]
print("Babel", babel.__version__, "|", " ".join(line).replace("\N{NO-BREAK SPACE}", " "))
PY
}

show 2.18.0 > "$work/seen"
show 2.19.0 >> "$work/seen"
cat "$work/seen"
diff - "$work/seen" <<'SEEN'
Babel 2.18.0 | HUF 0.40 HUF 0.40 HUF 1234.56 | sum HUF 1235.36 | RSD 1235
Babel 2.19.0 | HUF 0 HUF 0 HUF 1235 | sum HUF 1235 | RSD 1234.56
SEEN
