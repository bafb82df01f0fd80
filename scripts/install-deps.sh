#!/usr/bin/env bash
# install-deps.sh GROUP...
#
# Installs the Debian or Ubuntu packages that the named groups need and this
# machine lacks, and nothing else. When nothing is missing it asks for nothing.
set -euo pipefail

# A name with | is satisfied by any of the packages; the first is installed.
packages_of() {
  case $1 in
    window) # to compile the window, and to draw it
      echo ca-certificates gcc libc6-dev pkg-config \
        libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev \
        libgl-dev libgl1 libgl1-mesa-dri
      ;;
    screens) # to draw it where there is no display
      packages_of window
      echo xvfb xauth
      ;;
    test) # the stock tools that the tests compare our files with
      packages_of window
      echo minisign python3 sqlite3 strace unzip poppler-utils 'libreoffice-calc-nogui|libreoffice-calc' 'libreoffice-writer-nogui|libreoffice-writer'
      ;;
    windows) # to compile the window for Windows
      echo ca-certificates gcc-mingw-w64-x86-64
      ;;
    bench) # to see a program's peak memory, and the peer that lists are measured against
      echo ca-certificates time python3-openpyxl age minisign sqlite3
      ;;
    *)
      echo "install-deps.sh: unknown group $1 (window, screens, test, windows, bench)" >&2
      return 2
      ;;
  esac
}

installed() { # on a machine of two architectures a package may be listed twice
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# missing_of prints those of the named packages that are absent.
missing_of() {
  local choice name
  for choice in "$@"; do
    for name in ${choice//|/ }; do
      installed "$name" && continue 2
    done
    echo "${choice%%|*}"
  done
}

check_go() {
  command -v go >/dev/null || {
    echo "Go is not installed. See https://go.dev/doc/install, then run make again." >&2
    exit 1
  }
  local version
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  case $version in
    go1.[0-9] | go1.[0-9].* | go1.1[0-9] | go1.1[0-9].* | go1.20 | go1.20.*)
      echo "This Go is $version. It must be 1.21 or newer: from then on it fetches the exact version by itself." >&2
      exit 1
      ;;
  esac
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "Neither root nor sudo here. As root, run:" >&2
    echo "  $*" >&2
    return 1
  fi
}

main() {
  [ $# -gt 0 ] || { echo "usage: install-deps.sh GROUP..." >&2; exit 2; }
  check_go

  local group wanted=() missing=()
  for group in "$@"; do
    wanted+=($(packages_of "$group"))
  done
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian or Ubuntu. Going on; if something is not found, these packages hold it:"
    printf '  %s\n' "${wanted[*]}"
    return 0
  fi
  mapfile -t missing < <(missing_of "${wanted[@]}" | sort -u)
  [ ${#missing[@]} -gt 0 ] || return 0

  echo "Missing for \"$*\": ${missing[*]}"
  if [ "$(id -u)" = 0 ]; then
    echo "Installing them with apt-get."
  else
    echo "Installing them with apt-get, which needs root: sudo may ask for your password."
  fi
  # A broken third-party list must not stop us: the install itself will tell.
  as_root apt-get -qq update || echo "apt-get update complained; trying with the lists at hand." >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${missing[@]}" || {
    echo "The packages could not be installed. Nothing else was changed." >&2
    exit 1
  }
}

main "$@"
