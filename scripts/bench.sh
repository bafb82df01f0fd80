#!/usr/bin/env bash
# Prints what the benchmarks measure (ns, bytes, allocations), then the time and
# peak memory of whole runs of the command line on a large made-up office.
# BENCH is a pattern of benchmarks (default all), YEARS the years of the office (8).
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t packages < <(grep -rl --include='*_test.go' '^func Benchmark' . | xargs -r -n1 dirname | sort -u)
if [ ${#packages[@]} -gt 0 ]; then
  # One at a time: two packages on two cores would measure each other.
  go test -p 1 -run '^$' -bench "${BENCH:-.}" -benchmem -timeout 60m "${packages[@]}"
fi
[ "${BENCH:-.}" = . ] || exit 0

office=build/bench/office
rm -rf build/bench
mkdir -p build/bench

measure() {
  local name=$1
  shift
  /usr/bin/time -f "%e s  %M KB peak" -o build/bench/time "$@" >build/bench/log 2>&1 ||
    { cat build/bench/log >&2; echo "bench: $name failed" >&2; exit 1; }
  printf '%-22s %s\n' "$name" "$(tail -n 1 build/bench/time)"
}

# A list of 100,000 people, and openpyxl doing the same or less, turn and turn about.
list=build/bench/list.xlsx
/usr/bin/python3 scripts/list_peer.py make "$list"
build/sophobienctl demo --data build/bench/empty --years 1 --activities 1 --people 1 >/dev/null
activity=$(build/sophobienctl activity add --data build/bench/empty --title 'Danh sách dài' --date 01/03/2026)
echo
echo "Whole runs, a list of 100,000 people in ten columns (.xlsx), three times each:"
for _ in 1 2 3; do
  rm -rf build/bench/into
  cp -r build/bench/empty build/bench/into
  measure "read and propose" build/sophobienctl sheet "$list"
  measure "openpyxl reads" /usr/bin/python3 scripts/list_peer.py read "$list"
  measure "import" build/sophobienctl import people --data build/bench/into --activity "$activity" "$list" --accept
  measure "openpyxl + sqlite3" /usr/bin/python3 scripts/list_peer.py store "$list" build/bench/peer.db
done

echo
echo "Whole runs, ${YEARS:-8} years × 400 activities × 45 people:"
measure "demo" build/sophobienctl demo --data "$office" --years "${YEARS:-8}" --activities 400 --people 45
measure "report, one year" build/sophobienctl report --data "$office" --year "$(date +%Y)" --xlsx build/bench/report.xlsx
measure "verify with rebuild" build/sophobienctl verify --data "$office" --rebuild
measure "backup" build/sophobienctl backup --data "$office" --out build/bench/backup
measure "seal everything" build/sophobienctl seal --data "$office" --out build/bench/out

# A year of 96 offices at the province: one file each, taken in and answered; and for one
# office what the stock tools make of the same record.
SOPHOBIEN_BENCH_DIR=$PWD/build/bench/exchange CGO_ENABLED=0 go test -run '^$' -bench ProvinceYear -benchtime 1x -timeout 30m ./internal/app >/dev/null
echo
echo "Whole runs, a year of 96 offices × 108 sessions × 33 people at the province:"
measure "receive" build/sophobienctl receive --data build/bench/exchange/province build/bench/exchange/files
measure "ack" build/sophobienctl ack --data build/bench/exchange/province --out build/bench/exchange/back
month=build/bench/exchange/month
build/sophobienctl demo --data "$month" --years 1 --activities 9 --people 33 >/dev/null
measure "seal a month" build/sophobienctl seal --data "$month" --out build/bench/exchange/out
age-keygen -o build/bench/exchange/age.key 2>/dev/null
minisign -G -W -f -p build/bench/exchange/m.pub -s build/bench/exchange/m.key >/dev/null
measure "stock tools" sh -c "sqlite3 -readonly '$month/sophobien.db' .dump | gzip >build/bench/exchange/m.gz &&
  minisign -S -H -s build/bench/exchange/m.key -m build/bench/exchange/m.gz >/dev/null &&
  age -r \"\$(age-keygen -y build/bench/exchange/age.key)\" -o build/bench/exchange/m.gz.age build/bench/exchange/m.gz"
printf '%-22s %s bytes, stock tools %s bytes\n' "size of the month" "$(cat build/bench/exchange/out/*.sopb.zip | wc -c)" "$(wc -c <build/bench/exchange/m.gz.age)"

# The figures of a year, and the stock shell counting them again, turn and turn about.
build/sophobienctl recount --data "$office" --year "$(date +%Y)" --sql >build/bench/count.sql
echo
echo "Whole runs, figures of one year of the same office, three times each:"
for _ in 1 2 3; do
  measure "report, figures" build/sophobienctl report --data "$office" --year "$(date +%Y)"
  measure "sqlite3 shell" sh -c "sqlite3 -readonly '$office/sophobien.db' <build/bench/count.sql"
done

province=build/bench/province
echo
echo "Whole runs, 100 units × 400 activities of one year in one register:"
measure "demo" build/sophobienctl demo --data "$province" --years 1 --activities 40000 --people 1
measure "report, figures" build/sophobienctl report --data "$province" --year "$(date +%Y)"

# The library of law: the same 60,000 provisions and the same key strokes, here and in the
# FTS5 of the stock shell, turn and turn about; and a pack of 200 MB.
law=$PWD/build/bench/law
mkdir -p "$law"
SOPHOBIEN_BENCH_DIR=$law CGO_ENABLED=0 go test -run '^$' -bench 'Search60000|Install200MB' -benchtime 1x -timeout 30m ./internal/library >/dev/null
sqlite3 "$law/peer.db" <"$law/peer-load.sql"
spread() { sort -n "$1" | awk '{a[NR] = $1} END {printf "%.1f %.1f\n", a[int((NR + 1) / 2)], a[int(NR * 0.95)]}'; }
echo
echo "A key stroke in 3,000 documents, 60,000 provisions, ms (median, 95 %), three times each:"
for _ in 1 2 3; do
  SOPHOBIEN_BENCH_DIR=$law CGO_ENABLED=0 go test -run '^$' -bench Search60000 -benchtime 3x ./internal/library >/dev/null
  sqlite3 -readonly "$law/peer.db" <"$law/peer-ask.sql" | awk '/Run Time/ {print $4 * 1000}' >"$law/peer.ms"
  read -r our_half our_most <<<"$(spread "$law/ours.ms")"
  read -r peer_half peer_most <<<"$(spread "$law/peer.ms")"
  printf '%-22s %s  %s\n%-22s %s  %s   ratio %s\n' "search" "$our_half" "$our_most" "sqlite3 shell, FTS5" "$peer_half" "$peer_most" \
    "$(awk -v a="$our_most" -v b="$peer_most" 'BEGIN {printf "%.2f", a / b}')"
done
echo
echo "Whole runs, a pack of 200 MB is installed, three times:"
CGO_ENABLED=0 go test -c -o "$law/library.test" ./internal/library
for _ in 1 2 3; do
  rm -rf "$law/into"
  measure "install" env SOPHOBIEN_TEST_LIBRARY="$law/into" SOPHOBIEN_TEST_PACK="$law/pack.zip" SOPHOBIEN_TEST_ROOT="$law/root.json" "$law/library.test"
done
