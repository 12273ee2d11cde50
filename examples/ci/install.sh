#!/usr/bin/env bash
# Puts evilution-go into the path of the steps that follow. VERSION is a version, or
# "." for the source beside this file. GITHUB_PATH is a file of the runner's.
set -euo pipefail
if [ "${VERSION:-latest}" = . ]; then
  bin=${RUNNER_TEMP:-/tmp}/evilution-go-bin
  mkdir -p "$bin"
  (cd "$(dirname "$0")/../.." && go build -o "$bin/evilution-go" ./cmd/evilution-go)
else
  go install "github.com/evilution-go/evilution-go/cmd/evilution-go@${VERSION:-latest}"
  bin=$(go env GOBIN)
  bin=${bin:-$(go env GOPATH)/bin}
fi
echo "$bin" >> "${GITHUB_PATH:-/dev/null}"
echo "installed into $bin"
