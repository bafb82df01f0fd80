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

# The race detector is on where goroutines share: the packages whose code or tests start
# some, the scripts, which run side by side, and the merge of logs. In all others, screens
# above all, one goroutine does everything, and it would only make them slow.
raced_folders() {
  printf '%s\n' cmd/sophobienctl internal/oplog
  grep -rlE --include='*.go' '^\s*go [a-z]|\.Go\(func|t\.Parallel\(|"net/http' internal ui | xargs -n1 dirname
}
mapfile -t raced < <(raced_folders | sort -u | sed 's,^,sophobien/,')
mapfile -t alone < <(go list ./... | grep -vxFf <(printf '%s\n' "${raced[@]}"))

# Even there it does not look into what only computes for its caller: SQLite, ciphers,
# pictures. They are most of the work, and ten times slower under it. What has a sync.Map
# of its own is not among them: the linker may take its plain copy of that code for all.
race=(-race)
for computes in modernc.org/sqlite/lib modernc.org/libc/... golang.org/x/crypto/... image/... compress/...; do
  race+=("-gcflags=$computes=-race=false")
done

step "gofmt" gofmt_clean
step "go vet" go vet ./...
step "go vet for Windows" vet_windows
step "staticcheck" go tool staticcheck ./...
step "go test" go test -shuffle=on -timeout 30m "${alone[@]}"
# With the tag ci the toolkit leaves out its window of C, which is not compiled twice then.
step "go test -race, work beside the window" go test "${race[@]}" -tags ci -shuffle=on -run '^TestStaged' ./cmd/sophobien
step "go test -race" go test "${race[@]}" -shuffle=on -timeout 30m "${raced[@]}"
