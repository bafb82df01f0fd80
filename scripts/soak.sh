#!/usr/bin/env bash
# Runs the tests that repeat themselves (merge orders, kills, power cuts, generated
# offices) SOPHOBIEN_COUNT times instead of their everyday count.
set -euo pipefail
cd "$(dirname "$0")/.."
export SOPHOBIEN_COUNT=${SOPHOBIEN_COUNT:-100000}

mapfile -t packages < <(grep -rlE --include='*_test.go' 'SOPHOBIEN_COUNT|recordtest\.Count' . | xargs -r -n1 dirname | sort -u)
[ ${#packages[@]} -gt 0 ] || { echo "soak: no test repeats itself" >&2; exit 1; }
echo "SOPHOBIEN_COUNT=$SOPHOBIEN_COUNT: ${packages[*]}"
go test -count 1 -timeout 0 -v "${packages[@]}"
