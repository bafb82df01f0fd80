#!/usr/bin/env bash
# Everything that must be true before a change is taken, cheapest first.
set -euo pipefail
cd "$(dirname "$0")/.."

step() {
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  "$@" || { echo "== $name: FAILED" >&2; exit 1; }
  echo "   ok, $((SECONDS - start)) s"
}

gofmt_clean() {
  local files
  files=$(gofmt -l .)
  [ -z "$files" ] || { printf 'not formatted: %s\n' $files >&2; return 1; }
}

# Packages with a window need a C compiler for Windows; make windows builds those.
vet_windows() {
  local packages
  mapfile -t packages < <(go list ./... | grep -vE '^sophobien/(ui(/.*)?|cmd/sophobien)$')
  CGO_ENABLED=0 GOOS=windows go vet "${packages[@]}"
}

step "gofmt" gofmt_clean
step "go vet" go vet ./...
step "go vet for Windows" vet_windows
step "staticcheck" go tool staticcheck ./...
step "go test -race" go test -race -shuffle=on -timeout 30m ./...
