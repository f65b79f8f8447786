# Every target that people use carries a comment after two hashes; `make help` prints those.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BUF := go tool -modfile=tools/go.mod buf
NPM := npm --prefix frontends
LINTER := bin/golangci-lint
# npm writes this file last, so its age is the age of the installation.
NODE_STAMP := frontends/node_modules/.package-lock.json

.PHONY: help
help: ## Show what make can do
	@grep -hE '^[a-z/-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F '\t' '{printf "  %-18s %s\n", $$1, $$2}'

.PHONY: run
run: frontends ## Run everything in one process on http://localhost:8080
	@go run ./deploy/local

# Side by side, since the one compiles while the other waits for a browser.
.PHONY: test
test: ## Run every test that a clean machine can, but for those of whole processes
	@$(MAKE) --no-print-directory --jobs=2 test-go test-pages
	@$(MAKE) --no-print-directory test-e2e

# What starts other processes is built without the race detector, and so compiles everything a second time.
PROCESSES := ./bench/torture/cluster ./deploy/local ./deploy/processes ./deploy/upgrade ./platform/mongolite/cmd/mongolite
# The linter vets. A race detector waits a second at the end of each program, for goroutines that are not there: see goleak.
# What only a debugger reads is left out, from what is linked, too, and the compiler collects its garbage less often, since most of a first run compiles.
COMPILED := -race -gcflags=all=-dwarf=false
LINKED := -ldflags='-s -w'
GO_TEST := env GORACE=atexit_sleep_ms=50 GOGC=400 go test -vet=off $(COMPILED) $(LINKED)

# One package more at a time than there are processors, since the tests of some wait more than they compute. What the last of them
# writes is compiled in the same way, and so with what is compiled by then.
.PHONY: test-go
test-go: ## Run the Go tests with the race detector
	go list ./... | grep -vxF $(PROCESSES:./%=-e tiffin/%) | xargs $(GO_TEST) -p "$$(($$(getconf _NPROCESSORS_ONLN) + 1))"
	GOFLAGS="$${GOFLAGS:-} $(COMPILED)" go -C tools test -vet=off ./scaffold

.PHONY: test-processes
test-processes: ## Kill and restart the whole system; run every service as a process of its own
	go list -export ./deploy/local ./services/... ./bff/... ./deploy/sandbox/... ./platform/... >/dev/null # compiled once, not by each test
	$(GO_TEST) $(PROCESSES)

.PHONY: test-pages
test-pages: test-frontends test-browser ## Check the frontends, and run their tests with and without a browser

.PHONY: test-frontends
test-frontends: $(NODE_STAMP) ## Check the frontends' types and run their unit tests
	$(NPM) run check
	$(NPM) test

.PHONY: test-browser
test-browser: $(NODE_STAMP) ## Run the browser tests (as root, installs Chromium when it is missing)
	export CHROMIUM_PATH="$$(tools/ci/chromium.sh)"; $(NPM) run test:browser

.PHONY: test-e2e
test-e2e: frontends bin/e2e ## Build everything and order through it in a real browser
	export CHROMIUM_PATH="$$(tools/ci/chromium.sh)"; GORACE="halt_on_error=1 atexit_sleep_ms=50" $(NPM) run test:e2e

# As the Go tests have compiled everything; it is the browser that takes the time.
.PHONY: bin/e2e
bin/e2e:
	GOGC=400 go build $(COMPILED) $(LINKED) -o bin/e2e/ ./deploy/local ./frontends/e2e/ordercmd

.PHONY: fuzz
fuzz: ## Throw arbitrary input at everything that reads what others write (FOR=10m each)
	tools/ci/fuzz.sh $(or $(FOR),10m)

.PHONY: picture
picture: frontends bin/e2e ## Draw the README's picture anew
	export CHROMIUM_PATH="$$(tools/ci/chromium.sh)"; node frontends/e2e/picture.mjs

.PHONY: trace
trace: frontends bin/jaeger ## Follow an order through a real Jaeger (ONCE=1 ends after printing)
	@go build -o bin/tiffin-local ./deploy/local
	@go build -o bin/tiffin-trace ./deploy/observability/trace
	@exec bin/tiffin-trace $(if $(ONCE),-once)

# Its own module, for the same reason as the linter's.
bin/jaeger: tools/jaeger/go.sum
	@echo "building Jaeger from source, some hundred modules: many minutes the first time, and again when its version changes"
	@while sleep 15 >/dev/null 2>&1; do echo "  still building after $$SECONDS s"; done & ticker=$$!; trap "kill $$ticker" EXIT; \
	go build -C tools/jaeger -o ../../$@ github.com/jaegertracing/jaeger/cmd/all-in-one
	@touch $@

# Everything that speaks to MongoDB, against an engine that isn't ours. Status 77: this machine can't provide one.
.PHONY: test-documentdb
test-documentdb: ## Run the MongoDB suites against FerretDB and DocumentDB (root on Debian)
	tools/documentdb/run go test -count=1 ./platform/mongolite ./platform/view/... ./bff/... ./ctl/views

.PHONY: bench
bench: frontends ## Measure against this machine's own ceilings (ROWS=execute,replay for some of it)
	go build -o bin/tiffin-local ./deploy/local
	go run ./bench -rows "$(ROWS)"

# CITY takes flags of `go run ./bench/city/cmd/city -help`, see docs/how-to/benchmark.md; KILLS=50 kills the system that often, at random moments.
.PHONY: city
city: frontends ## Let simulated people live in the system under load, and check what they see (RATE=20 FOR=10m KILLS=0)
	go build -o bin/tiffin-local ./deploy/local
	go build -o bin/tiffin-city ./bench/city/cmd/city
	@exec bin/tiffin-city -rate $(or $(RATE),20) -for $(or $(FOR),2m) -kills $(or $(KILLS),0) $(CITY)

.PHONY: torture-mutants
torture-mutants: frontends ## Plant bugs, one at a time, and see that the torture's checker finds each (ONLY=unguarded,forgetful for some)
	go build -o bin/tiffin-mutants ./bench/torture/cmd/mutants
	@exec bin/tiffin-mutants -only "$(ONLY)" $(MUTANTS)

# TORTURE takes flags of `go run ./bench/torture/cmd/torture -help`, see docs/how-to/torture.md.
.PHONY: torture
torture: ## Run a cell of real processes, kill, pause, cut off and fill all of it while people order, and check it (FOR=30m)
	go build -o bin/tiffin-torture ./bench/torture/cmd/torture
	@exec bin/tiffin-torture -for $(or $(FOR),30m) $(TORTURE)

.PHONY: torture-short
torture-short: ## The same in less than three minutes, with less time between the faults
	go build -o bin/tiffin-torture ./bench/torture/cmd/torture
	@exec bin/tiffin-torture -for $(or $(FOR),90s) -rate 6 -at-once 200 -couriers 48 -faults-at-once 6 -most 2s -patience 2s $(TORTURE)

.PHONY: bench-short
bench-short: frontends ## Run every benchmark briefly, to see that it works
	go build -o bin/tiffin-local ./deploy/local
	go run ./bench -short -rows "$(ROWS)"

.PHONY: frontends
frontends: $(NODE_STAMP) ## Build the frontends
	$(NPM) run build

.PHONY: lint
lint: third_party $(LINTER) ## Check the Go code, its format, the protos and the scripts
	$(LINTER) run ./...
	$(BUF) lint
	{ git ls-files '*.sh'; git grep -lE '^#!.*bash$$'; } | sort -u | xargs -n 1 bash -n

# Its own module, so that its two hundred dependencies don't choose versions for the other tools.
$(LINTER): tools/lint/go.sum
	@echo "building golangci-lint from source, a hundred linters: minutes the first time, and again when its version changes"
	go build -C tools/lint -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

.PHONY: bin/tiffinctl
bin/tiffinctl: ## Build the command that looks after a cell
	go build -o $@ ./ctl/cmd/tiffinctl

.PHONY: new-service
new-service: ## Write the start of a domain service (NAME=voucher)
	@go -C tools run ./scaffold service "$(NAME)"

.PHONY: new-view
new-view: ## Write the start of a view (BFF=customer NAME=favourites)
	@go -C tools run ./scaffold view "$(BFF)" "$(NAME)"

# Needs what generation and linting need, and so takes a while.
.PHONY: test-scaffold
test-scaffold: third_party $(NODE_STAMP) $(LINTER) ## Write one of each start into a copy, and see it pass
	tools/ci/scaffold.sh

.PHONY: generate
generate: third_party $(NODE_STAMP) ## Write gen/ anew from proto/
	$(BUF) generate
	$(BUF) generate --template buf.gen.openapi.yaml
	cp tools/openapi/openapi.go.txt gen/openapi/openapi.go
	$(NPM) run api

.PHONY: check-generated
check-generated: generate ## Fail if gen/ isn't what proto/ generates
	@drift="$$(git status --porcelain -- gen)"; \
	if [ -n "$$drift" ]; then printf '%s\n' "gen/ differs from what proto/ generates; run 'make generate' and commit:" "$$drift" >&2; exit 1; fi

.PHONY: golden
golden: ## Add golden events of what has none, and write down what all are read as
	go test ./platform/eventlog/golden -run 'Published' -update
	go test ./platform/eventlog/golden -run 'Read' -update

.PHONY: breaking
breaking: third_party ## Fail if the protos break what was committed before (AGAINST=<commit>)
	tools/ci/breaking.sh $(AGAINST)

# The protos of others aren't committed: they are printed from the Go modules that go.sum pins.
.PHONY: third_party
third_party:
	@go -C tools run ./protodeps ../third_party/proto

$(NODE_STAMP): frontends/package-lock.json
	$(NPM) ci --no-audit --no-fund
	@touch $@
