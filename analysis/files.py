"""Files to read: on disk, from standard input or within an archive, opened under limits."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from analysis import formats
from analysis.limits import Budget, Limits, too_large
from analysis.reading import DocumentError

STANDARD_INPUT = "-"
SIDECAR_BYTES = 2**20


@dataclass(frozen=True, eq=False)
class File:
    """A file that can be opened any number of times.

    Attributes
    ----------
    name : str
        What messages call it: its path, or ``archive.zip/entry``.
    place : PurePosixPath
        Its path within the folder or archive that the reader named; ids are made of it.
    open : callable
        Takes a limit in bytes and gives a binary file that raises DocumentError beyond it.
    beside : callable
        Takes an ending and gives the content of the file of the same name with that ending,
        or None.
    local : Path or None
        Where it is on disk, if it is.
    depth : int
        How many archives it lies within.
    """

    name: str
    place: PurePosixPath
    open: Callable[[int], BinaryIO]
    beside: Callable[[str], bytes | None] = lambda ending: None
    local: Path | None = None
    depth: int = 0

    def read(self, limit: int) -> bytes:
        """The whole content; DocumentError above ``limit`` bytes."""
        with self.open(limit) as stream:
            return stream.read()

    def random_access(self, limits: Limits) -> BinaryIO:
        """The content as a file that can be read at any place, with the memory of little of it.

        Within an archive the whole is taken into memory.
        """
        if self.local is None:
            return io.BytesIO(self.read(limits.file_bytes))
        self.open(limits.table_bytes).close()  # raises where it is too large
        with file_errors(self.name):
            return self.local.open("rb")


class Guard(io.RawIOBase):
    """A binary file that counts what is read from it and raises at a limit.

    Parameters
    ----------
    stream : binary file
    name : str
    limit : int
        In bytes.
    budget : Budget
        Counts too.
    """

    def __init__(self, stream: BinaryIO, name: str, limit: int, budget: Budget) -> None:
        super().__init__()
        self._stream, self._name, self._limit, self._budget = stream, name, limit, budget
        self.count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what fits into the buffer; raise DocumentError at a limit."""
        with file_errors(self._name):
            piece = self._stream.read(len(buffer))
        self.count += len(piece)
        if self.count > self._limit:
            raise too_large(self._name, self._limit)
        self._budget.take(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the file beneath as well."""
        self._stream.close()
        super().close()


@contextmanager
def file_errors(name: str) -> Iterator[None]:
    """Turn what the system says about a file into one clear message."""
    try:
        yield
    except FileNotFoundError:
        raise DocumentError(name, ": no such file", "Check the name and the folder") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentError(name, f"cannot be opened ({reason})", "Check its permissions") from None


@contextmanager
def silenced(library: str) -> Iterator[None]:
    """Keep a library from logging what an error of ours says better."""
    logger = logging.getLogger(library)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def disk_file(path: Path, place: PurePosixPath, budget: Budget) -> File:
    """A file on disk; what can be read only once (a pipe) is read at once.

    Raises
    ------
    DocumentError
        If it is missing or is a folder.
    """
    name = str(path)
    with file_errors(name):
        status = path.stat()
    if path.is_dir():
        raise DocumentError(name, "is a folder", "Name a file, or read it as a corpus")
    if not path.is_file():
        with file_errors(name), path.open("rb") as stream:
            return memory_file(stream, name, place, budget)

    def opened(limit: int) -> BinaryIO:
        if status.st_size > limit:
            raise too_large(name, limit)
        with file_errors(name):
            stream = path.open("rb", buffering=0)
        return io.BufferedReader(Guard(stream, name, limit, budget))

    def beside(ending: str) -> bytes | None:
        other = path.with_suffix(ending)
        if other == path or not other.is_file():
            return None
        with file_errors(str(other)), other.open("rb") as stream:
            return stream.read(SIDECAR_BYTES)

    return File(name, place, opened, beside, path)


def standard_input(budget: Budget) -> File:
    """What comes in through standard input, as one file."""
    name = "standard input"
    return memory_file(sys.stdin.buffer, name, PurePosixPath("stdin"), budget)


def memory_file(stream: BinaryIO, name: str, place: PurePosixPath, budget: Budget) -> File:
    """A file of what can be read only once."""
    limit = budget.limits.file_bytes
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(name, limit)
    budget.take(len(data))
    return File(name, place, lambda limit: io.BytesIO(data))


def folder_files(folder: Path, budget: Budget) -> Iterator[File | DocumentError]:
    """The documents of a folder and its subfolders, in the order of their paths.

    Hidden files, read-me files, licences and files of other kinds are passed over; kinds that
    somebody may take for documents (``.doc``, ``.epub``) are given as errors, and so are links
    to folders, which may lead in a circle.
    """
    yield from _folder_files(folder, PurePosixPath(), budget)


def _folder_files(
    folder: Path, place: PurePosixPath, budget: Budget
) -> Iterator[File | DocumentError]:
    try:
        with file_errors(str(folder)), os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except DocumentError as error:
        yield error
        return
    for entry in entries:
        path, inner = folder / entry.name, place / entry.name
        if is_passed_over(inner):
            continue
        budget.enter()
        if entry.is_dir():
            if entry.is_symlink():
                yield DocumentError(
                    str(path), "is a link to a folder, which is not followed", "Name that folder"
                )
            else:
                yield from _folder_files(path, inner, budget)
        elif formats.named_format(entry.name):
            try:
                yield disk_file(path, inner, budget)
            except DocumentError as error:
                yield error
        elif error := formats.unread_format(str(path)):
            yield error


def is_passed_over(place: PurePosixPath) -> bool:
    """Whether a file of a folder or archive is hidden, or about the folder itself."""
    about = place.stem.lower() in {"readme", "license", "licence"} and place.suffix.lower() in {
        *("", ".txt", ".md")
    }
    return about or place.name.startswith(".") or place.parts[0] == "__MACOSX"
