"""Write files whole or not at all: beside their destination first, then moved into place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

#: Content of a file: as a whole, or piece by piece where the whole would take much memory.
Content = bytes | Iterable[bytes]


def write_files(folder: Path, files: Mapping[str, Content]) -> list[Path]:
    """Write several files into a folder, which is made if missing.

    Parameters
    ----------
    folder : Path
    files : mapping of str to bytes, or to an iterable of bytes
        Content by file name, whole or in pieces.

    Returns
    -------
    list of Path
        The files written, in the order given.

    Raises
    ------
    OSError
        If one cannot be written; the former files are then as they were.
    """
    finished: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
            finished.append((temporary, folder / name))
            with os.fdopen(handle, "wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
            os.chmod(temporary, 0o644)  # mkstemp makes files only their owner can read
        for temporary, target in finished:
            os.replace(temporary, target)
    finally:
        for temporary, _ in finished:
            Path(temporary).unlink(missing_ok=True)
    return [target for _, target in finished]


def write_whole(path: Path, content: Content) -> None:
    """Write one file; see :func:`write_files`."""
    write_files(path.parent, {path.name: content})
