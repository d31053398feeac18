# Each command does its own set-up (.ci/setup): nothing but make, and on a Mac
# the command line tools, has to be there before.

PORT ?= 8501
PYTHON := .venv/bin/python
CHROMIUM_FOUND = CHROMIUM="$$(cat .venv/chromium)"

# What one process of the tests has compiled serves all others.
export PYTHONDONTWRITEBYTECODE :=

ON_ALL_CORES = --numprocesses auto --dist loadfile

.PHONY: help run style types layout rules imports data check test faults bench load screenshot

help:
	@echo "make run         open the dashboard at http://localhost:$(PORT) (another port: make run PORT=9000)"
	@echo "make check       check style, types, structure and data, then run the quick tests"
	@echo "make test        check style, types, structure and data, then run all tests"
	@echo "make faults      harm what deploy/up serves while visitors look, and say what was lost (some 8 minutes)"
	@echo "make bench       measure speed and memory"
	@echo "make load        measure 100 and 300 visitors at once (some 19 minutes)"
	@echo "make screenshot  draw the picture in the README anew"

run:
	@sh .ci/setup
	@CLUSTER_PORT=$(PORT) $(PYTHON) serve.py

style:
	@sh .ci/setup test
	@$(MAKE) --no-print-directory --jobs 2 types layout rules imports data

types:
	@echo "Do the types fit? (mypy)"
	@$(PYTHON) -m mypy

layout:
	@echo "Is the code laid out as agreed? (ruff format)"
	@$(PYTHON) -m ruff format --check .

rules:
	@echo "Does it keep the rules of style? (ruff check)"
	@$(PYTHON) -m ruff check .

imports:
	@echo "Do imports flow one way? (import-linter)"
	@.venv/bin/lint-imports --no-logo

data:
	@echo "Is the data without fault?"
	@$(PYTHON) -m cluster_data check

check: style
	@echo "Does the code work? (pytest, the quick tests)"
	@$(PYTHON) -m pytest -q $(ON_ALL_CORES) --ignore tests/browser -m "not slow"

test: style
	@echo "Do the code and the pages work? (pytest)"
	@$(PYTHON) -m pytest -q $(ON_ALL_CORES) --ignore tests/browser
	@echo "Do the pages work in a browser? (Playwright and axe-core)"
	@$(CHROMIUM_FOUND) $(PYTHON) -m pytest -q --numprocesses 3 --dist loadgroup --reruns 1 tests/browser
	@echo "All is well."

faults:
	@sh .ci/setup test
	@$(PYTHON) -m pytest -q tests/faults

bench:
	@sh .ci/setup test
	@$(CHROMIUM_FOUND) $(PYTHON) -m bench

load:
	@sh .ci/setup test
	@$(PYTHON) -m bench load

screenshot:
	@sh .ci/setup test
	@$(CHROMIUM_FOUND) $(PYTHON) -m bench.screenshot
