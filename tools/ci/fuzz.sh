#!/usr/bin/env bash
# Runs every fuzz target of the module for a while, one after another: tools/ci/fuzz.sh 10m
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
span="${1:-10m}"

targets=()
while IFS=: read -r file _ line; do
  name="${line#func }"
  targets+=("./$(dirname "$file") ${name%%(*}")
done < <(git grep -n '^func Fuzz' -- '*_test.go')

failed=0
for i in "${!targets[@]}"; do
  read -r package name <<<"${targets[$i]}"
  printf '\n== %d of %d: %s in %s, for %s\n' "$((i + 1))" "${#targets[@]}" "$name" "$package" "$span"
  go test "$package" -run '^$' -fuzz "^$name\$" -fuzztime "$span" || failed=$((failed + 1))
done
printf '\n%d targets, %d failed\n' "${#targets[@]}" "$failed"
((failed == 0))
