"""All that a figure needs to be defended a year later, in one zip file."""

from __future__ import annotations

import hashlib
import json
import platform
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.material import Material

#: Names of the files in the output folder.
REPORT = "report.html"
BUNDLE = "figures_and_tables.zip"

# The earliest day a zip file can name: its files have no time of their own.
_DAY = (1980, 1, 1, 0, 0, 0)
_PIECE = 2**20  # bytes
_ABOUT = """\
Results of Quoted Parties: who said what about whom, with evidence.

figures/         each figure as PNG, SVG and PDF, the numbers it draws (CSV) and its description
tables/          each table (CSV, UTF-8; a cell that a spreadsheet could run begins with ')
parameters.json  what was asked for, with SHA-256 of each document, the gazetteer and the engine
versions.txt     Python and every package of the environment

To make the same again: install these versions, check the digests of the texts, and run the
notebook 06_your_article.ipynb, or `python -m analysis run`, with these parameters.
"""


def record_of(material: Material, parameters: dict[str, Any]) -> dict[str, Any]:
    """Say what a run rests on.

    Parameters
    ----------
    material : Material
    parameters : dict
        As given.

    Returns
    -------
    dict
        ``parameters``, and SHA-256 of the ``engine``, the ``gazetteer`` and the text of each
        document (``documents``, by id); ``left_out`` with the reasons.
    """
    from analysis.readings import engine_digest  # with the engine: the names alone need none

    return {
        "parameters": parameters,
        "engine": engine_digest(),
        "gazetteer": hashlib.sha256(material.gazetteer).hexdigest(),
        "documents": {document.id: document.digest for document in material.documents},
        "left_out": [str(problem) for problem in material.left_out],
    }


def versions() -> dict[str, str]:
    """Return the release of Python and of every package of the environment, by name."""
    packages = {d.metadata["Name"]: d.version for d in distributions()}
    ordered = sorted(packages.items(), key=lambda item: item[0].lower())
    return {"Python": platform.python_version()} | dict(ordered)


def bundle(folder: Path, names: Iterable[str], record: dict[str, Any]) -> Iterator[bytes]:
    """Pack files of a folder with what they rest on.

    Parameters
    ----------
    folder : Path
    names : iterable of str
        Files within the folder.
    record : dict
        As `record_of` gives it.

    Yields
    ------
    bytes
        A zip file, piece by piece: the same files, record and environment give the same bytes.
    """
    about = {
        "README.txt": _ABOUT.encode("utf-8"),
        "parameters.json": (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode(
            "utf-8", "backslashreplace"
        ),
        "versions.txt": "".join(f"{n}=={v}\n" for n, v in versions().items()).encode("utf-8"),
    }
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted([*about, *names]):
                entry = zipfile.ZipInfo(name, _DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, about.get(name) or (folder / name).read_bytes())
        file.seek(0)
        yield from iter(lambda: file.read(_PIECE), b"")
