# SPDX-License-Identifier: GPL-2.0-or-later

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=

bin = $(DESTDIR)$(PREFIX)/bin
sbin = $(DESTDIR)$(PREFIX)/sbin
man = $(DESTDIR)$(PREFIX)/share/man
units = $(DESTDIR)$(PREFIX)/lib/systemd/system
examples = $(DESTDIR)$(PREFIX)/share/doc/directrix
scripts_of_units = $(DESTDIR)$(PREFIX)/libexec/directrix
agents = $(DESTDIR)/usr/lib/ocf/resource.d/directrix
# Where heartbeat and the scripts that were made for it look for ldirectord.
heartbeat = $(DESTDIR)/etc/ha.d/resource.d
rotation = $(DESTDIR)/etc/logrotate.d
bash_completions = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zsh_completions = $(DESTDIR)$(PREFIX)/share/zsh/site-functions

# Exclusive access is checked at run time in debug builds, which the tests use; in a check it costs as much as its parsing.
unchecked = -Xswiftc -enforce-exclusivity=unchecked
# Linked otherwise than the debug build, so in a place of its own: neither spoils the other. For a quick start, types are
# not looked up by name at run time, and the functions of a start lie together.
static_options = --configuration release --static-swift-stdlib $(unchecked) -Xswiftc -static-executable \
	-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
	-Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -use-ld=lld
static_build = $(SWIFT) build --product ipvsadm --scratch-path .build-static $(static_options) \
	-Xlinker --no-warn-symbol-ordering \
	-Xlinker --symbol-ordering-file="$(CURDIR)/$(order)"
# The functions of ipvsadm as its commands run them; empty where contrib/record-order lacks what it needs.
order = .build-static/ipvsadm.order
# Virtual routers need libnl alone, as ipvsadm does; what a start of ipvsadm runs is no order for them.
routers_build = $(SWIFT) build --product directrix-vrrp --scratch-path .build-routers $(static_options)
# The daemon and genhash need OpenSSL and PCRE2, which are not linked statically: they get security updates of their own.
shared_build = $(SWIFT) build --configuration release --scratch-path .build-release --static-swift-stdlib $(unchecked)
# What tests share is there to be linked dynamically only.
promises_build = $(SWIFT) build --configuration release --scratch-path .build-promises $(unchecked) --product
scripts = .ci/run contrib/requirements contrib/imports contrib/demo contrib/lab contrib/lab.d/init contrib/lab.d/demo \
	contrib/demo-failover contrib/lab.d/demo-failover \
	contrib/lab.d/module.sh contrib/lab.d/network.sh contrib/lab.d/shell.rc \
	contrib/test-demo contrib/fuzz contrib/bench/run contrib/completions/ipvsadm.bash \
	contrib/completions/directrix.bash contrib/completions/test contrib/ocf/ldirectord contrib/ocf/test \
	contrib/systemd/ipvsadm-service Fixtures/differential/with-names

.DEFAULT_GOAL := help
.PHONY: help demo demo-failover check test interop build lint format lab bench promises fuzz release install uninstall clean

requirements = requirements-build requirements-check requirements-demo requirements-bench requirements-interop
.PHONY: $(requirements)

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r target text; do printf '%-16s %s\n' "$$target" "$$text"; done

demo: requirements-demo build ## a table by hand, then a director with three web servers, in the lab, step by step
	@contrib/demo "$$($(SWIFT) build --show-bin-path)"

demo-failover: requirements-demo build ## two directors that share an address, with traffic, while one dies and comes back, in the lab
	@contrib/demo-failover "$$($(SWIFT) build --show-bin-path)"

check: requirements-check lint ## everything that CI runs: lint, build, unit tests, real servers, kernel tests
	@$(MAKE) --no-print-directory test

build: requirements-build ## compile the programs for debugging
	$(SWIFT) build

test: requirements-check ## build and run the unit tests, checks of real servers, then the kernel tests in the lab
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest --skip '^(KernelTests|InteropTests)\.'
	$(SWIFT) test --skip-build --disable-xctest --filter '^InteropTests\.'
	contrib/test-demo "$$($(SWIFT) build --show-bin-path)"
	contrib/lab --memory 3G --timeout 2700 --one-processor \
		"$$($(SWIFT) build --show-bin-path)/directrixPackageTests.xctest" \
		--testing-library swift-testing --filter '^KernelTests\.'

interop: requirements-interop ## check real servers of every protocol, which the distribution has
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest --filter '^InteropTests\.'

lint: requirements-check
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	SWIFT="$(SWIFT)" contrib/imports
	shellcheck --external-sources $(scripts)
	contrib/completions/test
	contrib/ocf/test
	mandoc -T lint -W warning man/*

format: ## format the Swift sources in place
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

lab: requirements-check ## an interactive shell in the lab
	@contrib/lab

release: requirements-build $(order)
	$(static_build)
	$(routers_build)
	$(shared_build) --product directrix
	$(shared_build) --product genhash

# Recorded once from a program without an order, which is then linked anew: `make clean` forgets it.
$(order): | requirements-build
	mkdir -p $(@D)
	: >$@
	$(static_build)
	-contrib/record-order .build-static/release/ipvsadm $@
	rm -f .build-static/release/ipvsadm

bench: requirements-bench release ## what the budgets say, against the original programs in the same run
	$(shared_build) --product check-bench
	contrib/bench/run

promises: requirements-build ## hold the director and elections to their promises in ten thousand random histories each
	$(promises_build) director-promises
	$(promises_build) vrrp-promises
	"$$($(promises_build) director-promises --show-bin-path)/director-promises" 10000
	"$$($(promises_build) vrrp-promises --show-bin-path)/vrrp-promises" 10000

fuzz: requirements-build ## feed what reads bytes of others with damaged input
	contrib/fuzz

install: release ## install the programs, manual pages and what systems want beside them, below DESTDIR and PREFIX
	install -d "$(bin)" "$(sbin)" "$(man)/man1" "$(man)/man5" "$(man)/man8" "$(units)" "$(scripts_of_units)" \
		"$(examples)" "$(agents)" "$(heartbeat)" "$(rotation)" "$(bash_completions)" "$(zsh_completions)"
	install -m 755 -s "$$($(static_build) --show-bin-path)/ipvsadm" "$(sbin)/ipvsadm"
	install -m 755 -s "$$($(routers_build) --show-bin-path)/directrix-vrrp" "$(sbin)/directrix-vrrp"
	install -m 755 -s "$$($(shared_build) --show-bin-path)/directrix" "$(sbin)/directrix"
	install -m 755 -s "$$($(shared_build) --show-bin-path)/genhash" "$(bin)/genhash"
	ln -sf ipvsadm "$(sbin)/ipvsadm-save"
	ln -sf ipvsadm "$(sbin)/ipvsadm-restore"
	for name in ldirectord keepalived; do ln -sf directrix "$(sbin)/$$name"; done
	for section in 1 5 8; do install -m 644 man/*.$$section "$(man)/man$$section"; done
	for unit in directrix directrix-keepalived directrix-vrrp directrix-vrrp-sweep ipvsadm; do \
		sed 's#/usr/\(sbin\|libexec\)/#$(PREFIX)/\1/#' contrib/systemd/$$unit.service >"$(units)/$$unit.service"; done
	ln -sf directrix.service "$(units)/ldirectord.service"
	ln -sf directrix-keepalived.service "$(units)/keepalived.service"
	sed 's#/usr/share/#$(PREFIX)/share/#' contrib/systemd/programs.conf >"$(examples)/programs.conf"
	sed 's#/usr/sbin/#$(PREFIX)/sbin/#' contrib/systemd/ipvsadm-service >"$(scripts_of_units)/ipvsadm-service"
	chmod 755 "$(scripts_of_units)/ipvsadm-service"
	ln -sfn "$(PREFIX)/sbin/ldirectord" "$(heartbeat)/ldirectord"
	install -m 755 contrib/ocf/ldirectord "$(agents)/ldirectord"
	install -m 644 contrib/logrotate/directrix "$(rotation)/directrix"
	install -m 644 contrib/completions/ipvsadm.bash "$(bash_completions)/ipvsadm"
	for name in ipvsadm-save ipvsadm-restore; do ln -sf ipvsadm "$(bash_completions)/$$name"; done
	install -m 644 contrib/completions/directrix.bash "$(bash_completions)/directrix"
	for name in ldirectord keepalived genhash; do ln -sf directrix "$(bash_completions)/$$name"; done
	for name in _ipvsadm _directrix; do \
		install -m 644 contrib/completions/$$name "$(zsh_completions)/$$name"; done

uninstall: ## remove what install put there
	rm -f $(foreach name,ipvsadm ipvsadm-save ipvsadm-restore directrix directrix-vrrp ldirectord keepalived, \
		"$(sbin)/$(name)" "$(man)/man8/$(name).8" "$(bash_completions)/$(name)")
	rm -f "$(bin)/genhash" "$(man)/man1/genhash.1" "$(bash_completions)/genhash" "$(man)/man5/ldirectord.cf.5" \
		"$(man)/man5/keepalived.conf.5"
	rm -f "$(zsh_completions)/_ipvsadm" "$(zsh_completions)/_directrix"
	rm -f $(foreach name,directrix ldirectord directrix-keepalived keepalived directrix-vrrp directrix-vrrp-sweep ipvsadm, \
		"$(units)/$(name).service")
	rm -f "$(examples)/programs.conf" "$(scripts_of_units)/ipvsadm-service" "$(agents)/ldirectord" "$(rotation)/directrix"
	[ "$$(readlink "$(heartbeat)/ldirectord")" != "$(PREFIX)/sbin/ldirectord" ] || rm -f "$(heartbeat)/ldirectord"

clean: ## remove what was built
	rm -rf .build .build-*

$(requirements): requirements-%:
	@contrib/requirements $*
