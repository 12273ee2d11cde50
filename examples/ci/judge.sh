#!/usr/bin/env bash
# Judges the lines that have changed since $SINCE (everything if it is empty), with
# annotations where the platform has them, and ends with the exit code of the gate.
# PACKAGES and ARGS are words of the command line.
set -euo pipefail
report=${RUNNER_TEMP:-${TMPDIR:-/tmp}}/evilution-go.json
arguments=(run --report "json=$report")
if [ -n "${SINCE:-}" ]; then
  # Clones of CI are shallow; the base has to be there to be compared with.
  if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    git fetch --quiet --unshallow origin
  fi
  git rev-parse --quiet --verify "$SINCE^{commit}" > /dev/null || git fetch --quiet origin "$SINCE"
  arguments+=(--since "$SINCE")
fi
# shellcheck disable=SC2206 # they are words
arguments+=(${ARGS:-} ${PACKAGES:-./...})
echo "report=$report" >> "${GITHUB_OUTPUT:-/dev/null}"
exec evilution-go "${arguments[@]}"
