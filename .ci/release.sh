#!/usr/bin/env bash
# Attaches what was published in $OUTPUT to the release of the tag $GITHUB_REF_NAME, which is made if
# there is none. Needs `gh`, and a token in GH_TOKEN that may write the repository's contents.
set -euo pipefail

# A line of it is a digest of 64 digits, two spaces, and a path. Covers and lists are for websites.
mapfile -t paths < <(cut -c 67- "$OUTPUT/SHA256SUMS" | grep / | grep -v '\.cover\.png$')
files=("$OUTPUT/SHA256SUMS")
for path in "${paths[@]}"; do files+=("$OUTPUT/$path"); done

tag=$GITHUB_REF_NAME
if ! gh release view "$tag" >/dev/null 2>&1; then
    gh release create "$tag" --verify-tag --title "$tag" --generate-notes
fi
gh release upload "$tag" --clobber -- "${files[@]}"
