# On Windows, the README has the same steps as plain commands.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help lab test test-site site notebooks bench clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

lab: .venv/.lab  ## install what is needed, then open the notebooks in JupyterLab
	@echo 'Starting JupyterLab: your browser opens, or you open an address below that begins with http. Ctrl-C ends it.'
	@$(BIN)/jupyter lab --config=tools/jupyter/config.py

test: .venv/.dev  ## check everything: style, types, maths, pictures, labs, notebooks, the browser
	$(BIN)/python tools/browser.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

test-site: .venv/.dev  ## check the web site with every notebook of it running in the browser: some 10 minutes
	$(BIN)/python tools/browser.py
	$(BIN)/pytest tests/site -m "" --numprocesses auto --dist load

site: .venv/.dev  ## build the web site in build/site: pages that are live without a kernel, and the course itself
	$(BIN)/python site/build.py

notebooks: .venv/.lab  ## run all notebooks again and store their outputs
	$(BIN)/python tools/refresh_notebooks.py

bench: .venv/.dev  ## measure this package beside what you would use instead
	$(BIN)/pip install --quiet -r benchmarks/requirements.txt
	$(BIN)/python tools/browser.py
	$(BIN)/python -m benchmarks

clean:  ## remove everything that was installed or built here
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(BIN)/pip:
	@$(PYTHON) tools/make_venv.py

.venv/.lab: requirements.txt pyproject.toml | $(BIN)/pip
	@echo 'Installing what the notebooks need: a minute or two, the first time only.'
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: .venv/.lab
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
