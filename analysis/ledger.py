"""What the runs into a folder have written, so that a later run destroys no work of a person's.

A table that was edited after a run is noticed before the next run would overwrite it; a file of
an earlier run that the next one does not write again is taken away, unless it was edited.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from analysis.writing import write_whole

#: Folder of a run's own files: readings, and this record.
HIDDEN = ".run"


class RunError(RuntimeError):
    """A run that cannot be made; the message names the file and the remedy."""


class Ledger:
    """The files of a folder with digests of what was written into each.

    Parameters
    ----------
    folder : Path
        The output folder of a run, which exists.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / HIDDEN / "written.json"
        self._former = self._read()
        self._written: dict[str, str] = {}

    @property
    def files(self) -> list[str]:
        """Paths of what was written so far, within the folder."""
        return sorted(self._written)

    def touch(self) -> None:
        """Write the record as it is: fails where the folder cannot be written to."""
        self._save()

    def edited(self, folder: str = "tables") -> list[Path]:
        """List files of a folder that are no longer what a run wrote."""
        names = [name for name in sorted(self._former) if name.startswith(f"{folder}/")]
        places = [self.folder / name for name in names]
        return [path for path in places if path.exists() and not self._is_ours(path)]

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole, having noted first what it will hold."""
        name = self._name(path)
        self._written[name] = _digest(content)
        self._save()
        write_whole(path, content)

    def note(self, path: Path) -> None:
        """Note a file that something else has just written."""
        self._written[self._name(path)] = _digest_of_file(path)

    def close(self) -> None:
        """Take away what an earlier run wrote and this one did not, and forget it."""
        for name in self._former.keys() - self._written.keys():
            path = self.folder / name
            if path.exists() and self._is_ours(path):
                path.unlink()
        self._former = {}
        self._save()

    def _is_ours(self, path: Path) -> bool:
        return _digest_of_file(path) in self._former.get(self._name(path), [])

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _read(self) -> dict[str, list[str]]:
        try:
            return {str(k): list(v) for k, v in json.loads(self._path.read_bytes()).items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def _save(self) -> None:
        """Keep the earlier digest beside the new one: a broken-off run leaves either."""
        names = sorted(self._former.keys() | self._written.keys())
        digests = {
            name: sorted({*self._former.get(name, []), *filter(None, [self._written.get(name)])})
            for name in names
        }
        write_whole(self._path, (json.dumps(digests, indent=1) + "\n").encode("ascii"))


def open_folder(output_folder: str | Path) -> Path:
    """Make the folder of the results, and see that nothing in it would be lost.

    Raises
    ------
    RunError
        If it cannot be written to, or if a table in it was edited after the run that wrote it.
    """
    folder = Path(output_folder)
    try:
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
        Ledger(folder).touch()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RunError(
            f"The output folder {folder} cannot be written to ({reason}). Name another one."
        ) from None
    for path in Ledger(folder).edited():
        raise RunError(
            f"{path} was edited after the run that wrote it, and would be overwritten. Save it "
            "under another name; corrections are made in statements.csv, one folder up."
        )
    return folder


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
