"""What a run shows and writes: the figures and tables that its report is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

#: Names of figures and tables begin with one of these, if they rest on one.
SCOPES = ("article", "corpus")
#: Rows of a table that a report shows.
MOST_ROWS = 60


@dataclass(frozen=True)
class Exhibit:
    """A figure or a table of a run.

    Attributes
    ----------
    name : str
        Of its files, without ending: scope and subject, such as ``article_acts``.
    frame : DataFrame
        The first rows (``MOST_ROWS``) of the table, or of the numbers the figure draws, without
        the ids of statements.
    rows : int
        How many there are.
    alt : str
        The figure in words; ``""`` for a table.
    columns : tuple of str
        Those to show of a table; all if empty.
    """

    name: str
    frame: pd.DataFrame
    rows: int
    alt: str = ""
    columns: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, name: str, frame: pd.DataFrame, alt: str = "", columns: Iterable[str] = ()
    ) -> Exhibit:
        """Keep what a report shows of a table, and let go of the rest."""
        frame = frame.drop(columns="statement_ids", errors="ignore")
        first = frame.take(range(min(MOST_ROWS, len(frame))))  # head would hold the whole table
        return cls(name, first, len(frame), alt, tuple(columns))

    @property
    def subject(self) -> str:
        """What it shows: its name without that of the scope."""
        return self.name.partition("_")[2] if self._scope else self.name

    @property
    def title(self) -> str:
        """Scope and subject in words."""
        words = self.subject.replace("_", " ")
        return f"In the {self._scope}: {words}" if self._scope else words.capitalize()

    @property
    def _scope(self) -> str:
        first = self.name.partition("_")[0]
        return first if first in SCOPES else ""
