"""Write the signed network of accusation, denial and support for Gephi, visone and NetworkX."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

import networkx as nx
import pandas as pd

from analysis.charts_network import accusation_ties
from analysis.counts import grouped, stances_by_party
from analysis.exports import csv_bytes, export_files

#: Stances with another act than the three ties of the chart, by what they are called here.
OTHER_TIES = {"against": "opposes", "favor": "favors"}
SIGNS = {"against": -1, "favor": 1}


def signed_ties(stances: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of party and target that has a side, by kind of tie.

    Parameters
    ----------
    stances : DataFrame
        The stance table with ``date``.

    Returns
    -------
    DataFrame
        ``party``, ``target``, ``tie`` (accuses, denies, supports; opposes and favors for
        statements against and in favor with other acts), ``sign`` (-1 or 1), ``statements``,
        ``share`` (of the statements of the party with a side), ``returned`` (bool: the target
        has such a tie to the party), ``first``, ``last`` (dates), ``statement_ids``. The
        statements of a party, target and sign add up to the rows of the stance table (a joint
        statement has a row for each of its parties).
    """
    rows = stances_by_party(stances)
    rows = rows[rows["stance"].isin(list(SIGNS)) & (rows["target"] != "")]
    rows = rows.drop_duplicates(["statement_id", "party", "target", "stance", "act", "mode"])
    named = _ties_named(rows)
    rows["tie"] = [
        named.get((r.party, r.target, r.statement_id, r.stance), OTHER_TIES[r.stance])
        for r in rows.itertuples()
    ]
    table = grouped(rows, ["party", "target", "tie", "stance"])
    table["sign"] = [SIGNS[stance] for stance in table["stance"]]
    whole = table.groupby("party")["statements"].transform("sum")
    table["share"] = table["statements"] / whole
    ties = set(zip(table["party"], table["target"], table["tie"], strict=True))
    table["returned"] = [(r.target, r.party, r.tie) in ties for r in table.itertuples()]
    dates = dict(zip(rows["statement_id"], rows["date"], strict=True))
    spans = [sorted(dates[i] for i in ids) for ids in table["statement_ids"]]
    table["first"] = [found[0] for found in spans]
    table["last"] = [found[-1] for found in spans]
    columns = "party target tie sign statements share returned first last statement_ids".split()
    return table.sort_values(
        ["statements", "party", "target", "tie"],
        ascending=[False, True, True, True],
        ignore_index=True,
    )[columns]


def _ties_named(rows: pd.DataFrame) -> dict[tuple[str, str, str, str], str]:
    """Return the tie of each statement that the chart of the network draws."""
    return {
        (tie.party, tie.target, identity, "favor" if tie.tie == "supports" else "against"): tie.tie
        for tie in accusation_ties(rows).itertuples()
        for identity in tie.statement_ids
    }


def signed_network(stances: pd.DataFrame) -> nx.MultiDiGraph:
    """Return the network as a directed graph with typed attributes.

    Parameters
    ----------
    stances : DataFrame
        The stance table with ``date``.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are parties: ``label`` (str), ``said``, ``received`` (int, statements with a side
        as speaker and as target), ``speaks`` (bool). Edges are ties: ``tie``, ``first``,
        ``last``, ``statement_ids`` (str), ``sign``, ``statements`` (int), ``weight``, ``share``
        (float), ``returned`` (bool); the key of an edge is unique.
    """
    table = signed_ties(stances)
    said = table.groupby("party")["statements"].sum()
    received = table.groupby("target")["statements"].sum()
    graph = nx.MultiDiGraph()
    for party in sorted({*table["party"], *table["target"]}):
        graph.add_node(
            party,
            label=party,
            said=int(said.get(party, 0)),
            received=int(received.get(party, 0)),
            speaks=party in said.index,
        )
    for row in table.itertuples():
        graph.add_edge(
            row.party,
            row.target,
            key=f"{row.party} {row.tie} {row.target}",
            tie=row.tie,
            sign=int(row.sign),
            statements=int(row.statements),
            weight=float(row.statements),
            share=round(float(row.share), 6),
            returned=bool(row.returned),
            first=row.first,
            last=row.last,
            statement_ids="; ".join(row.statement_ids),
        )
    return graph


def graphml_bytes(graph: nx.MultiDiGraph) -> bytes:
    """Return a graph as the bytes of a GraphML file, the same for the same graph."""
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer, prettyprint=True)
    return buffer.getvalue()


def edge_list(stances: pd.DataFrame) -> pd.DataFrame:
    """Return the ties as an edge list whose columns Gephi, visone and NetworkX know.

    Returns
    -------
    DataFrame
        ``Source``, ``Target``, ``Type`` (Directed), ``Weight`` (statements), ``Tie``, ``Sign``,
        ``Share``, ``Returned``, ``First``, ``Last``, ``StatementIds``.
    """
    table = signed_ties(stances).rename(columns={"party": "Source", "statements": "Weight"})
    table.insert(2, "Type", "Directed")
    table.columns = ["".join(w.capitalize() for w in c.split("_")) for c in table.columns]
    first = ["Source", "Target", "Type", "Weight", "Tie", "Sign"]
    return table[[*first, *(c for c in table.columns if c not in first)]]


def export_network(
    stances: pd.DataFrame, name: str, folder: str | Path | None = None
) -> list[Path]:
    """Write ``name.graphml`` and ``name.edges.csv``, both or none.

    Parameters
    ----------
    stances : DataFrame
        The stance table with ``date``.
    name : str
        File name without ending.
    folder : path, optional
        By default ``figures/`` of the project.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    analysis.exports.ExportError
        If the folder cannot be written to.
    """
    files = {
        "graphml": graphml_bytes(signed_network(stances)),
        # Without the byte order mark of the other tables: Gephi reads it as part of "Source".
        "edges.csv": csv_bytes(edge_list(stances)).removeprefix(codecs.BOM_UTF8),
    }
    return export_files(files, name, folder)
