# Two commands do everything: `make site` and `make test`. Continuous integration runs these and
# nothing else (.ci/run). Each installs what it needs, into .venv and node_modules.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
PY := .venv/bin/python
# What pip has done is remembered in .venv, and done again when the demands change.
DEMANDS := pyproject.toml constraints.txt
PIP := $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e
# Node and npm may stand off the PATH, in the Python package.
WITH_NODE := $(PY) -m tools.outside run
CHECKS := format ruff mypy imports spelling biome tsc html

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test lint fix $(CHECKS) bench notebooks handouts lab constraints clean browser

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: .venv/.book ## build the book and serve it on localhost (PORT=8000; SERVE=0 only builds)
	$(PY) -m tools.build --quiet
ifneq ($(SERVE),0)
	@PORT=$(PORT) $(PY) -m tools.serve _build/html
endif

serve: .venv/.book ## serve the book as it was last built
	@PORT=$(PORT) $(PY) -m tools.serve _build/html

test: .venv/.book .venv/.nbgrader browser ## run every test: units, JavaScript, notebooks, browser (ARGS="-k words")
	$(PY) -m pytest $(ARGS)

lint: ## run every check of style, types and markup, and name all that fail
	@$(MAKE) --keep-going --no-print-directory $(CHECKS)

fix: .venv/.lint node_modules/.stamp ## let the tools mend what they can: format and simple faults
	$(PY) -m ruff format
	$(PY) -m ruff check --fix
	$(WITH_NODE) node_modules/.bin/biome check --write

bench: .venv/.book browser ## measure speed, bytes and layout shift on the built book
	$(PY) -m tools.build --quiet
	$(PY) -m tools.bench $(ARGS)

notebooks: .venv/.book ## run the notebooks and store what they print (ARGS="book/02-words.ipynb")
	$(PY) -m tools.notebooks $(ARGS)

handouts: .venv/.book ## make the exercises' handouts from exercises/source (ARGS="--check" only looks)
	$(PY) -m copydesk handouts $(ARGS)

lab: .venv/.lab ## open the exercises in JupyterLab
	$(PY) -m jupyterlab exercises

constraints: ## pin the newest versions that fit the oldest Python, which Debian 12 has
	$(PYTHON) -m tools.constraints

clean: ## remove what was built and installed here
	rm -rf .venv node_modules _build *.egg-info
	rm -rf .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache .jupyter_cache

# --- the checks, each on its own -----------------------------------------------------------------

format: .venv/.lint
	$(PY) -m ruff format --check

ruff: .venv/.lint
	$(PY) -m ruff check

mypy: .venv/.lint
	$(PY) -m mypy
	$(PY) -m mypy --strict -p tools

imports: .venv/.lint
	.venv/bin/lint-imports

spelling: .venv/.lint
	.venv/bin/codespell

biome: node_modules/.stamp
	$(WITH_NODE) node_modules/.bin/biome check --error-on-warnings

tsc: node_modules/.stamp
	$(WITH_NODE) node_modules/.bin/tsc --project .

html: node_modules/.stamp
	$(PY) -m tools.build --quiet
	$(WITH_NODE) node_modules/.bin/html-validate $$(find _build/html -name '*.html' -not -path '*/_static/*')

# --- what they need ------------------------------------------------------------------------------

.venv/bin/python:
	$(PYTHON) tools/venv.py

.venv/.book: $(DEMANDS) | .venv/bin/python
	$(PIP) '.[book,test,report,exercises]'
	@touch $@

.venv/.lint: .venv/.book
	$(PIP) '.[lint]'
	@touch $@

# What teachers grade with, and what the tests hold the exercises to; the site does not need it.
.venv/.nbgrader: .venv/.book
	$(PIP) '.[nbgrader]'
	@touch $@

.venv/.lab: .venv/.book
	$(PIP) '.[lab,exercises]'
	@touch $@

node_modules/.stamp: package.json package-lock.json | .venv/.book
	$(WITH_NODE) npm ci --silent
	@touch $@

browser: .venv/.book
	@$(PY) -m tools.outside
