"""One HTML file to hand on: figures, tables, methods and caveats, readable without a network.

Nothing in it is fetched: images are the very bytes of the exported PNG files, the style stands in
the file, and a policy in its head forbids scripts and addresses. Every word of an article or a
table is escaped.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import findings
from analysis.bundle import BUNDLE, versions
from analysis.captions import counted, period, share
from analysis.display import heading, in_words, is_number
from analysis.environment import direct_requirements, package
from analysis.exhibits import Exhibit
from analysis.markup import marked_document
from analysis.pipeline import Analysis
from analysis.review import DOUBTFUL
from analysis.unseen import calibration_table, results_table

_STYLE = Path(__file__).with_name("report_style.css")
_LONG = 60
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<p class="kicker">Who said what about whom · {kicker}</p>
<h1>{title}</h1>
{summary}
<nav aria-label="Contents"><ol>
{contents}
</ol></nav>
</header>
<main>
"""
_FOOT = """
</main>
<footer><p>Made with Quoted Parties. Figures, tables, versions and parameters lie beside this file
in <code>{bundle}</code>.</p></footer>
</body>
</html>
"""

# The figures and tables of each chapter, by their names behind the scope; `*` for any ending.
_CHAPTERS = (
    (
        "Who speaks, and how much",
        "A statement is an attribution: words, a claim, a demand or an announced act, reported "
        "with a source. Its party is whom the speaker speaks for at that date.",
        "who_says_how_much who_speaks_when statements_over_time statements_by_month repeats",
    ),
    (
        "Who is for, who is against, and who takes no side",
        "Stance is read from words, per target: against, none or in favor. A denial is addressed "
        "to the accuser. Where the engine has no answer the mark is hatched.",
        "stance shares_against contrasts stance_counts stance_on_* stance_table",
    ),
    (
        "What the parties do with their words",
        "Speech acts after PLOVER (accuse, reject, request, threaten, support and so on), with "
        "COMMENT for what takes no side.",
        "acts who_accuses_whom accusations claims_and_denials unanswered",
    ),
    (
        "Which words set the parties apart",
        "TF-IDF ranks topics and proves nothing. Filled marks are terms that differ beyond "
        "chance, after correction for the number of terms tested.",
        "terms_by_party terms_table distinctive_*",
    ),
    (
        "Statement by statement",
        "The rows behind every figure; offsets and rules stand in the files.",
        "statements documents",
    ),
    (
        "What to check first",
        "Does a result depend on what is counted? Which rows are doubtful?",
        "sensitivity review_queue corrections_* unknown_speakers left_out *",
    ),
)


def report_html(
    article: Analysis,
    corpus: Analysis,
    exhibits: Iterable[Exhibit],
    folder: Path,
    main: Sequence[str] | None,
    summary: Iterable[str],
    record: dict[str, Any],
) -> Iterator[str]:
    """Write the report of a run, piece by piece: with its images it is long.

    Parameters
    ----------
    article, corpus : Analysis
        The corpus has the article among its documents.
    exhibits : iterable of Exhibit
        Figures and tables; their files lie in the folder.
    folder : Path
        The output folder of the run.
    main : sequence of str or None
        Parties that take the strong colours in the marked article.
    summary : iterable of str
        Sentences with computed numbers, for the top of the page.
    record : dict
        What the run rests on, as `analysis.bundle.record_of` gives it.

    Yields
    ------
    str
        Together a whole HTML page without an external address.
    """
    document = article.documents[0]
    first, *others = _exhibit_chapters(exhibits, folder) or [("", [""])]
    chapters = [
        first,
        ("The article, marked", [_marked(article, main)]),
        *others,
        ("Methods and caveats", [_methods(corpus.statements)]),
        ("What this report rests on", [_record(record)]),
    ]
    number = counted(len(corpus.documents), "document")
    kicker = ", ".join(filter(None, [number, period(corpus.statements["date"])]))
    yield _HEAD.format(
        policy=_POLICY,
        style=_STYLE.read_text("utf-8"),
        title=escape(document.title or document.id),
        kicker=escape(kicker),
        summary="\n".join(_prose(sentence) for sentence in summary),
        contents="\n".join(
            f'<li><a href="#chapter-{n}">{escape(title)}</a></li>'
            for n, (title, _) in enumerate(chapters, start=1)
        ),
    )
    for n, (title, pieces) in enumerate(chapters, start=1):
        yield "\n" if n > 1 else ""
        yield f'<section aria-labelledby="chapter-{n}">\n<h2 id="chapter-{n}">{escape(title)}</h2>'
        for piece in pieces:
            yield f"\n{piece}"
        yield "\n</section>"
    yield _FOOT.format(bundle=BUNDLE)


def _exhibit_chapters(exhibits: Iterable[Exhibit], folder: Path) -> list[tuple[str, Iterable[str]]]:
    """Give each exhibit its place in the first chapter that names it."""
    left = {exhibit.name: exhibit for exhibit in exhibits}
    chapters = []
    for title, intro, stems in _CHAPTERS:
        own = []
        for stem in stems.split():
            pattern = re.compile(stem.replace("*", ".*"))
            names = [name for name in left if pattern.fullmatch(left[name].subject)]
            own += [left.pop(name) for name in names]
        if own:
            chapters.append((title, chain([_prose(intro)], (_exhibit(e, folder) for e in own))))
    return chapters


def _exhibit(exhibit: Exhibit, folder: Path) -> str:
    title = f"<h3>{escape(exhibit.title)}</h3>"
    if not exhibit.alt:
        return f"{title}\n{_table(exhibit, f'tables/{exhibit.name}.csv')}"
    image = (folder / "figures" / f"{exhibit.name}.png").read_bytes()
    source = base64.b64encode(image).decode("ascii")
    numbers = _table(exhibit, f"figures/{exhibit.name}.csv")
    return (
        f'{title}\n<figure><img alt="{escape(exhibit.alt)}" src="data:image/png;base64,{source}">\n'
        f"<figcaption>figures/{escape(exhibit.name)}: PNG, SVG, PDF</figcaption></figure>\n"
        f"<details><summary>The numbers of this figure</summary>\n{numbers}\n</details>"
    )


def _table(exhibit: Exhibit, file: str) -> str:
    """Write the first rows of a table, and name the file that has them all."""
    frame = exhibit.frame
    names = list(exhibit.columns or frame.columns)
    rows = frame[names]
    if rows.empty:
        return '<p class="small">No row.</p>'
    looks = ["number" if is_number(frame[name]) else "" for name in names]
    heads = "".join(
        f'<th scope="col" class="{look}">{escape(heading(name))}</th>'
        for name, look in zip(names, looks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(_cell(value, look) for value, look in zip(row, looks, strict=True))
        + "</tr>\n"
        for row in rows.itertuples(index=False, name=None)
    )
    count = counted(exhibit.rows, "row")
    told = count if len(rows) == exhibit.rows else f"The first {len(rows)} of {count}"
    return (
        f'<div class="scroll"><table><caption>{told}; in full in {escape(file)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"
    )


def _cell(value: Any, look: str) -> str:
    text = in_words(value)
    kind = look or ("long" if len(text) > _LONG else "")
    return f'<td class="{kind}">{escape(text)}</td>'


def _marked(article: Analysis, main: Sequence[str] | None) -> str:
    text = marked_document(article.documents[0], article.records, main)
    return f'{_prose(findings.answered(article).data)}\n<div class="article">{text}</div>'


def _methods(statements: pd.DataFrame) -> str:
    total = len(statements)
    sure = statements["content_confidence"] * statements["source_confidence"]
    doubtful = int((sure.fillna(1.0) < DOUBTFUL).sum())
    unresolved = int((statements["party"].astype(str) == "unresolved").sum())
    news = results_table().set_index("class").loc["all"]
    error = calibration_table().attrs["error"]
    sentences = [
        "**How statements are found.** Rules propose attributions, and weights learned from "
        "annotated news choose among their readings; each row names what decided, and spans lead "
        "back to characters of the file. Speakers and parties come from the gazetteer alone; "
        "where two people fit equally well the speaker is unresolved.",
        f"**How sure they are.** Of {counted(total, 'statement')} here, {doubtful} have less than "
        f"{share(DOUBTFUL)} probability that content and source are right, and {unresolved} "
        f"have no known party. On political news by other hands {share(news.precision)} of the "
        f"statements found are right in content and source, and {share(news.recall)} of those an "
        "annotator marked are found; the stated probabilities are off by "
        f"{share(error['content'])} on average for content and {share(error['source'])} for "
        "sources.",
        "**How the figures count.** A joint statement counts for each of its parties; a quotation "
        "that recurs is linked to its first appearance, and terms count it once. Shares have 95 % "
        "Jeffreys intervals; under five statements are drawn as single marks. Terms are tested by "
        "weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), "
        "with party labels permuted over whole statements and Benjamini-Hochberg correction.",
        "**What this cannot show.** Whether a quotation is accurate or a claim true. Counts "
        "follow the choice of documents, not the world. Stance is what the words do, not what "
        "the speaker feels. The engine errs: check the rows that carry an argument.",
    ]
    return "\n".join(_prose(sentence) for sentence in sentences)


def _record(record: dict[str, Any]) -> str:
    named = {package(requirement) for requirement in direct_requirements(extras=False)}
    releases = [f"{n} {v}" for n, v in versions().items() if n == "Python" or package(n) in named]
    rows = {name.replace("_", " "): value for name, value in record["parameters"].items()}
    rows |= {
        "engine, SHA-256": record["engine"],
        "gazetteer, SHA-256": record["gazetteer"],
        "versions": ", ".join(releases),
    }
    pairs = "\n".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(value) or '–')}</dd>"
        for name, value in rows.items()
    )
    documents = pd.DataFrame(record["documents"].items(), columns=["document", "sha256"])
    return f"<dl>\n{pairs}\n</dl>\n{_table(Exhibit.of('documents', documents), 'parameters.json')}"


def _prose(text: str) -> str:
    """Write a sentence of Markdown as HTML: bold, code and lists, all else escaped."""
    lead, *items = escape(text, quote=False).split("\n- ")
    html = f"<p>{_inline(lead)}</p>"
    if items:
        html += "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"
    return html


def _inline(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
