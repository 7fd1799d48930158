"""How much is read at most: of one file, of one document, of an archive, and in all."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.reading import DocumentError

_MEGABYTE = 2**20
# What an entry and what a whole archive may always unpack to, however small they are: much text
# of few words packs well, and this little does no harm.
_ENTRY_ALLOWANCE = 2**20
_ARCHIVE_ALLOWANCE = 2**24


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on what is read.

    Attributes
    ----------
    file_bytes : int
        Of one file that is one document, or of one file within an archive that is no table.
    table_bytes : int
        Of one table, and of one archive on disk; both are read piece by piece.
    total_bytes : int
        Of all that is read in one go, unpacked.
    entries : int
        Files, entries of archives and rows of tables, together.
    characters : int
        Of one document's text.
    expansion : int
        How many times its packed size an archive, or a file within it, may unpack to.
    depth : int
        How many archives an archive may lie within.
    """

    file_bytes: int = 50 * _MEGABYTE
    table_bytes: int = 1024 * _MEGABYTE
    total_bytes: int = 4096 * _MEGABYTE
    entries: int = 100_000
    characters: int = 10_000_000
    expansion: int = 200
    depth: int = 1


class LimitError(DocumentError):
    """A limit on several files together is reached: what is left of them is not read."""


class Budget:
    """Counts bytes and entries as they are read, and stops at a limit.

    Parameters
    ----------
    limits : Limits
    name : str
        The archive it counts for; ``""`` for all that is read.
    packed : int, optional
        Size of that archive in bytes; its content may be ``expansion`` times as large.
    within : Budget, optional
        Whatever is counted here is counted there too.
    """

    def __init__(
        self, limits: Limits, name: str = "", packed: int = 0, within: Budget | None = None
    ) -> None:
        self.limits = limits
        self._name = name
        self._within = within
        self._bytes = self._entries = 0
        self._most = limits.total_bytes
        if within:
            self._most = max(_ARCHIVE_ALLOWANCE, packed * limits.expansion)

    def take(self, number: int) -> None:
        """Count bytes that were read.

        Raises
        ------
        LimitError
            At the limit; its ``file`` is the archive's name, or ``""``.
        """
        self._bytes += number
        if self._bytes > self._most:
            if self._within:
                raise LimitError(self._name, *expands(self.limits))
            raise LimitError(
                "The rest",
                f"is not read: the limit of {megabytes(self._most)} for everything is reached",
                "Analyse it in several parts, or raise the limit total_bytes",
            )
        if self._within:
            self._within.take(number)

    def enter(self) -> None:
        """Count one file, entry or row; raise LimitError at the limit."""
        if self._within:
            self._within.enter()
            return
        self._entries += 1
        if self._entries > self.limits.entries:
            raise LimitError(
                "The rest",
                f"is not read: the limit of {self.limits.entries} files and rows is reached",
                "Analyse it in several parts, or raise the limit entries",
            )

    def ends(self, error: LimitError) -> bool:
        """Whether the error is about what this budget counts, and nothing beyond it."""
        return bool(self._name) and error.file == self._name


def allowed_size(packed: int, limits: Limits) -> int:
    """How many bytes a file of a packed size may unpack to."""
    return max(_ENTRY_ALLOWANCE, packed * limits.expansion)


def expands(limits: Limits) -> tuple[str, str]:
    """Reason and remedy of what unpacks to too much."""
    return (
        f"unpacks to more than {limits.expansion} times its size, as only a harmful file does",
        "Do not use it; ask for the documents themselves",
    )


def too_large(name: str, limit: int) -> DocumentError:
    """The error for a file above a limit in bytes."""
    return DocumentError(
        name, f"has more than {megabytes(limit)}, the limit", "Split it into one file per article"
    )


def megabytes(number: int) -> str:
    """A number of bytes in words."""
    return f"{number / _MEGABYTE:.0f} MB" if number >= _MEGABYTE else f"{number} bytes"
