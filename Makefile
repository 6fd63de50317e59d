# Drover's commands. `make help` lists them; README.md begins with the two that matter.
SHELL     := /bin/bash
GO        ?= go
DATA      ?= data
VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
GOLANGCI  := v2.15.0
PROTOCOLS := $(notdir $(patsubst %/testdata,%,$(wildcard protocols/*/testdata)))
VECTORS   ?= ../shared/vectors
FUZZTIME  ?= 60s
PAGE      := web/dist/index.html
PAGE_DEPS := web/node_modules/.package-lock.json
PAGE_SRC  := $(shell find web/src web/scripts web/index.html web/package-lock.json web/vite.config.ts -type f 2>/dev/null)
TRIALS    := $(GO) run ./server/trials

.DEFAULT_GOAL := help

## Every day

help: ## This list
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0, 4)} /^[a-z-]+:.*## /{printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: deps build ## Start everything on this machine, with 200 simulated vehicles; Ctrl-C ends it
	@DATA=$(DATA) scripts/run.sh

test: deps-test ## Everything there is to test, on real parts
	@GOLANGCI=$(GOLANGCI) PROTOCOLS="$(PROTOCOLS)" scripts/test.sh

build: $(PAGE) ## Page, server and simulators, into bin/
	@echo "building the server"
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/drover ./server
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/simulators ./simulators

web: $(PAGE) ## The page alone

$(PAGE): $(PAGE_SRC) $(PAGE_DEPS)
	@echo "building the page"
	@cd web && npm run --silent build
	@touch $@

$(PAGE_DEPS): web/package-lock.json
	@echo "installing what the page is built with"
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lint: ## The linter, at the pinned version
	@GOLANGCI=$(GOLANGCI) scripts/lint.sh

deps: ## What `make run` needs: PostgreSQL with PostGIS
	@scripts/install-deps.sh

deps-test: ## What `make test` needs besides: Chromium
	@scripts/install-deps.sh test

modem-clients: ## Try the simulated modems with gammu, smstools, ModemManager, oFono (installs them; Debian only)
	@scripts/modem-clients.sh

basemap: ## Draw the offline base map anew (web/basemap/basemap.pmtiles)
	@cd web/basemap/generate && npm ci --no-audit --no-fund --loglevel=error && npm run --silent generate

client: ## Make the page's types of the API anew (web/api/openapi.json, web/src/api/schema.ts)
	@$(GO) test -count=1 -run TestClientDocument ./server -args -update >/dev/null
	@cd web/api/generate && npm ci --no-audit --no-fund --loglevel=error && npm run --silent generate

protocols: ## Write docs/protocols.md anew from what the families say of themselves
	@page=$$($(GO) run ./server protocols --markdown) && printf '%s\n' "$$page" >docs/protocols.md

places: ## Make the list of the world's towns anew (geo/places/places.bin)
	@cd geo/places/generate && npm ci --no-audit --no-fund --loglevel=error && npm run --silent generate

screenshots: build ## Take the pictures of README and docs/desk.md anew (docs/screenshots)
	@mkdir -p docs/screenshots
	@scripts/e2e.sh tour

## Figures: each prints its figure last and fails under its floor

bench-ingest: ## Records stored and acknowledged a second, beside plain COPY
	@$(TRIALS) ingest

bench-decode: ## ns and allocations a record, each protocol
	@$(TRIALS) decode

bench-detect: ## Telling the family from the first bytes: right, wrong, ns a decision (VECTORS=folder)
	@$(TRIALS) detect --folder $(VECTORS)

bench-storage: ## Bytes a fix, and three queries over 10 million
	@$(TRIALS) storage

bench-connections: ## kB of server memory an idle tracker
	@$(TRIALS) connections

bench-latency: ## From a tracker's write to the WebSocket's frame
	@$(TRIALS) latency

bench-live: ## Server CPU a WebSocket reader, bytes a vehicle's update: 1,000 readers of 10,000 vehicles
	@$(TRIALS) live

bench-history: ## Opening a map with a year of one vehicle's tracks, and with a day of 10,000 vehicles
	@$(TRIALS) history

bench-map: deps-test $(PAGE) ## What 50,000 moving vehicles cost a browser: main thread, delay, memory (BENCH_MINUTES)
	@cd web && node bench/map.mjs

bench-sms: ## SMS over 8 simulated modems that go wrong: lost, doubled, SMS/s (MESSAGES)
	@$(TRIALS) sms

chaos-sms: ## Kill the server 20 times while SMS go and come: nothing lost, nothing dangerous twice
	@$(TRIALS) chaos-sms

chaos: ## Kill the server 10 times and stop PostgreSQL twice under load: nothing lost, nothing doubled
	@$(TRIALS) chaos

vectors: ## Captured messages (VECTORS=folder) against what they mean
	@$(TRIALS) vectors --folder $(VECTORS)

fuzz: ## FUZZTIME (60s) of fuzzing each decoder
	@FUZZTIME=$(FUZZTIME) PROTOCOLS="$(PROTOCOLS)" scripts/fuzz.sh

clean: ## Remove what was built (not the data)
	@rm -rf bin web/dist/assets web/dist/index.html web/node_modules web/test-results

.PHONY: help run test build web lint deps deps-test modem-clients basemap client protocols places screenshots \
	bench-ingest bench-decode bench-storage bench-connections bench-latency bench-live bench-history bench-map bench-sms chaos-sms \
	chaos vectors fuzz clean
