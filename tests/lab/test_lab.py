"""In a real browser: every notebook runs in JupyterLab, and the report opens offline.

`make test-lab` runs this; `make test` does not. Needed: Chromium and its driver, of one release
(on Debian the packages ``chromium`` and ``chromium-driver``). Screenshots go to ``.make/lab``.
"""

import contextlib
import json
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from analysis.notebooks import find_notebooks, kernel_environment

selenium = pytest.importorskip("selenium")
from selenium import webdriver  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / ".make" / "lab"
NOTEBOOKS = [path.name for path in find_notebooks()]
SECONDS = 240
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Nothing of the browser's own may reach for the network.
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-default-apps --no-default-browser-check --window-size=1280,1600"
).split()
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".make", "output", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Chromium without a window, that writes down its console and every request."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if not program or not driver:
        missing = "Chromium" if not program else "chromedriver"
        pytest.skip(f"{missing} is not installed (Debian: apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in [*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    window = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    window.set_page_load_timeout(SECONDS)
    yield window
    window.quit()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the project, its notebooks without outputs: what is tracked stays as it is."""
    folder = tmp_path_factory.mktemp("checkout") / "project"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    for path in folder.glob("notebooks/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)
    return folder


@pytest.fixture(scope="module")
def lab(checkout, tmp_path_factory):
    """Address of a JupyterLab that works on the copy, with its token."""
    home = tmp_path_factory.mktemp("lab")
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # cells out of sight stay in the page, where they can be looked at
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    environment = kernel_environment() | {
        "PYTHONPATH": str(checkout),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": checkout,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": token,
        "LabApp.news_url": None,  # nothing is fetched
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser"]
            + [f"--{name}={value}" for name, value in options.items()],
            cwd=checkout,
            env=environment,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(server, f"{address}/api/status?token={token}", home / "log.txt")
        yield address, token
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(server, address, log):
    for _ in range(SECONDS * 4):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.25)
    raise AssertionError(f"JupyterLab does not answer: {log.read_text()}")


def found(browser, selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def run_all_cells(browser):
    """Choose Run → Run All Cells, as a person does."""
    wait = WebDriverWait(browser, SECONDS)
    menu = "//li[contains(@class, 'lm-MenuBar-item')][normalize-space()='Run']"
    wait.until(lambda b: b.find_elements(By.XPATH, menu))[0].click()
    entry = "//li[contains(@class, 'lm-Menu-item')][.//*[normalize-space()='Run All Cells']]"
    wait.until(lambda b: [e for e in b.find_elements(By.XPATH, entry) if e.is_displayed()])[
        0
    ].click()


def prompts(browser):
    """The numbers beside the code cells, as they stand in the page."""
    return browser.execute_script(
        "return [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".map(e => e.textContent.trim())"
    )


def end_kernels(address, token):
    listed = urllib.request.urlopen(f"{address}/api/sessions?token={token}", timeout=30)
    for session in json.load(listed):
        request = urllib.request.Request(
            f"{address}/api/sessions/{session['id']}?token={token}", method="DELETE"
        )
        urllib.request.urlopen(request, timeout=30).close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_in_jupyterlab(browser, lab, checkout, name):
    address, token = lab
    cells = nbformat.read(checkout / "notebooks" / name, as_version=4).cells
    expected = [f"[{n}]:" for n in range(1, 1 + sum(c.cell_type == "code" for c in cells))]
    browser.get(f"{address}/lab/tree/notebooks/{name}?reset&token={token}")
    wait = WebDriverWait(browser, SECONDS)
    wait.until(lambda b: len(prompts(b)) == len(expected))
    ready = ".jp-Notebook-ExecutionIndicator[data-status='idle']"
    wait.until(lambda b: found(b, ready), f"{name}: no kernel")
    run_all_cells(browser)
    try:
        wait.until(
            lambda b: prompts(b) == expected or found(b, "[data-mime-type$='jupyter.error']"),
            f"{name}: not all cells ran",
        )
        assert prompts(browser) == expected
        for kind in ("error", "stderr"):
            outputs = found(browser, f"[data-mime-type='application/vnd.jupyter.{kind}']")
            assert [output.text for output in outputs] == []
        images = "return [...document.querySelectorAll('.jp-OutputArea img')]"
        if any("chart" in cell.source for cell in cells):
            wait.until(lambda b: b.execute_script(f"{images}.every(i => i.complete)"))
            widths = browser.execute_script(f"{images}.map(i => i.naturalWidth)")
            assert widths
            assert min(widths) > 300
        if any("marked" in cell.source for cell in cells if cell.cell_type == "code"):
            labels = [e.text for e in found(browser, ".jp-OutputArea sup") if e.is_displayed()]
            assert len(labels) > 10
            assert all(re.match(r"\[\d+ .+ · .+ · (direct|mixed|indirect)\]", t) for t in labels)
    finally:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for element in found(browser, ".jp-OutputArea img, .jp-OutputArea sup")[:1]:
            browser.execute_script("arguments[0].scrollIntoView()", element)
        browser.save_screenshot(str(SCREENSHOTS / f"{name.removesuffix('.ipynb')}.png"))
        end_kernels(address, token)


class TestReport:
    def test_opens_offline_without_a_complaint_or_a_request(self, browser, second_run):
        browser.get("about:blank")
        for log in ("browser", "performance"):
            browser.get_log(log)  # what was before does not count
        browser.get((second_run / "report.html").as_uri())
        WebDriverWait(browser, SECONDS).until(
            lambda b: b.execute_script(
                "return document.readyState == 'complete'"
                " && [...document.images].every(i => i.complete)"
            )
        )
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        browser.save_screenshot(str(SCREENSHOTS / "report.png"))
        assert browser.get_log("browser") == []
        events = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
        asked = [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        assert any(url.endswith("report.html") for url in asked)
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []

    def test_shows_every_figure(self, browser, second_run):
        browser.get((second_run / "report.html").as_uri())
        sizes = browser.execute_script(
            "return [...document.images].map(i => [i.naturalWidth, i.clientWidth])"
        )
        assert len(sizes) == len(list(second_run.glob("figures/*.png")))
        assert all(natural > 600 and drawn > 300 for natural, drawn in sizes)
        width = browser.execute_script("return document.documentElement.scrollWidth")
        assert width <= browser.execute_script("return window.innerWidth")
