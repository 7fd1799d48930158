"""The network files hold the stance table, with types, and read back as they were written."""

import io
import os
import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest

from analysis.network_files import (
    SIGNS,
    edge_list,
    export_network,
    graphml_bytes,
    signed_network,
    signed_ties,
)
from analysis.tables import by_party

ROWS = [
    ("d1:s1", "Marland", "Zorvia", "ACCUSE", "allege", "against", "2031-05-01"),
    ("d1:s2", "Marland", "Zorvia", "ACCUSE", "disapprove", "against", "2031-04-30"),
    ("d1:s2", "Marland", "Kestria", "SUPPORT", None, "favor", "2031-04-30"),
    ("d1:s3", "Zorvia", "Marland", "REJECT", "deny", "against", "2031-05-02"),
    ("d1:s4", "Zorvia", "Marland", "ACCUSE", "allege", "against", "2031-05-02"),
    ("d1:s5", "Zorvia; Ostany", "Kestria", "THREATEN", None, "against", "2031-05-02"),
    ("d1:s6", "Kestria", "Zorvia", "COMMENT", "report", "none", "2031-05-03"),
    ("d1:s7", "Kestria", "Zorvia", "ACCUSE", "allege", None, "2031-05-03"),
]


@pytest.fixture
def stance():
    columns = ["statement_id", "party", "target", "act", "mode", "stance", "date"]
    return pd.DataFrame(ROWS, columns=columns).assign(document_id="d1")


def test_types_survive_graphml(stance):
    graph = signed_network(stance)
    back = nx.read_graphml(io.BytesIO(graphml_bytes(graph)), force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    wrote = {(a, b, d["tie"]): d for a, b, d in graph.edges(data=True)}
    read = {(a, b, d["tie"]): d for a, b, d in back.edges(data=True)}
    assert read == wrote
    for data in read.values():
        kinds = {name: type(value) for name, value in data.items()}
        assert kinds == {
            **dict.fromkeys(["sign", "statements"], int),
            **dict.fromkeys(["weight", "share"], float),
            **dict.fromkeys(["tie", "first", "last", "statement_ids"], str),
            "returned": bool,
        }
    assert {type(v) for _, v in back.nodes(data="speaks")} == {bool}


def test_every_edge_has_an_id_of_its_own(stance):
    text = graphml_bytes(signed_network(stance)).decode()
    ids = [line.split('id="')[1].split('"')[0] for line in text.splitlines() if "<edge " in line]
    assert len(ids) == len(set(ids)) == len(signed_ties(stance))


def test_ties_are_what_was_said(stance):
    ties = signed_ties(stance).set_index(["party", "tie", "target"])
    assert ties["statements"].to_dict() == {
        ("Marland", "accuses", "Zorvia"): 2,
        ("Marland", "supports", "Kestria"): 1,
        ("Zorvia", "denies", "Marland"): 1,
        ("Zorvia", "accuses", "Marland"): 1,
        ("Zorvia", "opposes", "Kestria"): 1,
        ("Ostany", "opposes", "Kestria"): 1,
    }
    accused = ties.loc["Marland", "accuses", "Zorvia"]
    assert (accused["first"], accused["last"]) == ("2031-04-30", "2031-05-01")
    assert accused["share"] == pytest.approx(2 / 3)
    assert accused["returned"]
    assert not ties.loc["Zorvia", "denies", "Marland"]["returned"]


def test_the_edge_list_sums_to_the_stance_table(corpus):
    rows = by_party(corpus.stance)
    rows = rows[rows["stance"].isin(list(SIGNS)) & (rows["target"] != "")]
    expected = rows.groupby(["party", "target", "stance"])["statement_id"].nunique()
    edges = edge_list(corpus.stance)
    edges["stance"] = edges["Sign"].map({sign: name for name, sign in SIGNS.items()})
    sums = edges.groupby(["Source", "Target", "stance"])["Weight"].sum()
    assert sums.to_dict() == expected.to_dict()
    assert sums.sum() == len(rows)


def test_the_edge_list_reads_as_a_network(corpus, tmp_path):
    _, path = export_network(corpus.stance, "network", tmp_path)
    assert path.read_bytes().startswith(b"Source,Target,Type,Weight,"), "what Gephi looks for"
    table = pd.read_csv(path)
    graph = nx.from_pandas_edgelist(
        table, "Source", "Target", edge_attr=True, create_using=nx.MultiDiGraph
    )
    written = signed_network(corpus.stance)
    assert graph.number_of_edges() == written.number_of_edges()
    for node in written:
        assert graph.out_degree(node, weight="Weight") == written.nodes[node]["said"]
        assert graph.in_degree(node, weight="Weight") == written.nodes[node]["received"]


def test_the_same_bytes_whatever_the_hash_seed(tmp_path):
    """Sets and dictionaries may be listed in another order in another process."""
    code = (
        "import sys; from analysis.pipeline import analyse_article;"
        "from analysis.network_files import export_network;"
        "export_network(analyse_article().stance, 'network', sys.argv[1])"
    )
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, folder], check=True, env=environment)
        written.append([path.read_bytes() for path in sorted(folder.iterdir())])
    assert len(written[0]) == 2
    assert written[0] == written[1]


def test_nobody_with_a_side_gives_an_empty_network(stance):
    nothing = stance[stance["stance"] == "none"]
    assert signed_network(nothing).number_of_edges() == 0
    assert edge_list(nothing).empty
