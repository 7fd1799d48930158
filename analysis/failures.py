"""Sentences of our own on which the extraction fails, beside what the engine reads in them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd

from analysis.documents import Document
from analysis.parties import Parties
from analysis.pipeline import DATA, read_statements

EXAMPLES = DATA / "examples"
_KEYS = {"failure", "phenomenon", "text", "reads"}


def failure_examples(folder: Path = EXAMPLES) -> pd.DataFrame:
    """Run the engine on the example sentences and set what it reads beside what a person reads.

    Parameters
    ----------
    folder : Path
        Holds ``failures.toml`` (the sentences) and ``parties.toml`` (their gazetteer).

    Returns
    -------
    DataFrame
        ``failure`` (the class), ``phenomenon``, ``sentence``, ``a_person_reads``,
        ``the_engine_reads`` (speaker and content of each statement), ``same`` (yes or no: the
        same speakers and the same words, marks and spaces aside).

    Raises
    ------
    ValueError
        If an example of the file has not the keys it needs.
    """
    path = folder / "failures.toml"
    parties = Parties.from_toml(folder / "parties.toml")
    rows = []
    for number, example in enumerate(tomllib.loads(path.read_text("utf-8"))["example"], start=1):
        if set(example) != _KEYS:
            raise ValueError(f"{path.name}, example {number}: give {', '.join(sorted(_KEYS))}")
        document = Document.from_text(example["text"], id=f"example{number}", language_check=False)
        found = read_statements(document, parties)
        reads = [(speaker, content) for speaker, content in example["reads"]]
        engine = [(statement.speaker, statement.content_repaired) for statement in found]
        rows.append(
            {
                "failure": example["failure"],
                "phenomenon": example["phenomenon"],
                "sentence": example["text"],
                "a_person_reads": _in_words(reads),
                "the_engine_reads": _in_words(engine),
                "same": "yes" if _bare(reads) == _bare(engine) else "no",
            }
        )
    return pd.DataFrame(rows)


def _in_words(statements: list[tuple[str, str]]) -> str:
    return "; ".join(f"{who}: {content}" for who, content in statements) or "no statement"


def _bare(statements: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(who, "".join(c for c in text if c.isalnum())) for who, text in statements]
