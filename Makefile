# Each target is one command of the developer's day; `make` lists them.

PORT ?= 8000
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && echo $$name && break; done)
MATRIX_PYTHON ?= $(shell for name in python3.13 $$HOME/.pyenv/versions/3.13*/bin/python; do \
	$$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 13))' \
	>/dev/null 2>&1 && echo $$name && break; done)

PY := .venv/bin/python
MATRIX := var/matrix
POSTGRES := postgres://postgres@127.0.0.1:5432/postgres
TESTS ?=
LOCK ?= --upgrade

export UV_PYTHON_DOWNLOADS = never
export UV_NO_PROGRESS = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgres check messages bench matrix screenshots lock browser

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.site node_modules/.installed ## install what running the portal needs

run: setup ## run the portal with its demonstration at http://localhost:8000 (PORT=… changes it)
	@OPORA_DEBUG=$${OPORA_DEBUG:-0} PORT=$(PORT) $(PY) manage.py run_portal

# Both databases at once: a suite keeps one core busy.
test: .venv/.dev node_modules/.installed browser ## run the tests on SQLite, and on PostgreSQL where it answers (TESTS=… narrows them)
	@mkdir -p var; $(MAKE) --no-print-directory test-postgres >var/test-postgres.log 2>&1 & postgres=$$!; \
	OPORA_TEST_DATABASE_URL= $(PY) -m pytest $(TESTS); sqlite=$$?; \
	wait $$postgres; postgres=$$?; cat var/test-postgres.log; exit $$((sqlite || postgres))

# A browser sees the same pages whatever the database, so the journeys are walked once.
test-postgres: .venv/.dev
	@if [ -n "$$OPORA_TEST_DATABASE_URL" ] || $(PY) -c \
		"import psycopg; psycopg.connect('$(POSTGRES)', connect_timeout=2)" 2>/dev/null; then \
		OPORA_TEST_DATABASE_URL=$${OPORA_TEST_DATABASE_URL:-$(POSTGRES)} $(PY) -m pytest -m "not browser" $(TESTS); \
	else echo "Not tested on PostgreSQL: none answers at 127.0.0.1:5432; OPORA_TEST_DATABASE_URL names another."; fi

check: .venv/.dev ## check style, types, contracts, templates, migrations, translations, safety
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/djlint --lint --quiet templates home courses
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m tests.architecture.messages --check
	OPORA_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		OPORA_SITE_URL=https://portal.example OPORA_CONTENT_ORIGIN=https://portal-content.example \
		$(PY) manage.py check --deploy --fail-level WARNING --settings cms.settings.production

messages: .venv/.dev ## write new sentences into the translation files and compile them
	$(PY) -m tests.architecture.messages

bench: .venv/.dev ## measure the speed and write var/bench.json
	OPORA_DEBUG=0 $(PY) manage.py bench

matrix: browser-free-matrix ## run the tests on Python 3.13 with Django 6.1, without a browser

screenshots: .venv/.dev node_modules/.installed browser ## make the README's pictures
	$(PY) -m tests.screenshots

lock: .venv/bin/uv ## resolve the dependencies anew (LOCK= keeps the versions that still fit)
	for groups in site "site dev"; do \
		.venv/bin/uv pip compile pyproject.toml $$(printf -- '--group %s ' $$groups) \
		--constraint requirements/constraints.txt --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-header $(LOCK) --output-file requirements/$${groups##* }.txt --quiet; done
	echo uv | .venv/bin/uv pip compile - --universal --generate-hashes --no-emit-index-url --no-header \
		$(LOCK) --output-file requirements/uv.txt --quiet
	npm update --package-lock-only

browser: .venv/.dev ## find a Chromium for the tests, or install one
	@$(PY) -m tests.browser

.PHONY: browser-free-matrix
browser-free-matrix: $(MATRIX)/.installed
	OPORA_VAR_DIR=$(MATRIX)/var $(MATRIX)/bin/python -m pytest -m "not browser" $(TESTS)

$(MATRIX)/.installed: pyproject.toml .venv/bin/uv
	@test -n "$(MATRIX_PYTHON)" || { echo "The matrix needs Python 3.13: MATRIX_PYTHON=… names it."; exit 1; }
	$(MATRIX_PYTHON) -m venv --clear $(MATRIX)
	.venv/bin/uv pip install --quiet --python $(MATRIX)/bin/python --group site --group dev \
		--requirements pyproject.toml --extra celery "Django>=6.1,<6.2"
	@touch $@

.venv/bin/uv: requirements/uv.txt
	@test -n "$(PYTHON)" || { echo "Opora needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)."; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --require-hashes --requirement requirements/uv.txt
	@touch $@

# A developer's environment holds all that the site needs, so `make run` leaves it as it is.
.venv/.site: requirements/site.txt .venv/bin/uv
	.venv/bin/uv pip sync --quiet --python $(PY) --require-hashes requirements/$(if $(wildcard .venv/.dev),dev,site).txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/bin/uv
	.venv/bin/uv pip sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@touch $@ .venv/.site

node_modules/.installed: package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent; \
	else echo "No Node here: the portal runs with the system's fonts."; mkdir -p node_modules; fi
	@touch $@
