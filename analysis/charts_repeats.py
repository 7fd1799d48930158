"""Chart of the quotations that return, within a document or across the corpus."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.captions import counted, listed, scope, source_of, subtitle
from analysis.counts import statements_by_party
from analysis.exports import Chart
from analysis.style import drawable, drawing, finish, message_figure, new_figure, palette, wrap


def plot_repeats(
    statements: pd.DataFrame,
    *,
    most: int = 10,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw the quotations that return most often, as bars from zero.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statement table with `repeats`, `content` and `fragments`.
    most : int
        How many quotations.
    width, main, source
        As in :func:`plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: statement_id (of the first one), quotation, party (of the first one), parties (of
        all, in words), statements, documents, statement_ids.
    """
    repeated = _repeated(statements)
    data = repeated.head(most)
    rows = statements_by_party(statements)
    source, name = source or source_of(rows), "repeats"
    measure = subtitle("How many statements carry the same quotation", rows["date"])
    if data.empty:
        words = f"No quotation is repeated {scope(rows)}"
        total = rows["statement_id"].nunique()
        message = "No two statements carry the same quotation (column repeats)."
        figure = message_figure(message, words, measure, source, total, width)
        return Chart(figure, data, f"No chart: {words[0].lower() + words[1:]}.", name)
    top = data.iloc[0]
    title = f"{counted(len(repeated), 'quotation')} {'returns' if len(repeated) == 1 else 'return'}"
    title += f" {scope(rows)}"
    if scope(rows) == "in this corpus":
        title += f", {int((repeated['documents'] > 1).sum())} of them in another document"
    measure += "; the same words, or a part of them; in brackets: who is quoted with them"
    look = palette(data["party"], main)
    with drawing(width) as (inches, points):
        labels = [
            wrap(f"{q} ({names})", inches * 0.5, points)
            for q, names in zip(data["quotation"], data["parties"], strict=True)
        ]
        lines = np.array([label.count("\n") + 1 for label in labels], dtype=float)
        places = np.cumsum(lines + 0.7) - lines / 2
        figure = new_figure(inches, (places[-1] + lines[-1]) * points * 1.25 / 72 + 0.2)
        axes = figure.add_subplot()
        colours = [look[p].colour for p in data["party"]]
        axes.barh(places, data["statements"], height=0.9, color=colours)
        for place, value, number in zip(places, data["statements"], data["documents"], strict=True):
            text = f" {value} in {counted(number, 'document')}"
            axes.text(value, place, text, va="center")
        axes.set_xlim(0, data["statements"].max() * 1.9)
        axes.set_ylim(places[-1] + lines[-1] / 2 + 0.3, places[0] - lines[0] / 2 - 0.3)
        axes.set_yticks(places, labels)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        n = counted(rows["statement_id"].nunique(), "statement")
        hidden = len(repeated) - len(data)
        n += f"; {counted(hidden, 'further repeated quotation')} not drawn" if hidden else ""
        finish(figure, title, measure, source, n)
    alt = (
        f"Bar chart. Rows: quotations; bars from zero: statements that carry them. {title}. "
        f"First: “{drawable(top['quotation']).strip('“”')}” ({top['parties']}), in "
        f"{counted(int(top['statements']), 'statement')}."
    )
    return Chart(figure, data, alt, name)


def _repeated(statements: pd.DataFrame) -> pd.DataFrame:
    columns = ["statement_id", "quotation", "party", "parties", "statements", "documents"]
    columns += ["statement_ids"]
    if "repeats" not in statements:
        return pd.DataFrame(columns=columns)
    table = statements.assign(repeats=statements["repeats"].fillna("").astype(str))
    first = dict(zip(table["statement_id"], table["repeats"], strict=True))

    def origin(identity: str) -> str:
        seen = {identity}
        while first.get(identity) and first[identity] not in seen:
            identity = first[identity]
            seen.add(identity)
        ring = [identity]
        while first.get(identity) and first[ring[-1]] != identity:
            ring.append(first[ring[-1]])
        # statements that repeat each other in a ring stand under the first of them
        return min(ring)

    table["origin"] = [origin(i) for i in table["statement_id"]]
    found = []
    for identity, group in table.groupby("origin", sort=True):
        if len(group) > 1:
            group = group.sort_values("statement_id")
            # the origin itself may lie outside the table: then the first that repeats it
            row = next((r for _, r in group.iterrows() if r["statement_id"] == identity), None)
            row = group.iloc[0] if row is None else row
            fragments = row.get("fragments")
            has_fragment = isinstance(fragments, list | tuple) and len(fragments)
            quotation = max(fragments, key=len) if has_fragment else row["content"]
            documents = max(group["document_id"].nunique(), 1)
            ids = list(group["statement_id"])
            party = str(row["party"])
            others = sorted(set(group["party"].astype(str)) - {party})
            base = (identity, f"“{quotation}”", party, listed([party, *others]))
            found.append((*base, len(ids), documents, ids))
    data = pd.DataFrame(found, columns=columns)
    return data.sort_values(
        ["statements", "statement_id"], ascending=[False, True], ignore_index=True
    )
