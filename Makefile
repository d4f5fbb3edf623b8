# The verbs of this project. Each is one raw command, listed in the README for machines without make.
.DEFAULT_GOAL := book
.PHONY: book slides kit test live serve check bench lock clean help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
OK := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON := $(shell for p in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c '$(OK)' >/dev/null 2>&1 && { echo $$p; break; }; done)

# The list of files is an input too: a chapter that was taken away must leave the book.
SOURCES := $(shell find chapters evidence widgets book -type f -not -path '*/__pycache__/*' -not -path '*/.ipynb_checkpoints/*' | LC_ALL=C sort)
$(shell mkdir -p _build && printf '%s\n' $(SOURCES) | cmp -s - _build/.sources || printf '%s\n' $(SOURCES) > _build/.sources)

help: ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

$(VENV)/.ready: requirements.txt pyproject.toml
ifeq ($(PYTHON),)
	@echo "Python 3.11 to 3.14 is needed and was not found: install it, or name it, as in: make PYTHON=/path/to/python3.12" >&2; exit 1
endif
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments: on Debian and Ubuntu, install python3-venv." >&2; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

_build/.book: $(VENV)/.ready _build/.sources $(SOURCES)
	$(BIN)/python book/build.py
	@touch $@

book: _build/.book ## build the book and say where it lies
	@echo "The book: $(CURDIR)/_build/html/index.html (open it in a browser; a double click does)"

_build/.decks: $(VENV)/.ready _build/.sources $(SOURCES)
	$(BIN)/python book/decks.py
	@touch $@

slides: _build/.decks ## build the slides of the sessions
	@echo "The slides: $(CURDIR)/_build/slides/sessions"

kit: book slides ## pack book, slides and sheets to print for a memory stick
	$(BIN)/python -m book.kit

$(VENV)/.chromium: $(VENV)/.ready
	$(BIN)/python tests/chromium.py
	@touch $@

test: $(VENV)/.chromium kit ## run all tests, on the built book in a real browser
	$(BIN)/python -m pytest tests --numprocesses=2 --dist=loadscope
	$(BIN)/python -m pytest --nbval _build/jupyter_execute -p no:cacheprovider

check: book slides ## style, types, links, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m evidence.package
	$(BIN)/python -m widgets.quiz.linter
	$(BIN)/python -m widgets.conference.linter
	$(BIN)/python -m pytest tests -m content

live: $(VENV)/.ready ## open the chapters as notebooks in JupyterLab
	JUPYTER_CONFIG_PATH=book/lab $(BIN)/jupyter lab chapters/index.md

serve: book ## serve the built book on this machine
	$(BIN)/python book/serve.py

bench: book $(VENV)/.chromium ## measure weight and speed beside a plain Jupyter Book
	$(BIN)/python -m book.bench

lock: ## pin what requirements.in chooses (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-strip-extras --no-emit-index-url --upgrade requirements.in -o requirements.txt

clean: ## take away everything that was built
	rm -rf _build $(VENV)
