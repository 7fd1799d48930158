"""One run over a person's own material: what a notebook asks for, shows, keeps and writes."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML, Image, Markdown, display

from analysis import charts, findings
from analysis.annotated import annotated_stance, claims_beside_annotation
from analysis.bundle import BUNDLE, REPORT, bundle, record_of
from analysis.captions import counted, listed
from analysis.contrasts import stance_shifts
from analysis.corrections import Corrected, correct, write_sheet
from analysis.counts import NO_PARTY
from analysis.display import shown
from analysis.evaluation import compare_with_gold, differing_stances
from analysis.exhibits import Exhibit
from analysis.exports import Chart, csv_bytes
from analysis.footprint import let_go, settle
from analysis.intake import write_texts
from analysis.keyness import keyness
from analysis.ledger import HIDDEN, Ledger, open_folder
from analysis.markup import marked_document
from analysis.material import Material, read_material
from analysis.network_files import export_network
from analysis.parallel import read_documents
from analysis.pipeline import Analysis, analyse
from analysis.reading import iso_date
from analysis.readings import Shelf
from analysis.report import report_html
from analysis.style import MAIN_PARTIES
from analysis.suggestions import all_entries, suggested_entries
from analysis.tables import by_party, overview, stance_counts
from analysis.writing import write_whole

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

    @cached_property
    def annotation(self) -> pd.DataFrame:
        """The hand annotation as a stance table; no rows where a document has none."""
        return annotated_stance(self.analysis)

    def beside_annotation(self, claims: pd.DataFrame) -> pd.DataFrame:
        """Say of each accusation whether the annotation has it too, if there is one."""
        if self.annotation.empty:
            return claims
        return claims_beside_annotation(claims, compare_with_gold(self.analysis))

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
        let_go()  # what the numbers took is not held beside what the drawing takes
        self._run.keep_figure(chart, f"{self.name}_{name or chart.name}")
        image = chart.show()
        chart.figure.clear()  # thousands of marks would stay in memory
        let_go()
        return image

    def distinctive(self, most: int) -> None:
        """Show which terms set the parties with most statements apart, a figure for each."""
        for party in self.parties(most):
            found = keyness(self.statements, party)
            chart = charts.plot_distinctive_terms(
                found, statements=self.statements, main=self._run.main
            )
            display(self.show(chart, f"distinctive_{_file_name(party)}"))

    def stance_over_time(self, most: int) -> None:
        """Show how stance changes towards those most spoken about, a figure for each.

        The titles tell whether it changes beyond chance at the date of comparison, if one is given.
        """
        split = self._run.split_date if self.present else ""
        shown_by = {"shifts": stance_shifts(self.stance, split=split)} if split else {}
        if not self.annotation.empty:
            compared = compare_with_gold(self.analysis)
            shown_by["differing"] = differing_stances(compared, self.analysis)
        for target in self.targets(most):
            chart = charts.plot_stance_over_time(
                self.stance, target=target, main=self._run.main, **shown_by
            )
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

    def network(self) -> Markdown:
        """Write who accuses, denies and supports whom, for programs that draw networks."""
        if not self.present:
            return Markdown(_NO_CORPUS)
        names = self._run.keep_network(self.stance, f"{self.name}_network")
        return Markdown(f"For Gephi, visone and NetworkX: {listed([f'`{n}`' for n in names])}.")

    def marked(self) -> HTML:
        """Return the first document with its statements marked."""
        return HTML(marked_document(self.documents[0], self.analysis.records, self._run.main))


class Run:
    """A run over a person's own material.

    Parameters
    ----------
    material : Material
    folder : Path
        Where everything is written.
    parameters : dict
        As given, for the record.
    engine : Analysis
        Of all documents, before corrections.
    corrected : Corrected, optional

    Attributes
    ----------
    article, corpus : Scope
        The corpus has the article among its documents.
    split_date : str
        When stance is compared before and after; ``""`` for never.
    main : list of str or None
        Parties that take the strong colours, most statements first; None where the parties of
        the seed are among them, which have colours of their own.
    exhibits : dict
        Figures and tables by name, in the order in which they were shown.
    """

    def __init__(
        self,
        material: Material,
        folder: Path,
        parameters: dict[str, Any],
        engine: Analysis,
        corrected: Corrected | None = None,
    ) -> None:
        self.material, self.folder, self.parameters = material, folder, parameters
        self.split_date: str = parameters["split_date"]
        self.engine, self.corrected = engine, corrected
        everything = corrected.analysis if corrected else engine
        self.article = Scope("article", everything.alone(material.article.id), self)
        self.corpus = Scope("corpus", everything, self, present=material.has_corpus)
        named = [p for p in overview(everything.statements)["party"] if p not in NO_PARTY]
        self.main = None if set(named[:3]) & set(MAIN_PARTIES) else named
        self.exhibits: dict[str, Exhibit] = {}
        self.ledger = Ledger(folder)

    def account(self) -> Markdown:
        """State what was read and found, and what was left out."""
        statements, left_out = self.corpus.statements, self.material.left_out
        unresolved = int((statements["party"] == "unresolved").sum())
        parties = listed(self.article.parties(5)) or "no known party"
        others = len(self.material.documents) - 1
        text = (
            f"**Read:** the article, in which {parties} speak{'' if ' and ' in parties else 's'}, "
            f"and {counted(others, 'further document')}; {counted(len(statements), 'statement')} "
            f"in all, {unresolved} of them of no known party."
        )
        if left_out:
            text += f" Left out: {counted(len(left_out), 'file or document', 'files or documents')}"
            text += ", listed below."
        return Markdown(text)

    def left_out(self) -> HTML | Markdown:
        """List what was not analysed, with the reason and the remedy."""
        rows = [(p.file, p.reason.strip(": "), p.remedy) for p in self.material.left_out]
        if not rows:
            return Markdown("Nothing was left out.")
        return self.table(pd.DataFrame(rows, columns=["file", "reason", "remedy"]), "left_out")

    def corrections(self) -> HTML | Markdown:
        """List the corrections that were applied, then those that could not be."""
        if self.corrected is None:
            return Markdown(
                "No corrections were given. To correct a row, edit `statements.csv` in the output "
                "folder, and name that file as `corrections`; an edited table is never lost."
            )
        applied, conflicts = self.corrected.applied, self.corrected.conflicts
        display(self.table(applied, "corrections_applied", note="Applied."))
        return self.table(conflicts, "corrections_in_conflict", note="Not applied: in conflict.")

    def unknown_speakers(self) -> HTML | Markdown:
        """List the speakers the gazetteer does not know, with entries ready to paste."""
        found = suggested_entries(self.corpus.statements, self.material.parties)
        if found.empty:
            return Markdown("The gazetteer knows every named speaker.")
        self.keep_table(found, "unknown_speakers", ["speaker", "statements", "sources", "entry"])
        return Markdown(
            "To add these speakers, paste what you know of them at the end of your gazetteer and "
            f"correct the party:\n\n```toml\n{all_entries(found.head(20))}```"
        )

    def table(self, frame: pd.DataFrame, name: str, note: str = "") -> HTML:
        """Write a table of the whole run and return it for the notebook."""
        self.keep_table(frame, name)
        return shown(frame, note=note)

    def keep_figure(self, chart: Chart, name: str) -> None:
        """Write a figure into ``figures/`` of the run's folder, and remember it."""
        for path in chart.export(self.folder / "figures", name):
            self.ledger.note(path)
        self.exhibits[name] = Exhibit.of(name, chart.data, chart.alt)

    def keep_network(self, stance: pd.DataFrame, name: str) -> list[str]:
        """Write a network into ``figures/`` of the run's folder; return the files."""
        paths = export_network(stance, name, self.folder / "figures")
        for path in paths:
            self.ledger.note(path)
        return [path.relative_to(self.folder).as_posix() for path in paths]

    def keep_table(
        self, frame: pd.DataFrame, name: str, columns: Iterable[str] | None = None
    ) -> None:
        """Write a table into ``tables/`` of the run's folder, and remember it."""
        self.ledger.write(self.folder / "tables" / f"{name}.csv", csv_bytes(frame))
        self.exhibits[name] = Exhibit.of(name, frame, columns=columns or ())

    def finish(self) -> Markdown:
        """Write the report and the bundle, clear away what an earlier run left, list the files."""
        corrected = self.corrected
        further = (corrected.analysis, corrected.deleted) if corrected else ()
        for path in write_sheet(self.folder, self.engine, *further):
            self.ledger.note(path)
        files = self.ledger.files
        record = record_of(self.material, self.parameters)
        report = report_html(
            self.article.analysis,
            self.corpus.analysis,
            self.exhibits.values(),
            self.folder,
            self.main,
            [findings.headline(self.article.analysis).data, self.account().data],
            record,
        )
        page = (piece.encode("utf-8", "backslashreplace") for piece in report)
        for name, pieces in ((REPORT, page), (BUNDLE, bundle(self.folder, files, record))):
            write_whole(self.folder / name, pieces)
            self.ledger.note(self.folder / name)
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
    text_column: str = "",
    jobs: int = 1,
    split_date: str = "",
) -> Run:
    """Read the material, find its statements, and prepare the folder of the results.

    Parameters
    ----------
    article, corpus, gazetteer, first_date, last_date, text_column
        See `analysis.material.read_material`.
    corrections : str or Path
        The ``statements.csv`` of an earlier run, edited, or ``""``.
    output_folder : str or Path
        Made if missing. What was read in each document is kept in it, so that a run that was
        interrupted goes on where it stopped.
    jobs : int
        How many documents to read at a time.
    split_date : str
        A date: stance over time is compared before it and from it on; ``""`` for no comparison.

    Returns
    -------
    Run

    Raises
    ------
    DocumentError, PartiesError, CorrectionsError
        If the material or the corrections cannot be used.
    RunError
        If the folder cannot be written to, or holds tables that were edited.
    """
    dates = (first_date, last_date)
    split_date = iso_date(split_date, "The date of comparison")
    material = read_material(article, corpus, gazetteer, *dates, text_column=text_column)
    folder = open_folder(output_folder)
    parameters = {
        "article": str(article),
        "corpus": str(corpus),
        "gazetteer": str(gazetteer),
        "corrections": str(corrections),
        "first_date": first_date,
        "last_date": last_date,
        "text_column": text_column,
        "split_date": split_date,
    }
    shelf = Shelf(folder / HIDDEN / "readings")
    keys = read_documents(material.documents, material.parties, material.gazetteer, shelf, jobs)
    shelf.keep_only(keys)
    engine = analyse(material.documents, material.parties, [shelf.get(key) for key in keys])
    corrected = correct(engine, corrections) if corrections else None
    write_texts(material.documents, folder / "texts")
    settle()
    let_go()
    return Run(material, folder, parameters, engine, corrected)
