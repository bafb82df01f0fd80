#!/usr/bin/env bash
# Opens the real program on a made-up office, under a display that exists only in
# memory, and writes a picture of every screen to build/screens:
# NAME-THEME-SCALE.png for light and dark, 100 % and 150 % text.
set -euo pipefail
cd "$(dirname "$0")/.."

out=build/screens
office=$out/.office
rm -rf "$out"
mkdir -p "$out"

build/sophobienctl demo --data "$office" >"$out/.demo.log" 2>&1 || { cat "$out/.demo.log" >&2; exit 1; }

# take THEME SCALE PERCENT
take() {
  local part=$out/.part log=$out/.$1-$3.log picture name count=0
  rm -rf "$part" "$out/.config"
  mkdir "$part"
  # As a new person sees it: what somebody chose at this PC, such as an order, is not theirs.
  XDG_CONFIG_HOME=$PWD/$out/.config LIBGL_ALWAYS_SOFTWARE=1 timeout 300 \
    xvfb-run -a -s '-screen 0 1366x768x24' \
    build/sophobien --data "$office" --screens "$part" --screens-theme "$1" --screens-scale "$2" \
    </dev/null >"$log" 2>&1 || { cat "$log" >&2; echo "screens: the program failed for $1, $3 %" >&2; exit 1; }
  if grep -q 'Error in Fyne call thread' "$log"; then
    grep -A3 'Error in Fyne call thread' "$log" >&2
    echo "screens: something was called from the wrong thread" >&2
    exit 1
  fi
  for picture in "$part"/*.png; do
    [ -s "$picture" ] || { cat "$log" >&2; echo "screens: no picture for $1, $3 %" >&2; exit 1; }
    name=$(basename "$picture" .png)
    mv "$picture" "$out/$name-$1-$3.png"
    count=$((count + 1))
  done
  rmdir "$part"
  echo "  $1, $3 %: $count"
}

echo "Pictures of the screens in $out:"
for theme in light dark; do
  take "$theme" 1.0 100
  take "$theme" 1.5 150
done
