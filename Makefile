# Every target calls `python tasks.py`, which does the same on Windows. `make` alone lists them.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run test setup build lint unit browser bench bench-browser bench-meeting bench-pipelines test-scale shots pins

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## environment, edition, dashboard; prints its address (PORT, ADDRESS)
	@$(PYTHON) tasks.py run

test: ## everything: lint, types, import contracts, unit, property, page and browser tests
	@$(PYTHON) tasks.py test

setup: ## the environment only
	@$(PYTHON) tasks.py setup

build: ## the edition that the pages read
	@$(PYTHON) tasks.py build

lint: ## lint, format, types, import contracts
	@$(PYTHON) tasks.py lint

unit: ## unit, property and page tests
	@$(PYTHON) tasks.py unit

browser: ## tests in a real browser
	@$(PYTHON) tasks.py browser

bench: ## server time of a rerun and of queries, as ratios
	@$(PYTHON) tasks.py bench

bench-browser: ## what a reader feels, in Chromium
	@$(PYTHON) tasks.py bench-browser

bench-meeting: ## sixty people opening one link within five seconds
	@$(PYTHON) tasks.py bench-meeting

test-scale: ## the same cells on DuckDB and on a local Spark cluster (Java 17)
	@$(PYTHON) tasks.py test-scale

bench-pipelines: ## records to cells beside bare DuckDB, pandas and Polars
	@$(PYTHON) tasks.py bench-pipelines

shots: ## pictures of every page for docs/
	@$(PYTHON) tasks.py shots

pins: ## write requirements-pins.txt anew from requirements.txt
	@$(PYTHON) tasks.py pins
