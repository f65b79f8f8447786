#!/usr/bin/env bash
# Writes a start of each kind into a copy of the repository, where it must pass what every change must: the generators, the
# compiler, its own tests, who may import whom, and the linters. What is installed and built is borrowed.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT

cd "$root"
git ls-files -z --cached --others --exclude-standard | grep -zvxF -f <(git ls-files --deleted) |
  xargs -0 cp --parents --preserve=timestamps -t "$copy"
for installed in bin frontends/node_modules frontends/*/node_modules; do
  if [ -d "$installed" ]; then ln -s "$root/$installed" "$copy/$installed"; fi
done

cd "$copy"
make new-service NAME=voucher
make new-view BFF=customer NAME=vouchers
make --old-file=frontends/node_modules/.package-lock.json generate
go test ./services/voucher/... ./bff/customer/vouchers
go test ./platform # who may import whom
go tool -modfile=tools/go.mod buf lint
bin/golangci-lint run ./services/voucher/... ./bff/customer/vouchers
echo "scaffold: what is written passes"
