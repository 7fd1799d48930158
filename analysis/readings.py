"""What was read in one document, kept on disk under a name that changes with all it rests on.

A reading is a pure function of the document's text, date and name, of the gazetteer and of the
engine. The name of its file is a digest of these, so that a reading is taken up again only where
every one of them is the same, and an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.documents import Document
from analysis.parties import DEFAULT_PATH, Parties
from analysis.records import Stance, Statement
from analysis.stance import stance_rows
from analysis.streaming import statements_of
from analysis.writing import write_whole

_ROOM = Path(__file__).resolve().parent
# What the engine reads besides the gazetteer.
_ENGINE_DATA = ("acts.toml", "substitutions.toml")
_ENGINE_PACKAGES = ("ftfy", "wordfreq")


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements of one document, and the stances within them.

    Attributes
    ----------
    statements : tuple of Statement
        Repetitions not yet linked: they depend on the other documents.
    stances : tuple of Stance
    """

    statements: tuple[Statement, ...]
    stances: tuple[Stance, ...]


def read_document(document: Document, parties: Parties) -> Reading:
    """Read the statements and stances of one document.

    A pure function of the document's text, date and name and of the gazetteer.
    """
    statements = statements_of(document, parties)
    return Reading(tuple(statements), tuple(stance_rows(statements, document, parties)))


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """SHA-256 of the code, the weights and the word lists that a reading rests on."""
    data = [DEFAULT_PATH.with_name(name) for name in _ENGINE_DATA]
    found = hashlib.sha256()
    for path in [*sorted(_ROOM.glob("*.py")), *sorted(_ROOM.glob("*.json")), *data]:
        found.update(path.name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    for name in _ENGINE_PACKAGES:
        found.update(f"{name} {version(name)}\0".encode())
    return found.hexdigest()


def reading_key(document: Document, gazetteer: bytes) -> str:
    """Name a reading by everything it is a function of.

    Parameters
    ----------
    document : Document
    gazetteer : bytes
        The gazetteer file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    cuts = [(r.start, r.end, r.kind) for r in document.furniture]
    parts = [document.digest, document.id, document.date, document.title, cuts]
    parts += [hashlib.sha256(gazetteer).hexdigest(), engine_digest()]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


class Shelf:
    """The readings kept in a folder, one file each, written whole or not at all.

    Parameters
    ----------
    folder : Path
        Made when the first reading is put into it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[Any, Any] = {}

    def get(self, key: str) -> Reading | None:
        """Return a reading, or None where there is none that can be used."""
        try:
            stored = json.loads(self._path(key).read_bytes())
            return Reading(
                tuple(Statement(**self._once(row)) for row in stored["statements"]),
                tuple(Stance(**self._once(row)) for row in stored["stances"]),
            )
        except (OSError, ValueError, TypeError, KeyError):
            return None  # read again: a reading can always be made anew

    def put(self, key: str, reading: Reading) -> None:
        """Keep a reading."""
        content = json.dumps(asdict(reading), separators=(",", ":")).encode("ascii")
        write_whole(self._path(key), content)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remove the readings of other texts, gazetteers and engines, and broken-off writings."""
        kept = {self._path(key).name for key in keys}
        for path in self.folder.glob("*.json"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        for path in self.folder.glob(".*.part"):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _once(self, value: Any) -> Any:
        """Turn the lists of JSON back into the tuples they were written from.

        Texts, offsets and spans recur in thousands of rows: each is kept in memory once.
        """
        if isinstance(value, dict):
            return {key: self._once(item) for key, item in value.items()}
        if isinstance(value, list):
            value = tuple(self._once(item) for item in value)
        elif not isinstance(value, str | int):
            return value
        return self._kept.setdefault(value, value)
