"""Turn statements and stances into the tables the notebooks and charts read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.documents import Document
from analysis.records import Stance, Statement
from analysis.vocabulary import word_count

# Text as Python holds it: Arrow's refuses half a surrogate pair, which a damaged file may hold.
pd.set_option("mode.string_storage", "python")

_TEXT = (
    "document_id statement_id date section kind content content_repaired source cue speaker "
    "speaker_kind party rule repeats"
).split()
_LISTS = "content_spans fragment_spans fragments via".split()
_NUMBERS = "content_confidence source_confidence speaker_confidence".split()
STATEMENT_COLUMNS = [
    "document_id", "statement_id", "date", "paragraph", "kind", "section", "content",
    "content_spans", "content_repaired", "fragments", "fragment_spans", "source", "source_span",
    "relative_span", "cue", "cue_span", "speaker", "speaker_kind", "party", "rule",
    "content_confidence", "source_confidence", "speaker_confidence", "repeats", "via",
]  # fmt: skip
STANCE_COLUMNS = [
    "statement_id", "document_id", "party", "target", "act", "mode", "act_confidence", "stance",
    "stance_confidence", "evidence_span", "rule",
]  # fmt: skip


def statement_table(statements: Iterable[Statement]) -> pd.DataFrame:
    """One row per statement, sorted by document and position.

    Parameters
    ----------
    statements : iterable of Statement

    Returns
    -------
    DataFrame
        Columns in the order of ``STATEMENT_COLUMNS``; ``data/README.md`` explains each. Text
        columns are ``string``, ``paragraph`` is ``Int64``, ``kind``, ``section`` and ``party``
        are ``category``; spans, fragments and ``via`` are lists.
    """
    rows = list(statements)
    frame = pd.DataFrame({name: [getattr(s, name) for s in rows] for name in STATEMENT_COLUMNS})
    for column in _LISTS:
        frame[column] = [
            [list(v) if isinstance(v, tuple) else v for v in value] for value in frame[column]
        ]
    for column in ("source_span", "relative_span", "cue_span"):
        frame[column] = [list(v) if isinstance(v, tuple) else None for v in frame[column]]
    for column in _TEXT:
        frame[column] = frame[column].astype("string")
    frame["paragraph"] = frame["paragraph"].astype("Int64")
    for column in _NUMBERS:
        frame[column] = frame[column].astype("Float64")
    for column in ("kind", "section", "party"):
        frame[column] = frame[column].astype("category")
    return frame


def stance_table(stances: Iterable[Stance], statements: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per statement and target.

    Parameters
    ----------
    stances : iterable of Stance
    statements : DataFrame, optional
        A statement table; its ``date``, ``speaker``, ``kind``, ``section`` and
        ``content_repaired`` are joined on.

    Returns
    -------
    DataFrame
        Columns in the order of ``STANCE_COLUMNS``, then the joined ones. ``act`` and ``stance``
        are missing where the engine abstains; ``target`` is ``""`` for an act without one.
    """
    rows = list(stances)
    frame = pd.DataFrame({name: [getattr(s, name) for s in rows] for name in STANCE_COLUMNS})
    frame["evidence_span"] = [
        list(v) if isinstance(v, tuple) else None for v in frame["evidence_span"]
    ]
    for column in (
        "statement_id",
        "document_id",
        "party",
        "target",
        "act",
        "mode",
        "stance",
        "rule",
    ):
        frame[column] = frame[column].astype("string")
    for column in ("act_confidence", "stance_confidence"):
        frame[column] = frame[column].astype("Float64")
    if statements is None:
        return frame
    joined = ["statement_id", "date", "speaker", "kind", "section", "content_repaired", "repeats"]
    return frame.merge(statements[joined], on="statement_id", how="left", validate="m:1")


def by_party(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each party of a joint statement ("A; B") a row of its own.

    Parameters
    ----------
    frame : DataFrame
        With a column ``party``.
    """
    parties = frame["party"].astype("string").str.split("; ")
    return frame.assign(party=parties).explode("party", ignore_index=True)


def stance_counts(stance: pd.DataFrame) -> pd.DataFrame:
    """Count the statements of each party about each target, by the side they take.

    Parameters
    ----------
    stance : DataFrame
        A stance table.

    Returns
    -------
    DataFrame
        ``party``, ``target``, ``statements``, ``against``, ``no_side``, ``favor``,
        ``no_answer``, ``statement_ids``; most statements first.
    """
    about = by_party(stance[stance["target"] != ""])
    rows = []
    for (party, target), found in about.groupby(["party", "target"], sort=True):
        sides = found["stance"].fillna("missing").value_counts()
        rows.append(
            {
                "party": party,
                "target": target,
                "statements": len(found),
                "against": int(sides.get("against", 0)),
                "no_side": int(sides.get("none", 0)),
                "favor": int(sides.get("favor", 0)),
                "no_answer": int(sides.get("missing", 0)),
                "statement_ids": list(found["statement_id"]),
            }
        )
    columns = "party target statements against no_side favor no_answer statement_ids".split()
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values("statements", ascending=False, kind="stable", ignore_index=True)


def overview(statements: pd.DataFrame, by: Sequence[str] = ("party",)) -> pd.DataFrame:
    """Count statements, documents, speakers and words.

    Parameters
    ----------
    statements : DataFrame
        A statement table.
    by : sequence of str
        Columns to group by.

    Returns
    -------
    DataFrame
        One row per group: ``statements``, ``direct``, ``mixed``, ``indirect``, ``documents``,
        ``speakers``, ``words`` (words of the statements, quoted and paraphrased), most statements
        first. A joint statement counts for each of its parties.
    """
    statements = by_party(statements)
    frame = statements.assign(
        words=pd.array([word_count(c) for c in statements["content_repaired"]], dtype="Int64"),
        **{
            kind: (statements["kind"] == kind).astype("Int64")
            for kind in ("direct", "mixed", "indirect")
        },
    )
    found = frame.groupby(list(by), observed=True).agg(
        statements=("statement_id", "count"),
        direct=("direct", "sum"),
        mixed=("mixed", "sum"),
        indirect=("indirect", "sum"),
        documents=("document_id", "nunique"),
        speakers=("speaker", "nunique"),
        words=("words", "sum"),
    )
    return found.sort_values(["statements", "words"], ascending=False, kind="stable").reset_index()


def furniture_table(document: Document) -> pd.DataFrame:
    """List the page furniture of a document.

    Returns
    -------
    DataFrame
        ``kind``, ``start``, ``end`` (raw offsets), ``text`` (the raw slice, front matter cut
        short).
    """
    rows = [(r.kind, r.start, r.end, document.raw[r.start : r.end]) for r in document.furniture]
    return pd.DataFrame(rows, columns=["kind", "start", "end", "text"])


def repair_table(document: Document) -> pd.DataFrame:
    """List the repairs of a document, in order.

    Returns
    -------
    DataFrame
        ``kind``, ``start``, ``end`` (raw offsets), ``raw`` (as it stands in the file),
        ``repaired`` (as it is read), ``context``.
    """
    rows = [
        (
            r.kind,
            r.start,
            r.end,
            document.raw[r.start : r.end],
            r.text,
            document.raw[max(0, r.start - 30) : r.end + 20].replace("\n", " "),
        )
        for r in document.repairs
    ]
    return pd.DataFrame(rows, columns=["kind", "start", "end", "raw", "repaired", "context"])


def corpus_table(documents: Sequence[Document], statements: pd.DataFrame) -> pd.DataFrame:
    """List the documents of a corpus.

    Returns
    -------
    DataFrame
        One row per document: ``document_id``, ``date``, ``form``, ``words`` (of the text that is
        read), ``statements``, ``parties`` (that speak), ``furniture``, ``repairs``.
    """
    by_document = {name: list(own) for name, own in statements.groupby("document_id")["party"]}
    rows = []
    for document in documents:
        mine = by_document.get(document.id, [])
        parties = sorted(set(mine))
        rows.append(
            (
                document.id,
                document.date,
                document.meta.get("form", "article"),
                len(document.text.split()),
                len(mine),
                ", ".join(parties),
                sum(r.kind != "front matter" for r in document.furniture),
                len(document.repairs),
            )
        )
    columns = "document_id date form words statements parties furniture repairs".split()
    return pd.DataFrame(rows, columns=columns)


def source_table(path: Path | None = None) -> pd.DataFrame:
    """Count the sources behind the corpus by the party they report and whether they are open.

    Parameters
    ----------
    path : Path, optional
        ``data/sources.csv`` if left out.

    Returns
    -------
    DataFrame
        ``party``, ``sources``, ``publishers``, ``open_licence``, ``first``, ``last``.
    """
    default = Path(__file__).resolve().parent.parent / "data" / "sources.csv"
    frame = pd.read_csv(path or default, dtype="string", keep_default_na=False)
    found = (
        frame.assign(open=frame["open_licence"].eq("yes"))
        .groupby("party")
        .agg(
            sources=("id", "count"),
            publishers=("publisher", "nunique"),
            open_licence=("open", "sum"),
            first=("date", "min"),
            last=("date", "max"),
        )
    )
    return found.sort_values("sources", ascending=False, kind="stable").reset_index()


def monthly(statements: pd.DataFrame) -> pd.DataFrame:
    """Count statements by month and party.

    Returns
    -------
    DataFrame
        One row per month that has a statement, one column per party, ``documents`` last.
    """
    statements = by_party(statements)
    month = statements["date"].str.slice(0, 7).rename("month")
    counts = pd.crosstab(month, statements["party"].astype(str))
    counts = counts[counts.sum().sort_values(ascending=False, kind="stable").index]
    counts["documents"] = statements.groupby(month)["document_id"].nunique()
    counts.columns.name = None
    return counts.reset_index()
