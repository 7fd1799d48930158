"""Zip files, read entry by entry in memory: nothing is unpacked to disk, and nothing at will.

An entry whose name leads out of the archive, that is a link, or that needs a password is
refused. How much an entry and the whole archive unpack to is counted while they are read, since
the sizes an archive states may be false.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from stat import S_ISLNK
from typing import Any, BinaryIO

from analysis import formats
from analysis.files import SIDECAR_BYTES, File, Guard, is_passed_over
from analysis.limits import Budget, Limits, allowed_size, expands
from analysis.reading import DocumentError

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OverflowError)
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1
# A directory record has 46 bytes and the name of its entry, which is seldom longer than this.
_LONGEST_RECORD = 1000
_DIRECTORY_END = b"PK\x05\x06"


def archive_files(
    file: File, budget: Budget, place: PurePosixPath
) -> Iterator[File | DocumentError]:
    """The documents within a zip file, in the order of their names.

    Parameters
    ----------
    file : File
    budget : Budget
    place : PurePosixPath
        Where the entries lie for the making of ids.

    Yields
    ------
    File or DocumentError
        To be read before the next one is asked for. As in a folder, hidden files, read-me files
        and other kinds are passed over.

    Raises
    ------
    DocumentError
        If the archive itself cannot be read.
    LimitError
        If it unpacks to too much.
    """
    if file.depth > budget.limits.depth:
        raise DocumentError(
            file.name,
            f"lies within {file.depth} archives; {budget.limits.depth} is read",
            "Unpack it, and name the folder",
        )
    with file.random_access(budget.limits) as stream:
        size = stream.seek(0, io.SEEK_END)
        own = Budget(budget.limits, file.name, size, budget)
        with open_archive(stream, file.name, size, budget.limits) as archive:
            for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
                yield from _entry_files(archive, entry, file, place, own)


def _entry_files(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    file: File,
    place: PurePosixPath,
    budget: Budget,
) -> Iterator[File | DocumentError]:
    """The entry as a file, an error, or nothing."""
    name = f"{file.name}/{entry.orig_filename}"
    if entry.is_dir():
        return
    if problem := entry_problem(entry):
        budget.enter()
        yield DocumentError(name, *problem)
        return
    inner = PurePosixPath(entry.filename.replace("\\", "/"))
    if is_passed_over(inner):
        return
    if error := formats.unread_format(name):
        budget.enter()
        yield error
    elif formats.named_format(entry.filename):
        budget.enter()

        def opened(limit: int) -> BinaryIO:
            return open_entry(archive, entry, name, limit, budget)

        def beside(ending: str) -> bytes | None:
            other = entry.filename[: -len(inner.suffix)] + ending
            if other not in archive.NameToInfo or entry_problem(archive.NameToInfo[other]):
                return None
            with open_entry(
                archive, archive.NameToInfo[other], f"{file.name}/{other}", SIDECAR_BYTES, budget
            ) as stream:
                return stream.read()

        yield File(name, place / inner, opened, beside, None, file.depth + 1)


def open_archive(stream: BinaryIO, name: str, size: int, limits: Limits) -> zipfile.ZipFile:
    """Open a zip file whose list of contents is of a bearable length.

    Raises
    ------
    DocumentError
        If it is empty, no zip file, cut off, or lists too many entries.
    """
    stream.seek(0)
    formats.require_format(stream.read(1024), formats.ARCHIVE, name)
    stream.seek(max(0, size - 2**16 - 22))
    tail = stream.read()
    at = tail.rfind(_DIRECTORY_END)
    listed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if listed > limits.entries * _LONGEST_RECORD:
        raise _too_many(name, limits)
    try:
        archive = zipfile.ZipFile(stream)
    except (*_DAMAGE, NotImplementedError) as error:
        raise _damaged(name, error) from None
    if len(archive.infolist()) > limits.entries:
        raise _too_many(name, limits)
    return archive


def open_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limit: int, budget: Budget
) -> BinaryIO:
    """One entry as a binary file that is counted while it is read."""
    try:
        stream = archive.open(entry)
    except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
        raise _damaged(name, error) from None
    return io.BufferedReader(_EntryGuard(stream, name, limit, budget, entry.compress_size))


def entry_problem(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Reason and remedy where an entry is not to be opened at all; None for others."""
    written = entry.orig_filename
    parts = re.split(r"[/\\]", written)
    if written.startswith(("/", "\\")) or _DRIVE.match(written) or ".." in parts:
        return "has a path that leads out of its archive", "Do not use it; pack the files anew"
    if not written.isprintable():
        return "has a name with control characters", "Rename the file and pack it anew"
    if S_ISLNK(entry.external_attr >> 16):
        return "is a link, not a file", "Pack the file itself"
    if entry.flag_bits & _ENCRYPTED:
        return "is protected with a password", "Pack it anew without a password"
    return None


class _EntryGuard(Guard):
    """A guard that also knows how large the entry was while packed."""

    def __init__(
        self, stream: BinaryIO, name: str, limit: int, budget: Budget, packed: int
    ) -> None:
        super().__init__(stream, name, limit, budget)
        self._allowed = allowed_size(packed, budget.limits)

    def readinto(self, buffer: Any) -> int:
        """Read what fits; raise DocumentError for damage and for what unpacks to too much."""
        try:
            number = super().readinto(buffer)
        except DocumentError:
            raise
        except (*_DAMAGE, NotImplementedError) as error:
            raise _damaged(self._name, error) from None
        if self.count > self._allowed:
            raise DocumentError(self._name, *expands(self._budget.limits))
        return number


def _too_many(name: str, limits: Limits) -> DocumentError:
    return DocumentError(
        name, f"has more than {limits.entries} entries", "Split it into several archives"
    )


def _damaged(name: str, error: Exception) -> DocumentError:
    if isinstance(error, NotImplementedError):
        return DocumentError(
            name, "is packed in a way that is not read", "Pack it anew as an ordinary zip file"
        )
    if isinstance(error, RuntimeError):
        return DocumentError(name, "is protected with a password", "Pack it anew without one")
    return DocumentError(name, "is damaged or cut off", "Save or download it again")
