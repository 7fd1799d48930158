"""One run over a person's own material: what a notebook asks for, shows, keeps and writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML, Image, Markdown, display

from analysis import charts, findings
from analysis.bundle import BUNDLE, REPORT, bundle_bytes, record_of
from analysis.captions import counted, listed
from analysis.counts import NO_PARTY
from analysis.display import shown
from analysis.exhibits import Exhibit
from analysis.exports import Chart, csv_bytes
from analysis.keyness import keyness
from analysis.ledger import HIDDEN, Ledger, open_folder
from analysis.markup import marked_document
from analysis.material import Material, read_material
from analysis.parallel import read_documents
from analysis.pipeline import Analysis, analyse
from analysis.readings import Shelf
from analysis.report import report_html
from analysis.tables import by_party, overview, stance_counts

if TYPE_CHECKING:
    from collections.abc import Iterable


_NO_CORPUS = "This run has no corpus, so there is nothing to show here."


class Scope:
    """The article of a run, or its corpus: the tables, and a place for what is made of them.

    Parameters
    ----------
    name : str
        ``article`` or ``corpus``; the names of its figures and tables begin with it.
    analysis : Analysis
    run : Run
    present : bool
        False for the corpus of a run without one: nothing of it is shown or written.
    """

    def __init__(self, name: str, analysis: Analysis, run: Run, present: bool = True) -> None:
        self.name, self.analysis, self.present = name, analysis, present
        self._run = run

    @property
    def documents(self) -> tuple:
        """The documents, oldest first."""
        return self.analysis.documents

    @property
    def statements(self) -> pd.DataFrame:
        """The statement table."""
        return self.analysis.statements

    @property
    def stance(self) -> pd.DataFrame:
        """The stance table."""
        return self.analysis.stance

    def parties(self, most: int) -> list[str]:
        """Name the parties with most statements; ``other`` and ``unresolved`` are none."""
        named = overview(self.statements)["party"].astype(str) if self.present else []
        return [party for party in named if party not in NO_PARTY][:most]

    def targets(self, most: int) -> list[str]:
        """Name the parties most often spoken about by others."""
        if not self.present:
            return []
        about = by_party(self.stance[self.stance["target"] != ""])
        about = about[(about["target"] != about["party"]) & ~about["target"].isin(NO_PARTY)]
        counts = about.groupby("target")["statement_id"].nunique()
        return list(counts.sort_values(ascending=False, kind="stable").index[:most])

    def ties(self, parties: int = 2, targets: int = 2) -> list[tuple[str, str]]:
        """Pair the parties that speak most with those each is most often against.

        Returns
        -------
        list of (str, str)
            Party and target; the targets of a party in the order of `targets`.
        """
        order = self.targets(len(self.stance))
        counts = stance_counts(self.stance)
        counts = counts[counts["target"].isin(order) & (counts["against"] > 0)]
        pairs = []
        for party in self.parties(parties):
            own = counts[(counts["party"] == party) & (counts["target"] != party)]
            own = own.sort_values("against", ascending=False, kind="stable")["target"]
            pairs += [(party, target) for target in sorted(own.head(targets), key=order.index)]
        return pairs

    def show(self, chart: Chart, name: str = "") -> Image | Markdown:
        """Write a figure and return it for the notebook.

        Parameters
        ----------
        chart : Chart
        name : str
            Of its files, behind the name of the scope; the chart's own if left out.
        """
        if not self.present:
            return Markdown(_NO_CORPUS)
        self._run.keep_figure(chart, f"{self.name}_{name or chart.name}")
        return chart.show()

    def distinctive(self, most: int) -> None:
        """Show which terms set the parties with most statements apart, a figure for each."""
        for party in self.parties(most):
            found = keyness(self.statements, party)
            chart = charts.plot_distinctive_terms(found, statements=self.statements)
            display(self.show(chart, f"distinctive_{_file_name(party)}"))

    def stance_over_time(self, most: int) -> None:
        """Show how stance changes towards those most spoken about, a figure for each."""
        for target in self.targets(most):
            chart = charts.plot_stance_over_time(self.stance, target=target)
            display(self.show(chart, f"stance_on_{_file_name(target)}"))

    def table(
        self,
        frame: pd.DataFrame,
        name: str,
        columns: list[str] | None = None,
        most: int | None = None,
        note: str = "",
    ) -> HTML | Markdown:
        """Write a table and return it for the notebook; see `analysis.display.shown`."""
        if not self.present:
            return Markdown(_NO_CORPUS)
        self._run.keep_table(frame, f"{self.name}_{name}", columns)
        return shown(frame, columns, most, note)

    def marked(self) -> HTML:
        """Return the first document with its statements marked."""
        return HTML(marked_document(self.documents[0], self.analysis.records))


@dataclass
class Run:
    """A run over a person's own material.

    Attributes
    ----------
    material : Material
    folder : Path
        Where everything is written.
    parameters : dict
        As given, for the record.
    article, corpus : Scope
        The corpus has the article among its documents.
    exhibits : dict
        Figures and tables by name, in the order in which they were shown.
    """

    material: Material
    folder: Path
    parameters: dict[str, Any]
    article: Scope = field(init=False)
    corpus: Scope = field(init=False)
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    ledger: Ledger = field(init=False, repr=False)

    def account(self) -> Markdown:
        """State what was read and found, and list what was left out, with the reasons."""
        statements, left_out = self.corpus.statements, self.material.left_out
        unresolved = int((statements["party"] == "unresolved").sum())
        text = (
            f"{counted(len(self.material.documents), 'document')}, the article among them: "
            f"{counted(len(statements), 'statement')} of "
            f"{listed(self.corpus.parties(5)) or 'no known party'}"
            f"; of {unresolved} the party could not be told."
        )
        reasons = "".join(f"\n- `{name}`: {reason}" for name, reason in left_out)
        return Markdown(text + (f" Left out:\n{reasons}" if left_out else ""))

    def keep_figure(self, chart: Chart, name: str) -> None:
        """Write a figure into ``figures/`` of the run's folder, and remember it."""
        for path in chart.export(self.folder / "figures", name):
            self.ledger.note(path)
        self.exhibits[name] = Exhibit(name, chart.data, chart.alt)

    def keep_table(
        self, frame: pd.DataFrame, name: str, columns: Iterable[str] | None = None
    ) -> None:
        """Write a table into ``tables/`` of the run's folder, and remember it."""
        self.ledger.write(self.folder / "tables" / f"{name}.csv", csv_bytes(frame))
        self.exhibits[name] = Exhibit(name, frame, columns=tuple(columns or ()))

    def finish(self) -> Markdown:
        """Write the report and the bundle, clear away what an earlier run left, list the files."""
        record = record_of(self.material, self.parameters)
        files = self.ledger.files
        report = report_html(
            self.article.analysis,
            self.corpus.analysis,
            self.exhibits.values(),
            self.folder,
            [findings.headline(self.article.analysis).data, self.account().data],
            record,
        )
        self.ledger.write(self.folder / REPORT, report.encode("utf-8", "backslashreplace"))
        self.ledger.write(self.folder / BUNDLE, bundle_bytes(self.folder, files, record))
        self.ledger.close()
        return Markdown("\n".join(f"- `{name}`: {ends}" for name, ends in self._by_stem().items()))

    def _by_stem(self) -> dict[str, str]:
        """Endings of the files written, by path without ending."""
        found: dict[str, list[str]] = {}
        for name in self.ledger.files:
            folder, _, file = name.rpartition("/")
            stem, _, ending = file.partition(".")
            found.setdefault(f"{folder}/{stem}".lstrip("/"), []).append(ending)
        return {stem: ", ".join(endings) for stem, endings in found.items()}


def _file_name(words: str) -> str:
    """A name in small letters, digits and underscores."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in words.lower())
    return "_".join(plain.split()) or "unnamed"


def start_run(
    article: str | Path,
    corpus: str | Path = "",
    gazetteer: str | Path = "",
    corrections: str | Path = "",
    first_date: str = "",
    last_date: str = "",
    output_folder: str | Path = "output",
    jobs: int = 1,
) -> Run:
    """Read the material, find its statements, and prepare the folder of the results.

    Parameters
    ----------
    article, corpus, gazetteer, first_date, last_date
        See `analysis.material.read_material`.
    corrections : str or Path
        A corrected statement table, or ``""``.
    output_folder : str or Path
        Made if missing. What was read in each document is kept in it, so that a run that was
        interrupted goes on where it stopped.
    jobs : int
        How many documents to read at a time.

    Returns
    -------
    Run

    Raises
    ------
    DocumentError, PartiesError
        If the material cannot be read.
    RunError
        If the folder cannot be written to, or holds tables that were edited.
    """
    material = read_material(article, corpus, gazetteer, first_date, last_date)
    folder = open_folder(output_folder)
    parameters = {
        "article": str(article),
        "corpus": str(corpus),
        "gazetteer": str(gazetteer),
        "corrections": str(corrections),
        "first_date": first_date,
        "last_date": last_date,
    }
    run = Run(material, folder, parameters)
    shelf = Shelf(folder / HIDDEN / "readings")
    keys = read_documents(material.documents, material.parties, material.gazetteer, shelf, jobs)
    shelf.keep_only(keys)
    readings = [shelf.get(key) for key in keys]
    main = material.documents.index(material.article)
    everything = analyse(material.documents, material.parties, readings)
    alone = analyse([material.article], material.parties, [readings[main]])
    run.article = Scope("article", alone, run)
    run.corpus = Scope("corpus", everything, run, present=material.has_corpus)
    run.ledger = Ledger(folder)
    return run
