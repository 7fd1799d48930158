"""What a run shows and writes: the figures and tables that its report is made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Exhibit:
    """A figure or a table of a run.

    Attributes
    ----------
    name : str
        Of its files, without ending: ``article_`` or ``corpus_`` and what it shows.
    frame : DataFrame
        The table, or the numbers the figure draws.
    alt : str
        The figure in words; ``""`` for a table.
    columns : tuple of str
        Those to show of a table; all if empty.
    """

    name: str
    frame: pd.DataFrame
    alt: str = ""
    columns: tuple[str, ...] = ()
