#!/usr/bin/env bash
# Runs every fuzz target of the tree, FUZZTIME each (default 60s), and goes on
# after a finding so that one run shows all of them.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=0
while IFS=: read -r file line; do
  target=$(sed -E 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/' <<<"$line")
  package=$(dirname "$file")
  echo "== $package $target"
  go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-60s}" -fuzzminimizetime 5x "$package" </dev/null || failed=1
done < <(grep -rE --include='*_test.go' '^func Fuzz[A-Z0-9_]' . | sort)
exit $failed
