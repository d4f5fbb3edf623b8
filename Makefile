# The verbs of this project. Each is one raw command, listed in the README for machines without make.
.DEFAULT_GOAL := book
.PHONY: book slides watch kit test test-all live serve lint check bench lock clean help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
OK := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON := $(shell for p in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c '$(OK)' >/dev/null 2>&1 && { echo $$p; break; }; done)

# A user's settings for Python and pip are not for this environment.
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX
export PIP_USER := 0

# Names of files may hold anything (spaces, brackets, colons): make never sees them. A stamp lists the files of the last
# build and is as old as its start; a file that is newer, came or went makes it stale.
FILES := find chapters evidence widgets book requirements.txt -type f -not -path '*/__pycache__/*' -not -path '*/.ipynb_checkpoints/*'
define unless-fresh
@mkdir -p _build && $(FILES) | LC_ALL=C sort > $(1).new && \
if ! cmp -s $(1).new $(1) || [ -n "$$($(FILES) -newer $(1) | head -n 1)" ]; then \
	$(BIN)/python $(2) && mv $(1).new $(1); \
else rm -f $(1).new; fi
endef

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

book: $(VENV)/.ready ## build the book and say where it lies
	$(call unless-fresh,_build/.book,book/build.py)
	@echo "The book: $(CURDIR)/_build/html/index.html (open it in a browser; a double click does)"

slides: $(VENV)/.ready ## build the slides of the sessions
	$(call unless-fresh,_build/.decks,book/decks.py)
	@echo "The slides: $(CURDIR)/_build/slides/sessions"

watch: $(VENV)/.ready ## build again at each save, and show the page anew
	$(BIN)/python book/watch.py

kit: book slides ## pack book, slides and sheets to print for a memory stick
	$(BIN)/python -m book.kit

$(VENV)/.chromium: $(VENV)/.ready
	$(BIN)/python tests/chromium.py
	@touch $@

PYTEST := $(BIN)/python -m pytest --numprocesses=2 --no-loadscope-reorder

test: $(VENV)/.chromium kit ## run the tests, on the built book in a real browser
	$(PYTEST) tests --dist=loadscope -m "not everywhere"
	$(PYTEST) --nbval _build/jupyter_execute --dist=loadfile -p no:cacheprovider

test-all: test ## and hold the same in every place: each page, session, browser, address, and builds with faults
	-@$(BIN)/python tests/engines.py # without them its tests fail, each with what to install; the others run
	$(PYTEST) tests --dist=loadscope -m everywhere

lint: $(VENV)/.ready ## everything that is quick: style, types, evidence, questions, cases, words
	$(BIN)/python book/lint.py

check: lint book slides ## the rest: links and content, on the built book
	$(BIN)/python -m evidence.package
	$(BIN)/python -m book.signing
	$(BIN)/python -m pytest tests -m content --numprocesses=2

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
