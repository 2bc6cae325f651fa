#!/usr/bin/env bash
# What the job `briefings` of briefpress.gitlab-ci.yml does: it builds, proves, and leaves reports that
# GitLab shows in merge requests. Its settings are variables that begin with BRIEFPRESS_.
set -euo pipefail

here=$(dirname "$0")
export PROGRAM=${BRIEFPRESS_PROGRAM:-briefpress}
export CONTENT=$BRIEFPRESS_CONTENT OUTPUT=$BRIEFPRESS_OUTPUT REPORT=briefpress-proof
export BRIEFINGS=${BRIEFPRESS_BRIEFINGS:-} LARGE_PRINT=${BRIEFPRESS_LARGE_PRINT:-false}
export PROJECT_TEMPLATES=${BRIEFPRESS_PROJECT_TEMPLATES:-true}

# The report is there also where there are no faults, so that GitLab sees that they were mended.
code=0
FORMAT_ERRORS=gitlab "$here/build.sh" >briefpress-faults.json || code=$?
if [ "$code" -ne 0 ]; then
    # Once more for people, who read the log.
    FORMAT_ERRORS=text "$here/build.sh" || exit "$code"
fi
FORMAT_ERRORS=text "$here/prove.sh"
