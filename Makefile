# Every target makes its own .venv; all that a machine needs is Python 3.11 or newer, and make.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help demo test cover check quality fuzz soak bench format clean

help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/made: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("replyarc needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.12" % sys.version_info[:2]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/made
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

.venv/bench: .venv/made
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@

demo: .venv/made ## crawl an invented government on this machine, show a reply, write a CSV
	$(BIN)/replyarc demo

test: .venv/dev  ## all tests
	$(BIN)/python -m pytest -q -n auto --dist worksteal

cover: .venv/dev ## all tests again, slowly, and which lines and branches they leave out
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n auto --dist worksteal
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered --fail-under=90
	$(BIN)/coverage report --include='replyarc/listing/*,replyarc/extract/*,replyarc/text/*,replyarc/archive/identity.py,replyarc/archive/grouping.py,replyarc/archive/readings.py,replyarc/archive/editions.py' --fail-under=100 -m --skip-covered

check: .venv/dev ## format, lint, strict types, import floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/dev ## write what ruff would write
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

quality: .venv/made ## how much of what the eye read is read, field by field, against the floors
	$(BIN)/python -m bench.quality

fuzz: .venv/made ## read hostile pages, and ask a server that answers as none should, a minute each
	$(BIN)/python -m bench.fuzz
	$(BIN)/python -m bench.fuzz_http

soak: .venv/dev  ## crawl fifty misbehaving sites for ten minutes, killed by chance: nothing lost, nothing grows
	$(BIN)/python -m bench.soak

bench: .venv/bench ## measure reading, crawling and keeping against other tools, on this machine
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.crawling
	$(BIN)/python -m bench.storing
	$(BIN)/python -m bench.filing
	$(BIN)/python -m bench.searching
	$(BIN)/python -m bench.verifying
	$(BIN)/python -m bench.starting
	$(BIN)/python -m bench.exporting
	$(BIN)/python -m bench.counting

clean:           ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage .coverage.* dist
