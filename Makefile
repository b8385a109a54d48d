# netatmo-dashboard. `make demo` shows it, `make run ARGS='…'` runs it with NetAtmo, `make test` tests it.

SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
ARGS ?=
MINUTES ?= 10
# Inputs that each reader gets from make fuzz.
RUNS ?= 1000000
# Which pictures make screenshots takes; all where none are named.
PICTURES ?=

PROGRAM := netatmo-dashboard
DEBUG_PROGRAM = .build/debug/$(PROGRAM)
RELEASE_PROGRAM = .build/release/$(PROGRAM)
# What make deb makes.
BUILT_DEB = .build/$(PROGRAM)_$(subst -,~,$(shell .make/version))_$(shell dpkg --print-architecture).deb
# A package to check in place of one that is made.
DEB ?=
# Self-contained but for ncurses, qrencode, zlib and the C and C++ libraries; stripped. By lld it starts faster than by gold. No library
# asks for symbols of the program, and relocations in the short form (glibc 2.36) are 20 kB where they were 2 MB: both would be read at
# each start, and would stay in memory. Functions of the same code are one: half a megabyte less. Libraries are Debian's, and are not
# looked for beside the program.
RELEASE_FLAGS := --configuration release --static-swift-stdlib -Xlinker -s -Xswiftc -use-ld=lld \
	-Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --icf=all --disable-local-rpath

.PHONY: help demo run build release test torture soak fuzz sanitize lint format screenshots bench bench-floods bench-ui check-deb \
	check-image check-manifests check-prometheus deb image install lint-deb release-check toolchain test-packages

help:
	@echo "make demo                  the dashboard on a simulated NetAtmo"
	@echo "make run ARGS='…'          the dashboard with NetAtmo"
	@echo "make test                  all tests"
	@echo "make torture               what the token has to survive, in full; some minutes"
	@echo "make soak MINUTES=10       an exporter at work, which may not grow"
	@echo "make fuzz RUNS=…           random input for what reads files, NetAtmo's answers, the callback and another engine"
	@echo "make sanitize              the unit tests with the address and the thread sanitizer"
	@echo "make lint                  format, which target imports which, and what the program links"
	@echo "make check-prometheus      a minute with a real Prometheus"
	@echo "make install PREFIX=…      what make release built, and what ships with it (default /usr/local)"
	@echo "make deb                   a package for Debian; make lint-deb, make check-deb: in a bare Debian 12, as root"
	@echo "make image                 a container image of the package; make check-image: built and run, as root"
	@echo "make check-manifests       what ships for Kubernetes, by its schemas"
	@echo "make screenshots           the pictures in screenshots/"
	@echo "make release-check         whether this tree may become a release: version, changelog, pictures, README"
	@echo "make bench, make bench-ui  figures of the exporter, of the dashboard"
	@echo "make bench-floods          what floods of connections cost the exporter; nine minutes"

toolchain:
	@.make/require-swift "$(SWIFT)"
	@.make/require-packages libcrypt-dev libncurses-dev libqrencode-dev zlib1g-dev

test-packages: toolchain
	@.make/require-packages chromium curl iproute2 nginx-light tmux ncurses-bin prometheus python3-prometheus-client

build: toolchain
	@.make/build $(SWIFT) --product $(PROGRAM)

release: toolchain
	@.make/build $(SWIFT) $(RELEASE_FLAGS) --product $(PROGRAM)
	@.make/check-foundation $(RELEASE_PROGRAM)

demo: build
	@$(DEBUG_PROGRAM) demo $(ARGS)

run: build
	@$(DEBUG_PROGRAM) $(ARGS)

# One after the other: tests of one run share as many threads as there are processors, and where some compute, others that wait for
# a program to do something look for it half a minute late. The tortures keep the machine itself busy.
test: test-packages
	@.make/build $(SWIFT) --build-tests --disable-xctest
	@.make/test "$(SWIFT)" --skip 'EndToEndTests|TortureTests'
	@.make/test "$(SWIFT)" --filter EndToEndTests
	@.make/test "$(SWIFT)" --filter TortureTests

# As root it also fills a disk, and runs the program as another user.
torture: release
	@.make/require-packages util-linux
	@.make/build $(SWIFT) $(RELEASE_FLAGS) --product netatmo-torture
	@timeout 1800 .build/release/netatmo-torture $(ARGS)

soak: toolchain
	@.make/build $(SWIFT) $(RELEASE_FLAGS) --product netatmo-torture
	@timeout $$(( ($(MINUTES) + 2) * 60 )) .build/release/netatmo-torture soak --minutes $(MINUTES) $(ARGS)

fuzz: toolchain
	@.make/fuzz $(RUNS)

sanitize: toolchain
	@.make/sanitize "$(SWIFT)"

# With warnings as errors, which others are spared: set WARNINGS_AS_ERRORS=1 in your shell, and other builds share what this one made.
lint: export WARNINGS_AS_ERRORS := 1
lint: build
	@.make/require-packages python3
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	.make/check-house "$(SWIFT)"
	.make/check-foundation $(DEBUG_PROGRAM)

format: toolchain
	$(SWIFT) format format --in-place --recursive Package.swift Sources Tests

screenshots: build
	@.make/require-packages chromium curl tmux xvfb xterm imagemagick fonts-dejavu-core
	@.make/screenshots $(DEBUG_PROGRAM) $(PICTURES)

bench: release
	@.make/require-packages curl nginx-light openssl python3 wrk
	@.make/build $(SWIFT) $(RELEASE_FLAGS) --product exporter-benchmark
	@.make/bench $(RELEASE_PROGRAM) .build/release/exporter-benchmark

bench-floods: release
	@.make/require-packages python3 util-linux
	@.make/bench-floods $(RELEASE_PROGRAM)

bench-ui: release
	@.make/require-packages python3
	@.make/build $(SWIFT) $(RELEASE_FLAGS) --product dashboard-benchmark
	@.make/bench-ui $(RELEASE_PROGRAM) .build/release/dashboard-benchmark
	@.make/bench-attached $(RELEASE_PROGRAM)

check-prometheus: build
	@.make/require-packages curl prometheus
	@.make/check-prometheus $(DEBUG_PROGRAM)

release-check:
	@.make/release-check

# Builds nothing, since it is often root's: make release, then sudo make install.
install:
	@.make/require-packages python3
	@.make/install $(RELEASE_PROGRAM) "$(PREFIX)" "$(DESTDIR)"

deb: release
	@.make/require-packages dpkg-dev python3
	@.make/deb $(RELEASE_PROGRAM)

# Both take DEB=FILE, a package that is there already.
lint-deb: $(if $(DEB),,deb)
	@.make/require-packages lintian
	lintian --allow-root --fail-on error,warning $(or $(DEB),$(BUILT_DEB))
	@echo "lintian: neither errors nor warnings"

check-deb: $(if $(DEB),,deb)
	@.make/check-deb $(or $(DEB),$(BUILT_DEB))

image: $(if $(DEB),,deb)
	@.make/image $(or $(DEB),$(BUILT_DEB))

check-image: $(if $(DEB),,deb)
	@.make/check-image $(or $(DEB),$(BUILT_DEB))

check-manifests:
	@.make/require-packages python3
	@.make/check-manifests
