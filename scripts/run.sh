#!/usr/bin/env bash
# Opens the window on the office's record. Without a display it says so and does
# the main job through the command line instead, on a made-up office.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  exec build/sophobien
fi

out=build/run
office=$out/office
year=$(date +%Y)

say() { printf '\n== %s\n' "$*"; }
run() {
  echo "\$ $*"
  "$@"
}

say "Không có màn hình: làm việc chính bằng dòng lệnh / No display: the main job through the command line"
rm -rf "$out"
mkdir -p "$out"

say "Một đơn vị mẫu / A made-up office"
run build/sophobienctl demo --data "$office"

say "Báo cáo năm / The yearly workbook"
run build/sophobienctl report --data "$office" --year "$year" --xlsx "$out/bao-cao-$year.xlsx"

say "Gói gửi tỉnh / The bundle for the province"
run build/sophobienctl seal --data "$office" --out "$out/gui-tinh"

say "Kiểm tra / Checking both"
run build/sophobienctl verify --data "$office"
for bundle in "$out"/gui-tinh/*.sopb.zip; do
  run build/sophobienctl verify "$bundle"
done

say "Hình từng màn hình / A picture of each screen"
make --no-print-directory screens

say "Kết quả nằm ở đây / What lies where"
printf '  %-28s %s\n' \
  "$office/" "sổ của đơn vị mẫu / the made-up office's record" \
  "$out/bao-cao-$year.xlsx" "báo cáo năm / the yearly workbook" \
  "$out/gui-tinh/" "gói đã ký và mã hóa / the signed, sealed bundle" \
  "build/screens/" "hình các màn hình / pictures of the screens"
