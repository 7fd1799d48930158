"""Execute the notebooks from clean kernels, and check that they give what is stored.

A notebook is stored without what differs from machine to machine: version of Python, times of
execution, settings of an editor. It is written whole or not at all.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from analysis.writing import write_whole

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"

#: Seconds a cell may take.
CELL_TIMEOUT = 120

# Where Jupyter, IPython and matplotlib keep their files: inside the checkout, not at home.
_FOLDERS = {
    "IPYTHONDIR": "ipython",
    "JUPYTER_CONFIG_DIR": "jupyter/config",
    "JUPYTER_DATA_DIR": "jupyter/data",
    "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
    "MPLCONFIGDIR": "matplotlib",
}
_SETTINGS = {
    # Memory that is let go goes back to the system: a third less with thousands of documents.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this environment, not one installed at home
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
}
_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
# What editors and runners leave in the metadata of notebooks and cells.
_LEFT_BEHIND = frozenset(
    "collapsed colab execution ExecuteTime interpreter papermill pycharm scrolled toc"
    " toc-autonumbering trusted varInspector vscode widgets".split()
)
_FIGURE_ENDINGS = (".png", ".svg", ".pdf", ".csv", ".alt.txt", ".graphml")


class NotebookError(RuntimeError):
    """A notebook that does not run clean: one message naming the notebook and the cell.

    Attributes
    ----------
    kind, reason : str
        Name of the exception a cell raised, and its message; ``""`` where none did.
    """

    kind = reason = ""


def find_notebooks(paths: Iterable[Path] = (), folder: Path = NOTEBOOKS) -> list[Path]:
    """List notebooks in the order of their names.

    Parameters
    ----------
    paths : iterable of Path
        Those meant; all of the folder if empty.
    folder : Path

    Returns
    -------
    list of Path

    Raises
    ------
    NotebookError
        If one of ``paths`` is no notebook.
    """
    paths = list(paths)
    for path in paths:
        if path.suffix != ".ipynb" or not path.is_file():
            raise NotebookError(f"{path}: no such notebook")
    return paths or sorted(folder.glob("*.ipynb"))


def kernel_environment() -> dict[str, str]:
    """Return the environment notebooks run in, the same from every caller.

    Returns
    -------
    dict
        That of this process, with fixed seed of hashing, one thread, the inline backend, and
        the files of Jupyter, IPython and matplotlib under ``.make/`` of the checkout.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    kept.pop("PYTHONPATH", None)
    for key, place in _FOLDERS.items():
        folder = ROOT / ".make" / place
        folder.mkdir(parents=True, exist_ok=True)
        kept[key] = str(folder)
    profile = Path(kept["IPYTHONDIR"]) / "profile_default"
    profile.mkdir(exist_ok=True)
    # No warning per kernel that its connection, on this machine only, is not encrypted.
    _write(profile / "ipython_kernel_config.json", b'{"IPKernelApp": {"log_level": 40}}\n')
    return kept | _SETTINGS


def run_notebooks(paths: Sequence[Path]) -> None:
    """Execute notebooks one after the other, store their outputs and show the seconds.

    Parameters
    ----------
    paths : sequence of Path

    Raises
    ------
    NotebookError
        At the first notebook that does not run clean; its file stays as it was.
    """
    began = time.perf_counter()
    width = max((len(path.name) for path in paths), default=0)
    for number, path in enumerate(paths, start=1):
        print(f"[{number}/{len(paths)}] {path.name:<{width}}", end="", flush=True)
        started = time.perf_counter()
        try:
            content = executed(path)
        except BaseException:
            print("failed", flush=True)
            raise
        changed = _write(path, content)
        seconds = time.perf_counter() - started
        print(f"{seconds:6.1f} s{'' if changed else '  (unchanged)'}", flush=True)
    if len(paths) > 1:
        print(f"{len(paths)} notebooks in {time.perf_counter() - began:.1f} s")


def executed(
    path: Path,
    parameters: Mapping[str, str | int] | None = None,
    folder: Path | None = None,
    timeout: int | None = CELL_TIMEOUT,
    step: Callable[[], object] = lambda: None,
) -> bytes:
    """Execute a notebook in a fresh kernel and return the file it gives.

    Parameters
    ----------
    path : Path
    parameters : mapping, optional
        Values that take the place of those in the cell tagged ``parameters``.
    folder : Path, optional
        Where the kernel works; by default the folder of the notebook.
    timeout : int or None
        Seconds a cell may take; None for no limit.
    step : callable
        Called after each cell.

    Returns
    -------
    bytes
        The notebook with its outputs, as `cleaned` leaves it.

    Raises
    ------
    NotebookError
        If the file is no notebook, if a cell fails or takes too long, or if a cell writes to
        standard error.
    """
    environment = kernel_environment()
    os.environ.update({key: environment[key] for key in [*_FOLDERS, *_SETTINGS]})
    nbformat = _nbformat()
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
    except (OSError, UnicodeDecodeError, ValueError, nbformat.ValidationError) as error:
        raise NotebookError(f"{path.name} is no notebook ({type(error).__name__})") from None
    if parameters is not None:
        _set_parameters(notebook, parameters)
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str((folder or path.parent).resolve())}},
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        on_cell_executed=lambda **_: step(),
    )
    try:
        _execute(client, environment)
    except CellExecutionError as error:
        cell = _failed_cell(notebook)
        reason = f"{error.ename}: {error.evalue}".strip().splitlines()[0]
        failed = NotebookError(f"{path.name}, code cell {cell}: {reason}")
        failed.kind, failed.reason = error.ename, error.evalue
        raise failed from None
    except CellTimeoutError:
        cell = _failed_cell(notebook)
        raise NotebookError(f"{path.name}, code cell {cell}: took over {CELL_TIMEOUT} s") from None
    except DeadKernelError:
        raise NotebookError(f"{path.name}: the kernel died") from None
    for number, cell in enumerate(_code_cells(notebook), start=1):
        for output in cell.outputs:
            if output.get("name") == "stderr":
                first = output.text.strip().splitlines()[0] if output.text.strip() else ""
                raise NotebookError(
                    f"{path.name}, code cell {number} writes to standard error: {first}"
                )
    return (nbformat.writes(cleaned(notebook)).rstrip("\n") + "\n").encode("utf-8")


def _execute(client: NotebookClient, environment: dict[str, str]) -> None:
    """Execute in a thread, where nbclient takes no interrupt for itself; it ends the kernel."""
    # What cells write arrives otherwise; this is a kernel's complaint when it is ended.
    options = {"env": environment, "stderr": subprocess.DEVNULL}
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(client.execute, **options)
        try:
            done.result()
        except KeyboardInterrupt:
            if client.km is not None and client.km.has_kernel:
                client.km.provisioner.process.kill()
            raise


def _set_parameters(notebook: NotebookNode, parameters: Mapping[str, str | int]) -> None:
    """Replace the assignments of the cell tagged ``parameters``.

    Raises
    ------
    NotebookError
        If no cell has the tag.
    """
    for cell in _code_cells(notebook):
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
            return
    raise NotebookError("The notebook has no cell tagged “parameters”.")


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """Take out of a notebook what differs from machine to machine; change it in place.

    Kernel and language are described in the same words on every machine (no version of
    Python); times of execution and settings of editors go; tags stay.
    """
    notebook.metadata = {
        key: value for key, value in notebook.metadata.items() if key not in _LEFT_BEHIND
    } | {"kernelspec": _KERNELSPEC, "language_info": _LANGUAGE}
    for cell in notebook.cells:
        for key in _LEFT_BEHIND & set(cell.metadata):
            del cell.metadata[key]
    return notebook


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def code_cells(path: Path) -> int:
    """Count the code cells of a notebook."""
    return len(_code_cells(_nbformat().read(path, as_version=4)))


def _nbformat() -> ModuleType:
    """Import nbformat without a grammar of addresses, which no notebook has a use for.

    With it the process that runs a notebook would take a second and 28 MB more.
    """
    sys.modules.setdefault("rfc3987_syntax", None)
    import nbformat

    return nbformat


def _failed_cell(notebook: NotebookNode) -> int:
    """The number of the code cell execution came to."""
    numbers = [
        number
        for number, cell in enumerate(_code_cells(notebook), start=1)
        if cell.get("execution_count") or cell.get("outputs")
    ]
    return numbers[-1] if numbers else 1


def _write(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; tell whether it changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True


def check_notebooks(
    paths: Sequence[Path], *, figures: Path = FIGURES, complete: bool = True
) -> list[str]:
    """Compare what notebooks give with what is stored, outputs and figures.

    Outputs are compared by strict nbval, which does not look at pixels; so the figure files
    are compared byte by byte as well. What is stored stays as it is.

    Parameters
    ----------
    paths : sequence of Path
    figures : Path
        Folder the notebooks export to.
    complete : bool
        These are all notebooks: a figure that none of them writes is a problem, too.

    Returns
    -------
    list of str
        What does not agree, one sentence each.
    """
    before = _figure_files(figures)
    command = [
        *(sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "--no-header"),
        *(f"--nbval-cell-timeout={CELL_TIMEOUT}", "-p", "no:cacheprovider"),
        *(str(path.resolve()) for path in paths),
    ]
    try:
        status = subprocess.run(command, cwd=ROOT, env=kernel_environment()).returncode
        after = _figure_files(figures)
    finally:
        _restore(figures, before)
    problems = [] if status == 0 else ["The outputs of the notebooks are not those stored."]
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            problems.append(f"figures/{name} is written by a notebook but not stored.")
        elif name not in after or (_comparable(name) and before[name][1] != after[name][1]):
            problems.append(f"figures/{name} is not what the notebook writes.")
        elif complete and status == 0 and before[name][0] == after[name][0]:
            problems.append(f"figures/{name} is written by no notebook.")
    if problems:
        problems.append("If the new outputs are right, store them with `make figures`.")
    return problems


def _comparable(name: str) -> bool:
    """Whether the same bytes are promised here: images only on Linux x86-64."""
    here = sys.platform == "linux" and platform.machine() == "x86_64"
    return here or name.endswith((".csv", ".alt.txt"))


_Files = dict[str, tuple[tuple[int, int], bytes]]


def _figure_files(folder: Path) -> _Files:
    """The files of figures: what tells one writing from the next, and the bytes."""
    found = {}
    for path in sorted(folder.glob("*")):
        if path.is_file() and path.name.endswith(_FIGURE_ENDINGS):
            about = path.stat()
            found[path.name] = ((about.st_ino, about.st_mtime_ns), path.read_bytes())
    return found


def _restore(folder: Path, before: _Files) -> None:
    after = _figure_files(folder)
    for name, (_, content) in before.items():
        if name not in after or after[name][1] != content:
            _write(folder / name, content)
    for name in after.keys() - before.keys():
        (folder / name).unlink(missing_ok=True)
