#!/usr/bin/env bash
# Prints the path of a Chromium; installs Debian's when there is none and we may.
set -euo pipefail

find_chromium() {
  if [ -n "${CHROMIUM_PATH:-}" ] && [ -x "$CHROMIUM_PATH" ]; then echo "$CHROMIUM_PATH"; return; fi
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

if find_chromium; then exit 0; fi

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update && apt-get install --yes --no-install-recommends chromium; } >&2 </dev/null
  if find_chromium; then exit 0; fi
fi

echo "no Chromium for the browser tests: install the package 'chromium', or set CHROMIUM_PATH" >&2
exit 1
