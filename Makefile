# Every target calls `python tasks.py`, which does the same on Windows. `make` alone lists them.
PYTHON ?= python3
COMMANDS = run test setup build lint unit browser test-scale bench bench-browser bench-meeting bench-pipelines shots pins

.PHONY: help $(COMMANDS)

help:
	@$(PYTHON) tasks.py

$(COMMANDS):
	@$(PYTHON) tasks.py $@
