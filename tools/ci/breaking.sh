#!/usr/bin/env bash
# Compares the protos with an earlier commit: the one given, else where this branch left main, else the one before.
set -euo pipefail

against="${1:-}"
if [ -z "$against" ]; then
  head="$(git rev-parse HEAD)"
  for main in origin/main main; do
    if base="$(git merge-base HEAD "$main" 2>/dev/null)" && [ "$base" != "$head" ]; then against="$base"; break; fi
  done
fi
against="${against:-HEAD~1}"

if ! git rev-parse --quiet --verify "$against^{commit}" >/dev/null; then
  echo "breaking: there is no commit $against to compare with; skipped"
  exit 0
fi
if [ -z "$(git ls-tree "$against" -- proto buf.yaml | awk '$4 == "proto"')" ]; then
  echo "breaking: $against has no protos; skipped"
  exit 0
fi

# Not `.git#ref=`: the protos that ours import are not committed, so the old tree borrows today's.
old="$(mktemp -d)"
trap 'rm -rf "$old"' EXIT
git archive "$against" buf.yaml proto | tar -x -C "$old"
cp -r third_party "$old/"
go tool -modfile=tools/go.mod buf breaking proto --against "$old/proto"

# Events that were published are in some log for ever: their bytes are added to, and never changed.
changed="$(git diff "$against" -- 'platform/eventlog/golden/testdata/*.ndjson' ':!*.read.ndjson' | grep -cE '^-[^-]' || true)"
if [ "$changed" -gt 0 ]; then
  echo "breaking: $changed golden events were changed or taken away; what was published stays as it is" >&2
  exit 1
fi
echo "breaking: nothing breaks $(git rev-parse --short "$against")"
