# Sets everything up and runs it. Needs python3, make and a package index; brings its own uv when there is none.
# Variables: PYTHON chooses the interpreter; PORT, DATA_DIR, DATABASE_URL, REDIS_URL … go through to Corrigenda.
# PYTEST_ARGS goes to pytest, as in `make test PYTEST_ARGS="-k anchoring"`.

PYTHON ?= python3
# The machine's own Python keeps its bytecode where it is: pip would be compiled anew for .venv, which takes seconds.
SYSTEM_PYTHON = env -u PYTHONPYCACHEPREFIX $(PYTHON)
PY := .venv/bin/python
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
NODE := node_modules/.package-lock.json
SCRATCH := .venv/lint-data
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-header

# uv, node and npm of the environment come before those of the machine.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
MAKEFLAGS += --no-print-directory
# Compiled once, inside .venv, also where the environment asks Python to keep no bytecode: a process starts in 1 s then,
# and in 3 s otherwise, and the demo starts five of them, the tests a hundred.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/bytecode
.DEFAULT_GOAL := help
.PHONY: help install demo test sites lint scripts bench drill mutants lock messages pictures chromium firefox proxies clean

help:
	@echo "make demo     set up and run Corrigenda (PORT=8000, DATA_DIR=var)"
	@echo "make test     set up, lint and test"
	@echo "make sites    put the desk behind a real WordPress (needs php, or root to install it)"
	@echo "make bench    measure"
	@echo "make drill    break everything under load, and look whether a promise broke (SEED=…)"
	@echo "make mutants  put N=60 faults into the code (SEED=…) and list those that no test sees"
	@echo "make install · lint · lock · messages · pictures · clean"

install: $(RUNTIME)

demo: install
	@$(PY) manage.py demo

test: $(DEV) $(NODE) chromium firefox proxies lint
	@echo "==> pytest"
	@$(PY) -m pytest -n auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# A test root of its own, which `make test` leaves out: it brings PHP and WordPress along.
sites: $(DEV) $(NODE) chromium
	@$(PY) -m tests.sites.provision
	@echo "==> pytest tests/sites"
	@$(PY) -m pytest tests/sites $(PYTEST_ARGS)

bench: $(DEV) $(NODE) chromium
	@$(PY) -m benchmarks

drill: $(DEV)
	@$(PY) -m benchmarks.drill

mutants: $(DEV) $(NODE) chromium
	@$(PY) -m tests.support.mutants

# Environment -----------------------------------------------------------------------------------------------------------

# The environment needs no pip of its own, so it can be made where Python comes without ensurepip, and is there five
# seconds sooner. Without uv on PATH: the machine's pip reaches into it, else it gets a pip after all.
UV_BY_PIP = install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements-uv.lock
.venv/bin/python:
	@$(SYSTEM_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: Corrigenda needs Python 3.11 or newer; choose one with make PYTHON=python3.12" >&2; exit 1; }
	@echo "==> environment in .venv"
	@rm -rf .venv
	@$(SYSTEM_PYTHON) -m venv --without-pip .venv || \
		{ rm -rf .venv; echo "error: this Python has no venv module; on Debian it is in python3-venv" >&2; exit 1; }
	@command -v uv >/dev/null || \
		$(SYSTEM_PYTHON) -m pip --python $(PY) $(UV_BY_PIP) 2>/dev/null || \
		{ $(SYSTEM_PYTHON) -m venv --clear .venv >/dev/null && $(PY) -m pip $(UV_BY_PIP); } || \
		{ rm -rf .venv; echo "error: uv cannot be installed: put uv on PATH, or add pip (on Debian python3-venv)" >&2; exit 1; }

# An index that only pip has been told of serves uv too.
define uv_pip
command -v uv >/dev/null || { echo "error: uv is gone from PATH; make clean, then again" >&2; exit 1; }; \
	index="$${UV_DEFAULT_INDEX:-$${UV_INDEX_URL:-$$($(SYSTEM_PYTHON) -m pip config get global.index-url 2>/dev/null)}}"; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	uv pip $(1) --quiet --python $(PY) --require-hashes
endef

# What the tests need contains what the demo needs, so an environment for the tests is never cut down again.
$(RUNTIME): requirements.lock | .venv/bin/python
	@echo "==> packages"
	@if [ -e $(DEV) ]; then $(call uv_pip,install) -r $<; else $(call uv_pip,sync) $<; fi
	@touch $@

$(DEV): requirements-dev.lock | .venv/bin/python
	@echo "==> packages for the tests"
	@$(call uv_pip,sync) $<
	@touch $(RUNTIME) $@

$(NODE): package-lock.json | $(DEV)
	@echo "==> script checkers"
	@command -v npm >/dev/null || { echo "error: no node for this platform: put node and npm on PATH" >&2; exit 1; }
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

chromium: $(DEV)
	@$(PY) -m tests.support.chromium

# One test goes through Firefox too; where there is none and none can be installed, it says so and is left out.
firefox: $(DEV)
	@$(PY) -m tests.support.firefox

proxies: $(DEV)
	@$(PY) -m tests.support.proxies

# The pictures of README and docs/, from a demo of its own.
pictures: chromium
	@$(PY) -m tests.support.pictures

# Finds every sentence that is to be translated, and compiles the catalogues in locale/.
messages: $(DEV)
	@$(PY) -m tests.support.catalogues

lock: $(RUNTIME)
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	@sed -n 's/^uv==\([^ ]*\).*/uv==\1/p' requirements-uv.lock | $(COMPILE) - -o requirements-uv.lock

clean:
	@rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Lint ------------------------------------------------------------------------------------------------------------------

# Django's settings are read here too; they must leave no trace in DATA_DIR and see no site of the developer's own.
CLEAN := env -u DATABASE_URL -u REDIS_URL -u EMAIL_URL DATA_DIR=$(SCRATCH)
# A site that listens to the world, for Django's own check of its settings.
PRODUCTION = SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(45))') \
	ALLOWED_HOSTS=example.org SITE_URL=https://example.org HOST=0.0.0.0

scripts: $(NODE)
	@echo "==> node --test"
	@node --test --test-reporter=dot 'tests/js/**/*.test.js'

lint: $(DEV) $(NODE)
	@echo "==> ruff"
	@ruff check --quiet .
	@ruff format --check .
	@echo "==> mypy"
	@$(CLEAN) mypy --no-error-summary .
	@echo "==> import-linter"
	@lint-imports >$(SCRATCH).log 2>&1 || { cat $(SCRATCH).log; exit 1; }
	@echo "==> djade"
	@find templates -name '*.html' -exec djade --check --target-version 5.2 {} +
	@echo "==> tsc"
	@node_modules/.bin/tsc -p tsconfig.json
	@$(MAKE) scripts
	@echo "==> makemigrations --check"
	@$(CLEAN) $(PY) manage.py makemigrations --check --dry-run
	@echo "==> check --deploy"
	@$(CLEAN) $(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
