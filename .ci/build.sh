#!/usr/bin/env bash
# Builds the briefings of $CONTENT into $OUTPUT with $PROGRAM. $BRIEFINGS are names, or nothing for
# all of them; LARGE_PRINT=true makes a second PDF of each, PROJECT_TEMPLATES=false leaves out the
# templates that the project brings. Faults are shown as $FORMAT_ERRORS says.
set -euo pipefail

arguments=(--content "$CONTENT" --output "$OUTPUT" --format-errors "${FORMAT_ERRORS:-github}")
if [ "${LARGE_PRINT:-false}" = true ]; then arguments+=(--large-print); fi
if [ "${PROJECT_TEMPLATES:-true}" = false ]; then arguments+=(--no-project-templates); fi
# All lines of it; `read` ends with 1 where it finds no NUL.
read -d '' -ra briefings <<<"${BRIEFINGS:-}" || true
"$PROGRAM" build "${arguments[@]}" -- "${briefings[@]}"
