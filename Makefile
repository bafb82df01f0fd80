# Everything a person does here is a target of this file; `make` alone lists them.
# The first two need only Go, git and make: they install what else is missing.

BASE    := $(shell sed -n 's/^ *Version = "\(.*\)"/\1/p' FyneApp.toml)
VERSION ?= $(shell git describe --tags --match 'v[0-9]*' --dirty 2>/dev/null || echo "$(BASE)-dev+$$(git rev-parse --short HEAD 2>/dev/null || echo local)")
LDFLAGS := -X main.version=$(VERSION)

# The version is given above; a clone owned by somebody else must build too.
export GOFLAGS += -buildvcs=false

.DEFAULT_GOAL := help
.PHONY: help run test build screens windows bench fuzz simulate soak clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## install what is missing, build, open the window on the office's record
	@scripts/install-deps.sh window
	@$(MAKE) --no-print-directory build
	@scripts/run.sh

test: ## install what is missing, run everything CI runs
	@scripts/install-deps.sh test
	@scripts/test.sh

build: ## both programs, in build/
	@echo "Building $(VERSION) (the first time takes some minutes)"
	@mkdir -p build
	go build -ldflags '$(LDFLAGS)' -o build/sophobien ./cmd/sophobien
	CGO_ENABLED=0 go build -ldflags '$(LDFLAGS)' -o build/sophobienctl ./cmd/sophobienctl

screens: ## a picture of every screen, in build/screens/
	@scripts/install-deps.sh screens
	@$(MAKE) --no-print-directory build
	@scripts/screens.sh

windows: ## both programs for Windows, in build/windows/
	@scripts/install-deps.sh windows
	@mkdir -p build/windows
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 \
		go build -trimpath -ldflags '-s -w $(LDFLAGS)' -o build/windows/sophobienctl.exe ./cmd/sophobienctl
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		go build -trimpath -tags migrated_fynedo -ldflags '-H windowsgui -s -w -extldflags=-static $(LDFLAGS)' \
		-o build/windows/sophobien.exe ./cmd/sophobien

bench: ## run the benchmarks; BENCH=pattern for some of them
	@scripts/install-deps.sh bench
	@mkdir -p build
	@CGO_ENABLED=0 go build -ldflags '$(LDFLAGS)' -o build/sophobienctl ./cmd/sophobienctl
	@scripts/bench.sh

fuzz: ## every fuzz target for a minute; FUZZTIME=10m for longer
	@scripts/fuzz.sh

simulate: ## offices, a province, couriers and everything that goes wrong; SEED=7 tells one run step by step
	@SEED=$(SEED) STEPS=$(STEPS) CGO_ENABLED=0 go test -count 1 -timeout 0 -v -run '^TestSimulatedYears$$' ./internal/faults

soak: ## the repeating tests, SOPHOBIEN_COUNT times (100000)
	@scripts/soak.sh

clean: ## remove what was built
	rm -rf build
