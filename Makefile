# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

SHELL = /bin/sh
.DEFAULT_GOAL = help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run check test test-long build deb try-deb try-systemd try-container audit conformance bench format lint lint-js clean packages-run packages-test packages-deb packages-try assets axe

swift_sources = $(wildcard Sources Tests) Package.swift

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: packages-run assets ## Build and run everything on http://localhost:3000 (PORT=, PHOTOS=folder; see .env.example)
	@conf/develop

check: packages-test assets lint ## Build, lint, and run the unit, adapter and application tests
	swift build --build-tests
	@conf/test check
	@echo 'make check: everything passed'

test: packages-test assets axe lint ## Run every test, with the real Redis, nginx, Apache and Chromium
	@$(MAKE) --no-print-directory build
	swift build --build-tests
	@conf/test all
	@$(MAKE) --no-print-directory conformance
	@echo 'make test: everything passed'

test-long: packages-test assets axe ## Run the slow tests: all looks of all pages, a folder of 100,000 pictures, 60 s of fuzzing for each parser
	swift build --build-tests
	@conf/test long
	@conf/fuzz

build: packages-run ## Build the programs for production, into .build/release
	swift build -c release --product dropbox-gallery
	swift build -c release --product dropbox-standin

deb: packages-deb assets ## Build a Debian package, into .build
	@conf/deb/build

try-deb: packages-try assets ## Install, configure, use, upgrade and purge the package in a bare Debian 12 (as root)
	conf/deb/try

try-systemd: packages-try assets ## Boot a Debian 12 in a virtual machine, and try the package and its units under systemd (as root)
	conf/systemd/try

try-container: packages-try assets ## Make the container in a bare Debian 12, use it, stop it under load (as root)
	conf/container/try

conformance: packages-test ## Compare the stand-in for Dropbox with Dropbox's own Python SDK
	conf/conformance/run

audit: build ## List what the service is built from and linked to (SPDX), and what of it is known to be vulnerable
	conf/audit/run

bench: packages-test assets ## Measure against a C program, through the same nginx
	conf/bench/run

format: ## Format the Swift sources
	swift format --in-place --recursive $(swift_sources)

lint: lint-js ## Check the format of the Swift sources, strictly, and the types and imports of the scripts
	swift format lint --strict --recursive $(swift_sources)

lint-js: packages-test ## Check the types and the imports of the scripts in public/
	conf/lint/javascript

clean: ## Remove what building and set-up made
	swift package clean
	rm -rf public/galleria public/jquery .build/demo-photos
	find public -name '*.gz' -delete

packages-run:
	@conf/install-packages run

packages-test:
	@conf/install-packages test

packages-deb:
	@conf/install-packages deb

packages-try:
	@conf/install-packages try

assets: ## Fetch Galleria and jQuery into public/, and compress what is text there
	@conf/fetch-assets
	@conf/compress-assets public

axe:
	@conf/fetch-axe
