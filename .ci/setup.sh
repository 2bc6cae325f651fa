#!/usr/bin/env bash
# Sets up Briefpress, as it is in this checkout, in a virtual environment of its own: setup.sh FOLDER.
# With EXTRAS=true it has what charts, imports, signatures and previews need.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
folder=$1
if [ "${EXTRAS:-false}" = true ]; then lock=extras; else lock=runtime; fi

mapfile -t libraries <"$here/requirements/libraries"
"$here/requirements/system.sh" "${libraries[@]}"

"${PYTHON:-python3}" -m venv "$folder"
pip=("$folder/bin/python" -m pip --quiet --disable-pip-version-check --no-input --no-cache-dir)
"${pip[@]}" install --require-hashes --requirement "$here/requirements/$lock.txt"
"${pip[@]}" install --no-build-isolation --no-deps "$here"

echo "program=$folder/bin/briefpress" >>"${GITHUB_OUTPUT:-/dev/null}"
