"""The command line: ``python -m analysis statements|stance|notebooks|bench``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from analysis import streaming
from analysis.documents import Document, DocumentError, load_article, load_corpus
from analysis.parties import Parties, PartiesError
from analysis.records import Statement
from analysis.statements import link_repetitions

_EXIT_STATUS = "Exit status: 0, or 1 if some lines were bad, or 2 if a file cannot be used."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line if left out.

    Returns
    -------
    int
        Exit status: 0 all well, 1 some lines, notebooks or figures are not, 2 a file or an
        option cannot be used, 130 interrupted.
    """
    options = _parser().parse_args(arguments)
    if sys.stdin is None or sys.stdout is None:  # closed by the shell
        print("Standard input or output is closed.", file=sys.stderr)
        return 2
    try:
        status = options.run(options)
        _take_interrupts()
        return status
    except (DocumentError, PartiesError) as error:
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
        description="Print the statement table of articles (text files, or folders of them). "
        'With -, read {"id", "text"} JSON lines and write {"id", "attributions"} lines, '
        f"one by one. {_EXIT_STATUS}",
    )
    statements.add_argument("files", nargs="+", metavar="FILE", help="text file, folder, or -")
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

    for command in (statements, stance):
        command.add_argument(
            "--parties", metavar="FILE", type=Path, help="gazetteer (default: data/parties.toml)"
        )

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


def _train(options: argparse.Namespace) -> int:
    from analysis.training import train

    try:
        counts = train(options.folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    print(", ".join(f"{number} {what}" for what, number in counts.items()))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from analysis import unseen

    try:
        unseen.evaluate(options.folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    print(unseen.results_table().round(3).to_string(index=False))
    print(unseen.coverage_table().round(3).to_string(index=False))
    print("expected calibration error:", unseen.calibration_table().attrs["error"])
    return 0


def _train_stance(options: argparse.Namespace) -> int:
    from analysis.act_training import train

    try:
        counts = train(options.folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    print(", ".join(f"{number} {what}" for what, number in counts.items()))
    return 0


def _evaluate_stance(options: argparse.Namespace) -> int:
    from analysis import act_evaluation

    try:
        act_evaluation.evaluate(options.folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    for table in (act_evaluation.news_table(), act_evaluation.own_table()):
        print(table.round(3).to_string(index=False))
    return 0


def _statements(options: argparse.Namespace) -> int:
    if "-" not in options.files:
        return _table(options)
    if options.files != ["-"]:
        options.parser.error("- stands alone: standard input, or files, not both")
    if options.format == "csv":
        options.parser.error("- answers with JSON lines; --format csv is for files")
    return _answer_lines(options, streaming.answer_statements, {"attributions": []})


def _stance(options: argparse.Namespace) -> int:
    from analysis.actors import answer_record

    def answer(record: streaming.Record, parties: Parties) -> streaming.Record:
        return answer_record(streaming.marked(record), parties)

    return _answer_lines(options, answer, {"label": None, "stance": None})


def _answer_lines(
    options: argparse.Namespace, answer: streaming.Answer, empty: streaming.Record
) -> int:
    parties = Parties.from_toml(options.parties)
    lines, out = sys.stdin.buffer, sys.stdout.buffer
    bad = streaming.answer_lines(lines, answer, parties, out, sys.stderr, empty=empty)
    return 1 if bad else 0


def _table(options: argparse.Namespace) -> int:
    """Print the statement table of all files, or nothing if one of them cannot be read."""
    parties = Parties.from_toml(options.parties)
    documents = _documents(options.files)
    statements = [s for d in documents for s in streaming.statements_of(d, parties)]
    statements = link_repetitions(statements)
    if options.format == "jsonl":
        content = b"".join(_row(statement) for statement in statements)
    else:
        from analysis.exports import csv_bytes
        from analysis.tables import statement_table

        content = csv_bytes(statement_table(statements))
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return 0


def _documents(names: Sequence[str]) -> list[Document]:
    """Read files and folders, sorted by date, then id."""
    found: dict[str, tuple[Document, str]] = {}
    for name in names:
        path = Path(name)
        for document in load_corpus(path) if path.is_dir() else [load_article(path)]:
            if document.id in found:
                raise DocumentError(
                    f"{name} has the same id ({document.id}) as {found[document.id][1]}. "
                    "Give each document its own id."
                )
            found[document.id] = (document, name)
    return sorted((d for d, _ in found.values()), key=lambda d: (d.date, d.id))


def _row(statement: Statement) -> bytes:
    """One statement as a JSON line; keys are the columns of the statement table."""
    row = {field.name: getattr(statement, field.name) for field in fields(statement)}
    return streaming.json_line(row)


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
