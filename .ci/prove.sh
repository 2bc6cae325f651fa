#!/usr/bin/env bash
# Proves what lies in $OUTPUT once more, with $PROGRAM, against $CONTENT. Into $REPORT go proof.html
# for people, proof.xml (JUnit) for CI and proof.json; the summary of the run gets a table.
set -euo pipefail

mkdir -p "$REPORT"
arguments=(--content "$CONTENT" --output "$OUTPUT" --format-errors "${FORMAT_ERRORS:-github}")
if [ "${PROJECT_TEMPLATES:-true}" = false ]; then arguments+=(--no-project-templates); fi
code=0
"$PROGRAM" proof "${arguments[@]}" --html "$REPORT/proof.html" --junit "$REPORT/proof.xml" \
    --json "$REPORT/proof.json" --markdown "$REPORT/proof.md" || code=$?
if [ -f "$REPORT/proof.md" ]; then
    { printf '### Briefings\n\n'; cat "$REPORT/proof.md"; } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
exit "$code"
