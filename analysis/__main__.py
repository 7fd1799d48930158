"""The command line: ``python -m analysis statements|stance|run|compare|notebooks|bench``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from analysis.corrections_file import CorrectionsError
from analysis.documents import DocumentError
from analysis.parties import Parties, PartiesError
from analysis.records import Statement
from analysis.repetitions import link_repetitions

_EXIT_STATUS = (
    "Exit status: 0, or 1 if some files, rows or lines could not be read, or 2 if none could."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line if left out.

    Returns
    -------
    int
        Exit status: 0 all well, 1 some files, lines, notebooks or figures are not, 2 no file
        or an option cannot be used, 130 interrupted.
    """
    options = _parser().parse_args(arguments)
    if sys.stdin is None or sys.stdout is None:  # closed by the shell
        print("Standard input or output is closed.", file=sys.stderr)
        return 2
    try:
        status = options.run(options)
        _take_interrupts()
        return status
    except (DocumentError, PartiesError, CorrectionsError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who reads has seen enough
        _abandon_output()
        return 0
    except OSError as error:
        reason = error.strerror or type(error).__name__
        print(f"The output cannot be written ({reason}). Free some space.", file=sys.stderr)
        _abandon_output()
        return 2


def _take_interrupts() -> None:
    """Do nothing: Python looks for an interrupt that came during the last read at a call."""


def _abandon_output() -> None:
    """Send what is left to nowhere: Python would flush at its exit and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Who said what about whom, with evidence."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    statements = commands.add_parser(
        "statements",
        help="print the statements of articles",
        description="Print the statement table of articles. Read are .txt, .md, .html, .docx, "
        ".pdf, tables with a text per row (.csv, .tsv, .jsonl, .parquet), and folders and .zip "
        "files of these; what cannot be read is listed, and the rest is analysed. "
        'With -, read {"id", "text"} JSON lines and write {"id", "attributions"} lines, '
        f"one by one. {_EXIT_STATUS}",
    )
    statements.add_argument("files", nargs="+", metavar="FILE", help="file, folder, or -")
    statements.add_argument(
        "--text-column", metavar="NAME", help="column of tables with the texts (default: found)"
    )
    statements.add_argument(
        "--format", choices=["csv", "jsonl"], help="of the table (default: csv, for spreadsheets)"
    )
    statements.set_defaults(run=_statements, parser=statements)

    stance = commands.add_parser(
        "stance",
        help="name the speech acts of marked sentences",
        description='Read {"id", "text", "source", "target"} JSON lines and write {"id", "label", '
        f'"p", "stance"}} lines, one by one. {_EXIT_STATUS}',
    )
    stance.add_argument("files", nargs=1, choices=["-"], metavar="-", help="standard input")
    stance.set_defaults(run=_stance, parser=stance)

    compare = commands.add_parser(
        "compare",
        help="compare the statements.csv that two people corrected",
        description="Print how far two people agree, with kappa and alpha, and where they do not.",
    )
    compare.add_argument("first", type=Path, metavar="A.csv")
    compare.add_argument("second", type=Path, metavar="B.csv")
    compare.add_argument("--out", type=Path, metavar="FILE", help="disagreements, as FILE.csv")
    compare.set_defaults(run=_compare, parser=compare)

    for command in (statements, stance, compare):
        command.add_argument(
            "--parties", metavar="FILE", type=Path, help="gazetteer (default: data/parties.toml)"
        )

    run = commands.add_parser(
        "run",
        help="analyse your own article: figures, tables and report in a folder",
        description="Do without a browser what notebooks/06_your_article.ipynb does, and write "
        "the executed notebook, figures, tables and report. If it is interrupted, run the same "
        "command again: it goes on where it stopped. Exit status: 0, or 1 if the notebook fails, "
        "or 2 if a file or an option cannot be used.",
    )
    run.add_argument(
        "article", metavar="ARTICLE", help="a file of any format, or - (standard input)"
    )
    run.add_argument("--corpus", metavar="FOLDER", default="", help="documents round the article")
    run.add_argument(
        "--parties", metavar="FILE", default="", help="gazetteer (default: data/parties.toml)"
    )
    run.add_argument(
        "--corrections", metavar="FILE", default="", help="edited statements.csv of an earlier run"
    )
    run.add_argument(
        "--text-column", metavar="NAME", default="", help="column of tables with the texts"
    )
    run.add_argument("--from", metavar="DATE", default="", dest="first", help="2022-12-09")
    run.add_argument("--to", metavar="DATE", default="", dest="last", help="of the corpus")
    run.add_argument(
        "--split", metavar="DATE", default="", help="compare stance before it and from it on"
    )
    run.add_argument("--out", metavar="FOLDER", default="output", help="default: output")
    run.add_argument(
        "--jobs", metavar="N", type=int, default=1, help="documents read at a time (default: 1)"
    )
    run.set_defaults(run=_run, parser=run)

    notebooks = commands.add_parser(
        "notebooks",
        help="execute the notebooks and store their outputs",
        description="Execute notebooks in order, each in a fresh kernel, and store their outputs.",
    )
    notebooks.add_argument("files", nargs="*", metavar="NOTEBOOK", help="default: all", type=Path)
    notebooks.add_argument(
        "--check",
        action="store_true",
        help="store nothing: compare the outputs and figures with the stored ones (pytest --nbval)",
    )
    notebooks.set_defaults(run=_notebooks, parser=notebooks)

    train = commands.add_parser(
        "train-attribution", help="train the confidence weights on annotated articles"
    )
    train.add_argument("folder", type=Path, help="holds train.articles.jsonl and train.gold.jsonl")
    train.set_defaults(run=_train, parser=train)

    speakers = commands.add_parser(
        "train-speakers", help="train the confidence of speakers on annotated passages"
    )
    speakers.add_argument(
        "folder", nargs="?", type=Path, help="holds the passages (default: tests/passages)"
    )
    speakers.set_defaults(run=_train_speakers, parser=speakers)

    evaluate = commands.add_parser(
        "evaluate", help="measure extraction on annotated articles and store the figures"
    )
    evaluate.add_argument("folder", type=Path, help="holds dev.articles.jsonl and dev.gold.jsonl")
    evaluate.set_defaults(run=_evaluate, parser=evaluate)

    train_stance = commands.add_parser(
        "train-stance", help="train the weights of acts and stances on marked sentences"
    )
    train_stance.set_defaults(run=_train_stance, parser=train_stance)
    evaluate_stance = commands.add_parser(
        "evaluate-stance", help="cross-validate acts and stances and store the figures"
    )
    evaluate_stance.set_defaults(run=_evaluate_stance, parser=evaluate_stance)
    for command in (train_stance, evaluate_stance):
        command.add_argument("folder", type=Path, help="holds plv.train.jsonl")

    bench = commands.add_parser("bench", help="measure speed and memory")
    bench.set_defaults(run=_bench, parser=bench)
    return parser


def _with_data(work: Callable[[], None]) -> int:
    """Do what needs a folder of data; one line if it is not there."""
    try:
        work()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _train(options: argparse.Namespace) -> int:
    from analysis.training import train

    return _with_data(lambda: _print_counts(train(options.folder)))


def _train_stance(options: argparse.Namespace) -> int:
    from analysis.act_training import train

    return _with_data(lambda: _print_counts(train(options.folder)))


def _print_counts(counts: dict[str, int]) -> None:
    print(", ".join(f"{number} {what}" for what, number in counts.items()))


def _train_speakers(options: argparse.Namespace) -> int:
    from analysis import speaker_training

    def train() -> None:
        speaker_training.train(options.folder or speaker_training.PASSAGES)
        print(speaker_training.calibration_table().round(3).to_string(index=False))

    return _with_data(train)


def _evaluate(options: argparse.Namespace) -> int:
    from analysis import unseen

    def evaluate() -> None:
        unseen.evaluate(options.folder)
        print(unseen.results_table().round(3).to_string(index=False))
        print(unseen.coverage_table().round(3).to_string(index=False))
        print("expected calibration error:", unseen.calibration_table().attrs["error"])

    return _with_data(evaluate)


def _evaluate_stance(options: argparse.Namespace) -> int:
    from analysis import act_evaluation

    def evaluate() -> None:
        act_evaluation.evaluate(options.folder)
        for table in (act_evaluation.news_table(), act_evaluation.own_table()):
            print(table.round(3).to_string(index=False))

    return _with_data(evaluate)


def _statements(options: argparse.Namespace) -> int:
    if "-" not in options.files:
        return _table(options)
    if options.files != ["-"]:
        options.parser.error("- stands alone: standard input, or files, not both")
    if options.format == "csv":
        options.parser.error("- answers with JSON lines; --format csv is for files")
    if options.text_column:
        options.parser.error("- reads JSON lines with a text; --text-column is for tables")
    from analysis.streaming import answer_statements

    return _answer_lines(options, answer_statements, {"attributions": []})


def _stance(options: argparse.Namespace) -> int:
    from analysis.actors import answer_record
    from analysis.streaming import Record, marked

    def answer(record: Record, parties: Parties) -> Record:
        return answer_record(marked(record), parties)

    return _answer_lines(options, answer, {"label": None, "stance": None})


def _answer_lines(options: argparse.Namespace, answer: Callable, empty: dict) -> int:
    from analysis.streaming import answer_lines

    parties = Parties.from_toml(options.parties)
    lines, out = sys.stdin.buffer, sys.stdout.buffer
    bad = answer_lines(lines, answer, parties, out, sys.stderr, empty=empty)
    return 1 if bad else 0


def _table(options: argparse.Namespace) -> int:
    """Print the statement table of all that can be read, and list what cannot."""
    from analysis.intake import read_sources
    from analysis.streaming import statements_of

    parties = Parties.from_toml(options.parties)
    intake = read_sources(options.files, text_column=options.text_column)
    for problem in intake.unreadable:
        print(problem, file=sys.stderr)
    if not intake.documents:
        return 2
    statements = [s for d in intake.documents for s in statements_of(d, parties)]
    statements = link_repetitions(statements)
    if options.format == "jsonl":
        content = b"".join(_row(statement) for statement in statements)
    else:
        from analysis.exports import csv_bytes
        from analysis.tables import statement_table

        content = csv_bytes(statement_table(statements))
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return 1 if intake.unreadable else 0


def _row(statement: Statement) -> bytes:
    """One statement as a JSON line; keys are the columns of the statement table."""
    from analysis.streaming import json_line

    row = {field.name: getattr(statement, field.name) for field in fields(statement)}
    return json_line(row)


def _run(options: argparse.Namespace) -> int:
    from analysis.ledger import RunError
    from analysis.notebooks import NotebookError
    from analysis.unattended import run_unattended

    if options.jobs < 1:
        options.parser.error("--jobs is 1 or more")
    try:
        files = run_unattended(
            options.article,
            options.corpus,
            options.parties,
            options.corrections,
            options.first,
            options.last,
            options.out,
            options.text_column,
            options.jobs,
            sys.stderr,
            options.split,
        )
    except (NotebookError, RunError) as error:
        print(error, file=sys.stderr)
        return 1 if isinstance(error, NotebookError) else 2
    for path in files:
        print(path)
    return 0


def _compare(options: argparse.Namespace) -> int:
    from analysis.coders import compare_coders
    from analysis.exports import export_table

    found = compare_coders(options.first, options.second, Parties.from_toml(options.parties))
    number = len(found.disagreements)
    print(found.agreement.round(3).to_string(index=False))
    print(f"{number} disagreement{'' if number == 1 else 's'}")
    if options.out:
        try:
            export_table(found.disagreements, options.out.stem, options.out.parent)
        except ValueError as error:
            options.parser.error(f"--out: {error}")
    elif number:
        print(found.disagreements.drop(columns="content").to_string(index=False))
    return 0


def _notebooks(options: argparse.Namespace) -> int:
    from analysis import notebooks

    try:
        paths = notebooks.find_notebooks(options.files)
        if not paths:
            print("There are no notebooks yet.")
            return 0
        if options.check:
            problems = notebooks.check_notebooks(paths, complete=not options.files)
            for problem in problems:
                print(problem, file=sys.stderr)
            return 1 if problems else 0
        notebooks.run_notebooks(paths)
    except notebooks.NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _bench(options: argparse.Namespace) -> int:
    from analysis import benchmarks

    benchmarks.run_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
