# Quoted Parties: `make figures` and `make test` are the two commands; `make help` lists the rest.
# Needed: Python 3.11 or newer and make. Everything is installed into .venv, at the releases
# and hashes of requirements.txt; outside this folder only pip's own cache is written to.

# Another interpreter: make PYTHON=python3.12
PYTHON ?= python3
SHELL := /bin/sh
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help figures test test-lab lab bench lock clean train-attribution evaluate train-stance evaluate-stance

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python

# The same on every desk, and no file at home: not the user's packages, settings or history.
unexport PYTHONPATH PYTHONHOME
export PYTHONNOUSERSITE := 1
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1
export OMP_NUM_THREADS := 1
export MPLBACKEND := Agg
export MPLCONFIGDIR := $(CURDIR)/.make/matplotlib
export IPYTHONDIR := $(CURDIR)/.make/ipython
export JUPYTER_CONFIG_DIR := $(CURDIR)/.make/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.make/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.make/jupyter/runtime
export JUPYTER_PREFER_ENV_PATH := 1

# Installed once; again when a list of packages changes or the folder has moved.
INSTALLED := .venv/.installed-$(shell pwd | cksum | cut -d ' ' -f 1)

help:
	@echo "make figures  execute the notebooks in order; write their outputs and figures/"
	@echo "make test     style, tests, and strict comparison of notebooks and figures with what is stored"
	@echo "make test-lab run every notebook in JupyterLab in a browser without a window (Chromium)"
	@echo "make lab      open the notebooks in JupyterLab, on this machine only"
	@echo "make bench    measure speed and memory"
	@echo "make lock     renew requirements.txt and environment.yml from pyproject.toml (UPGRADE=1: newest releases)"
	@echo "make clean    remove .venv and caches; results stay"

figures: $(INSTALLED)
	@$(PY) -m analysis notebooks

# The last line runs `pytest --nbval` on every notebook and compares figures/ byte by byte.
test: $(INSTALLED)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pytest tests
	$(PY) -m analysis notebooks --check

# In a real browser; without Chromium and its driver the tests say so and are passed over.
test-lab: $(INSTALLED)
	$(PY) -m pytest tests/lab/test_lab.py

# LAB passes on options of JupyterLab: make lab LAB=--no-browser
lab: $(INSTALLED)
	$(PY) -m jupyterlab --ServerApp.ip=127.0.0.1 --ServerApp.default_url=/lab/tree/notebooks \
		--LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $(LAB)

# The annotated news these two read is not part of the project; name its folder.
DATA ?= ../shared/eval/quotes
train-attribution: $(INSTALLED)
	@$(PY) -m analysis train-attribution "$(DATA)"

evaluate: $(INSTALLED)
	@$(PY) -m analysis evaluate "$(DATA)"

# Likewise DATA=../shared/eval/stance
train-stance: $(INSTALLED)
	@$(PY) -m analysis train-stance "$(DATA)"

evaluate-stance: $(INSTALLED)
	@$(PY) -m analysis evaluate-stance "$(DATA)"

bench: $(INSTALLED)
	@$(PY) -m analysis bench

.PHONY: python
python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1 || true)." >&2; \
		echo "Name one that is installed, for example: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; }

$(INSTALLED): requirements.txt pyproject.toml | python
	@echo "Installing into .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@rm -f .venv/.installed-*
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
		-r requirements.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch "$@"

# uv makes one lock for Linux, macOS and Windows; it is needed for nothing else.
.make/uv/installed: | python
	@mkdir -p .make
	@$(PYTHON) -m venv .make/uv
	@.make/uv/$(notdir $(BIN))/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<1'
	@touch "$@"

lock: .make/uv/installed
	.make/uv/$(notdir $(BIN))/python -m uv pip compile --quiet --no-config --system-certs --cache-dir .make/uv-cache \
		--universal --python-version 3.11 --generate-hashes --all-extras --no-emit-index-url \
		--no-emit-find-links --no-header $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.txt
	$(PYTHON) -m analysis.environment

clean:
	rm -rf .venv .make .pytest_cache .ruff_cache .hypothesis analysis/__pycache__ tests/__pycache__ tests/lab/__pycache__ notebooks/.ipynb_checkpoints
