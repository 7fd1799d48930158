"""Measure speed and memory on this machine (``make bench``); nothing is asserted."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from analysis.documents import Document, load_article, load_corpus
from analysis.parties import Parties
from analysis.streaming import statements_of
from analysis.unattended import run_unattended

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 5
MANY = 2000


def run_all() -> None:
    """Print all measures, each as soon as it is known."""
    raws = [document.raw for document in _documents()]
    # First: the peak of the children is the highest of all so far.
    _say("Peak memory of extraction, MiB", f"{peak_memory(raws):.0f}")
    rate, statements = extraction(raws)
    _say(f"Extraction, articles/s ({len(raws)} documents, {statements} statements)", f"{rate:.0f}")
    _say("Stance, statements/s", f"{stance():.0f}")
    tfidf = tfidf_overhead()
    _say(
        f"TF-IDF by party against plain scikit-learn ({tfidf['statements']:.0f} statements)",
        f"{tfidf['by_party_seconds'] * 1000:.1f} ms / {tfidf['plain_seconds'] * 1000:.1f} ms"
        f" = {tfidf['ratio']:.2f}",
    )
    peak, seconds = own_corpus(MANY)
    _say(f"A run on {MANY:,} documents, two at a time: peak of a process, MiB", f"{peak:.0f}")
    _say(f"A run on {MANY:,} documents, two at a time: s", f"{seconds:.0f}")
    for name, seconds in notebook_seconds():
        _say(f"Notebook {name} from a clean kernel, s", f"{seconds:.1f}")


def _say(what: str, value: str) -> None:
    print(f"{what + ' ':.<76} {value}", flush=True)


def _documents() -> list[Document]:
    return [*load_corpus(ROOT / "data" / "corpus"), load_article(ROOT / "data" / "article.txt")]


def _best(run: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs: the others were disturbed."""
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def extraction(raws: list[str]) -> tuple[float, int]:
    """Measure reading and extraction, speakers included, in this process.

    Parameters
    ----------
    raws : list of str
        Documents as read from their files.

    Returns
    -------
    (float, int)
        Articles per second, and how many statements were found.
    """
    parties = Parties.from_toml()

    def run() -> int:
        return sum(len(statements_of(Document.from_text(raw), parties)) for raw in raws)

    found = run()
    return len(raws) / _best(run), found


def peak_memory(raws: list[str]) -> float:
    """Measure the memory of ``python -m analysis statements -`` over the documents.

    Returns
    -------
    float
        Peak resident memory in MiB; nan where the system does not tell (Windows).
    """
    lines = "".join(json.dumps({"id": str(n), "text": raw}) + "\n" for n, raw in enumerate(raws))
    subprocess.run(
        [sys.executable, "-m", "analysis", "statements", "-"],
        input=lines.encode("utf-8"),
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        check=True,
    )
    return _peak_of_children()


def _peak_of_children() -> float:
    """The most memory that one of the processes ended so far had, in MiB; nan on Windows."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def own_corpus(number: int) -> tuple[float, float]:
    """Run notebook 06 on many documents: those of the corpus again and again, a little changed.

    Parameters
    ----------
    number : int

    Returns
    -------
    (float, float)
        Peak memory of the largest process, in MiB, and seconds.
    """
    raws = [document.raw for document in load_corpus(ROOT / "data" / "corpus")]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for n in range(number):
            raw = raws[n % len(raws)].replace("\nid: ", f"\nid: {n}-", 1)
            raw = raw.replace("“", f"“At {n} points, ", 1)  # or all would be repetitions
            (corpus / f"{n}.txt").write_text(raw, "utf-8")
        started = time.perf_counter()
        run_unattended(
            str(ROOT / "data" / "article.txt"),
            str(corpus),
            output_folder=Path(folder) / "output",
            jobs=2,
        )
        return _peak_of_children(), time.perf_counter() - started


def stance() -> float:
    """Measure speech acts and stance of the statements of article and corpus.

    Returns
    -------
    float
        Statements per second.
    """
    from analysis.stance import stance_rows

    parties = Parties.from_toml()
    read = [(document, statements_of(document, parties)) for document in _documents()]
    count = sum(len(statements) for _, statements in read)

    def run() -> None:
        for document, statements in read:
            stance_rows(statements, document, parties)

    run()
    return count / _best(run)


def tfidf_overhead() -> dict[str, float]:
    """Compare TF-IDF by party with scikit-learn alone on the statements of the corpus.

    Returns
    -------
    dict
        ``statements``, ``plain_seconds``, ``by_party_seconds`` and ``ratio``.
    """
    measure = runpy.run_path(str(ROOT / "tests" / "bench_terms.py"))["tfidf_overhead"]
    parties = Parties.from_toml()
    found = [s for document in _documents() for s in statements_of(document, parties)]
    return measure([s.content_repaired for s in found], [s.party for s in found])


def notebook_seconds() -> list[tuple[str, float]]:
    """Time each notebook from a clean kernel; outputs are not stored, figures are written anew.

    Returns
    -------
    list of (str, float)
        Name and seconds.
    """
    from analysis.notebooks import executed, find_notebooks

    times = []
    for path in find_notebooks():
        started = time.perf_counter()
        executed(path)
        times.append((path.name, time.perf_counter() - started))
    return times
