"""Terms of statements: words and phrases, counted and weighed (TF-IDF) by party."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.utils.validation import check_is_fitted

from analysis.vocabulary import TermAnalyzer, word_count

UNRESOLVED = "unresolved"
ID_SEPARATOR = "; "


class PartyTfidf(TransformerMixin, BaseEstimator):
    """TF-IDF with the idf of single statements, for rows that may be whole parties.

    scikit-learn's ``CountVectorizer`` and ``TfidfTransformer`` do the work. ``fit`` takes each
    text as one document of the idf; ``transform`` weighs any texts, such as all statements of a
    party joined by ``" … "``.

    Parameters
    ----------
    ngram_range, stop_words, exclude
        As in `TermAnalyzer`.
    sublinear_tf : bool
        1 + ln(count) instead of the count, so that one repeated word does not rule a row.
    smooth_idf : bool
        ln((1 + n) / (1 + df)) + 1.
    norm : "l2", "l1" or None

    Attributes
    ----------
    vectorizer_ : CountVectorizer
    weighting_ : TfidfTransformer
    idf_ : ndarray of shape (n_terms,)
    """

    def __init__(
        self,
        ngram_range: tuple[int, int] = (1, 2),
        stop_words: str | Iterable[str] | None = "english",
        exclude: Iterable[str] | Any = (),
        sublinear_tf: bool = True,
        smooth_idf: bool = True,
        norm: str | None = "l2",
    ) -> None:
        self.ngram_range = ngram_range
        self.stop_words = stop_words
        self.exclude = exclude
        self.sublinear_tf = sublinear_tf
        self.smooth_idf = smooth_idf
        self.norm = norm

    def fit_counts(self, X: Iterable[str]) -> sparse.csr_array:
        """Fit, and return the counts of shape (n_texts, n_terms) the idf was fitted on."""
        analyzer = TermAnalyzer(self.ngram_range, self.stop_words, self.exclude)
        self.vectorizer_ = CountVectorizer(analyzer=analyzer)
        counts = self.vectorizer_.fit_transform(X)
        self.weighting_ = TfidfTransformer(
            norm=self.norm, smooth_idf=self.smooth_idf, sublinear_tf=self.sublinear_tf
        ).fit(counts)
        self.idf_ = self.weighting_.idf_
        return counts

    def fit(self, X: Iterable[str], y: None = None) -> PartyTfidf:
        """Learn terms and idf from texts, one document of the idf each."""
        self.fit_counts(X)
        return self

    def transform(self, X: Iterable[str]) -> sparse.csr_array:
        """Return the TF-IDF rows of texts, of shape (n_texts, n_terms)."""
        check_is_fitted(self)
        return self.weigh(self.vectorizer_.transform(X))

    def weigh(self, counts: sparse.csr_array) -> sparse.csr_array:
        """Return the TF-IDF rows of counts already made, of shape (n_rows, n_terms)."""
        check_is_fitted(self)
        return self.weighting_.transform(counts)

    def get_feature_names_out(self, input_features: None = None) -> np.ndarray:
        """Return the terms in the order of the columns."""
        check_is_fitted(self)
        return self.vectorizer_.get_feature_names_out()


def texts_of(statements: pd.DataFrame) -> list[str]:
    """Return the repaired content of each statement, "" where there is none."""
    return [
        text if isinstance(text, str) else "" for text in statements["content_repaired"].tolist()
    ]


def without_repeats(statements: pd.DataFrame) -> pd.DataFrame:
    """Keep one statement where several repeat the same quotation for the same party.

    ``repeats`` names the statement whose quotation a row repeats. Of a chain of repeats the
    statement with the most text stands for all (the earliest of equals), also where the first of
    the chain is not in the table.
    """
    if "repeats" not in statements or not len(statements):
        return statements
    earlier = [i if isinstance(i, str) else "" for i in statements["repeats"].tolist()]
    if not any(earlier):
        return statements
    ids = statements["statement_id"].astype(str).tolist()
    repeats = dict(zip(ids, earlier, strict=True))
    lengths = [len(text) for text in texts_of(statements)]
    fullest: dict[tuple[str, str], int] = {}
    for row, (statement, party) in enumerate(zip(ids, statements["party"].tolist(), strict=True)):
        seen = {statement}
        while (above := repeats.get(statement, "")) and above not in seen:
            statement = above
            seen.add(above)
        chain = (min(seen) if above else statement, str(party))
        if chain not in fullest or lengths[row] > lengths[fullest[chain]]:
            fullest[chain] = row
    return statements.iloc[sorted(fullest.values())]


def as_counted(statements: pd.DataFrame, count_repeats: str) -> pd.DataFrame:
    """Return the statements to count: all (``"each"``) or repeated quotations ``"once"``."""
    if count_repeats not in ("once", "each"):
        raise ValueError(f'count_repeats is "once" or "each", not {count_repeats!r}')
    return without_repeats(statements) if count_repeats == "once" else statements


def parties_of(party: object) -> list[str]:
    """Return the parties of one cell: ``"A; B"`` speaks for both, a missing one is unresolved."""
    if not isinstance(party, str) or not party.strip():
        return [UNRESOLVED]
    return list(dict.fromkeys(name.strip() for name in party.split(";") if name.strip()))


def members(statements: pd.DataFrame) -> dict[str, np.ndarray]:
    """Row numbers of the statements of each party, parties with the most statements first."""
    rows: dict[str, list[int]] = {}
    cells: dict[object, list[str]] = {}
    for row, cell in enumerate(statements["party"].tolist()):
        if cell not in cells:
            cells[cell] = parties_of(cell)
        for party in cells[cell]:
            rows.setdefault(party, []).append(row)
    joined = {party: np.asarray(group) for party, group in rows.items()}
    return dict(sorted(joined.items(), key=lambda item: (-len(item[1]), item[0])))


class _PartyTerms(NamedTuple):
    """Counts of terms by party: a sparse row per party, and the statements behind each cell."""

    counts: sparse.csr_array  # (n_parties, n_terms)
    statements: np.ndarray  # (nnz,) statements of the party with the term
    first: np.ndarray  # (nnz,) where the cell's statements start in `rows`
    rows: np.ndarray  # row numbers of statements, grouped by cell, in table order


def _party_terms(counts: sparse.csr_array, groups: Sequence[np.ndarray]) -> _PartyTerms:
    n_terms = counts.shape[1]
    row = np.concatenate([*groups, np.empty(0, int)]).astype(int)
    party = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    # The non-zero cells of these rows, row after row.
    start, n = counts.indptr[row], np.diff(counts.indptr)[row]
    cell = np.repeat(start - np.cumsum(n) + n, n) + np.arange(n.sum())
    key = np.repeat(party * n_terms, n) + counts.indices[cell]
    order = np.argsort(key, kind="stable")
    key, rows, data = key[order], np.repeat(row, n)[order], counts.data[cell[order]]
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, int)
    totals = np.add.reduceat(data, first) if len(key) else data
    cell = key[first]
    pointer = np.searchsorted(cell, np.arange(len(groups) + 1) * n_terms)
    matrix = sparse.csr_matrix((totals, cell % n_terms, pointer), (len(groups), n_terms))
    return _PartyTerms(matrix, np.diff(np.r_[first, len(key)]), first, rows)


def _long_form(
    statements: pd.DataFrame,
    parties: list[str],
    cells: _PartyTerms,
    terms: np.ndarray,
    min_statements: int,
    weights: np.ndarray | None = None,
) -> pd.DataFrame:
    """One row per party and term said in enough statements, by party, weight, count, term."""
    kept = np.flatnonzero(cells.statements >= min_statements)
    party = np.repeat(np.arange(len(parties)), np.diff(cells.counts.indptr))[kept]
    columns, count = cells.counts.indices[kept], cells.counts.data[kept]
    # Ties are judged on rounded weights, so that another processor ranks alike. Columns are in
    # alphabetical order.
    keys = (columns, -count) if weights is None else (columns, -count, -weights[kept].round(9))
    order = np.lexsort((*keys, party))
    kept, party, columns, count = kept[order], party[order], columns[order], count[order]
    ids = statements["statement_id"].tolist()
    documents = statements["document_id"].tolist()
    first, n = cells.first[kept], cells.statements[kept]
    rows = cells.rows.tolist()
    spans = [rows[a : a + k] for a, k in zip(first.tolist(), n.tolist(), strict=True)]
    data = {
        "party": np.asarray([*parties, ""], dtype=object)[party],
        "term": terms[columns],
        "count": count,
        "statements": n,
        "documents": np.array([len({documents[row] for row in span}) for span in spans], int),
        "statement_ids": np.array(
            [ID_SEPARATOR.join([ids[row] for row in span]) for span in spans], dtype=object
        ),
    }
    if weights is not None:
        start = np.searchsorted(party, np.arange(len(parties)))
        rank = np.arange(1, len(party) + 1) - start[party]
        data = {**dict(list(data.items())[:2]), "weight": weights[kept], "rank": rank, **data}
    return pd.DataFrame(data)


def _not_enough(
    parties: list[str], groups: dict[str, np.ndarray], found: Iterable[str], min_statements: int
) -> dict[str, str]:
    """Return the parties without a row, and why."""
    reasons = {} if parties else {"all parties": "no statements of a party"}
    found = set(found)
    for party in [p for p in parties if p not in found]:
        n = len(groups.get(party, ()))
        said = f"{n} statement" + ("" if n == 1 else "s")
        reasons[party] = f"{said}; no term in {min_statements} of them" if n else said
    return reasons


def _requested(parties: Iterable[str] | None, groups: dict[str, np.ndarray]) -> list[str]:
    if isinstance(parties, str):
        return [parties]
    if parties is not None:
        return list(dict.fromkeys(parties))
    return [party for party in groups if party != UNRESOLVED]


def _with_text(statements: pd.DataFrame, count_repeats: str) -> tuple[pd.DataFrame, list[str]]:
    counted = as_counted(statements, count_repeats)
    texts = texts_of(counted)
    if all(texts):
        return counted, texts
    return counted[[bool(text) for text in texts]], [text for text in texts if text]


def tfidf_by_party(
    statements: pd.DataFrame,
    parties: Iterable[str] | None = None,
    reference: pd.DataFrame | None = None,
    ngram_range: tuple[int, int] = (1, 2),
    min_statements: int = 2,
    stop_words: str | Iterable[str] | None = "english",
    exclude: Iterable[str] | Any = (),
    count_repeats: str = "once",
    sublinear_tf: bool = True,
    smooth_idf: bool = True,
    norm: str | None = "l2",
) -> pd.DataFrame:
    """Weigh the terms of each party by TF-IDF, raw counts beside the weights.

    All statements of a party together are its row. The idf is fitted with each statement of the
    reference corpus as one document, so a term is rare if few statements contain it, whoever
    speaks and however few parties there are.

    Parameters
    ----------
    statements : DataFrame
        Statement table; reads ``document_id, statement_id, party, content_repaired, repeats``.
        A statement with the party ``"A; B"`` counts for A and for B.
    parties : iterable of str, optional
        Parties to list, in this order; by default all but ``unresolved``, largest first.
    reference : DataFrame, optional
        Statement table that sets the idf, such as the corpus around one article. The statements
        themselves belong to it in any case, each id once. By default they are the reference.
    ngram_range, stop_words, exclude
        As in `TermAnalyzer`.
    min_statements : int
        Terms said in fewer statements of the party are left out.
    count_repeats : "once" or "each"
        Whether a quotation that is repeated counts once (`without_repeats`) or each time.
    sublinear_tf, smooth_idf, norm
        As in scikit-learn's ``TfidfTransformer``. The norm is that of the party's whole row,
        terms left out by ``min_statements`` included.

    Returns
    -------
    DataFrame
        One row per party and term, by party and rank:
        ``party``; ``term``; ``weight`` (TF-IDF, 0 to 1 under a norm); ``rank`` (1 is the heaviest
        of the party; equal weights by count, then alphabet); ``count`` (uses by the party);
        ``statements`` and ``documents`` (of the party with the term); ``statement_ids`` (of these
        statements, joined by ``"; "``).
        ``attrs["not_enough_text"]`` maps each party without a row to the reason.
    """
    counted, texts = _with_text(statements, count_repeats)
    others: list[str] = []
    if reference is not None:
        own = set(statements["statement_id"].astype(str))
        rest = reference[[i not in own for i in reference["statement_id"].astype(str)]]
        others = _with_text(rest, count_repeats)[1]
    groups = members(counted)
    names = _requested(parties, groups)
    model = PartyTfidf(ngram_range, stop_words, exclude, sublinear_tf, smooth_idf, norm)
    counts, terms = fit_terms(model, [*texts, *others])
    cells = _party_terms(counts, [groups.get(name, np.empty(0, int)) for name in names])
    weights = model.weigh(cells.counts).data if len(terms) and names else np.empty(0)
    frame = _long_form(counted, names, cells, terms, min_statements, weights)
    frame.attrs["not_enough_text"] = _not_enough(
        names, groups, frame["party"].unique(), min_statements
    )
    return frame


def term_counts_by_party(
    statements: pd.DataFrame,
    parties: Iterable[str] | None = None,
    ngram_range: tuple[int, int] = (1, 2),
    min_statements: int = 1,
    stop_words: str | Iterable[str] | None = "english",
    exclude: Iterable[str] | Any = (),
    count_repeats: str = "once",
) -> pd.DataFrame:
    """Count the terms of each party, without weights or tests: an answer on any amount of text.

    Parameters
    ----------
    statements, parties, ngram_range, min_statements, stop_words, exclude, count_repeats
        As in `tfidf_by_party`.

    Returns
    -------
    DataFrame
        One row per party and term, by party, falling count, alphabet:
        ``party``; ``term``; ``count``; ``per_1000`` (uses per 1,000 words of the party, function
        words included); ``statements``; ``documents``; ``statement_ids``.
        ``attrs["words"]`` and ``attrs["statements"]`` map each party to its totals,
        ``attrs["not_enough_text"]`` each party without a row to the reason.
    """
    counted, texts = _with_text(statements, count_repeats)
    groups = members(counted)
    names = _requested(parties, groups)
    rows = [groups.get(name, np.empty(0, int)) for name in names]
    counts, terms = fit_terms(PartyTfidf(ngram_range, stop_words, exclude), texts)
    cells = _party_terms(counts, rows)
    frame = _long_form(counted, names, cells, terms, min_statements)
    words = np.array([word_count(text) for text in texts], dtype=int)
    totals = {name: int(words[group].sum()) for name, group in zip(names, rows, strict=True)}
    frame.insert(3, "per_1000", 1000 * frame["count"] / frame["party"].map(totals).astype(float))
    frame.attrs["words"] = totals
    frame.attrs["statements"] = {n: len(g) for n, g in zip(names, rows, strict=True)}
    frame.attrs["not_enough_text"] = _not_enough(
        names, groups, frame["party"].unique(), min_statements
    )
    return frame


def fit_terms(model: PartyTfidf, texts: list[str]) -> tuple[sparse.csr_array, np.ndarray]:
    """Fit the model; no texts, or texts of function words alone, give a matrix without terms."""
    try:
        counts = model.fit_counts(texts)
    except ValueError as error:
        if "empty vocabulary" not in str(error):
            raise
        return sparse.csr_matrix((len(texts), 0), dtype=np.int64), np.empty(0, dtype=object)
    terms = np.empty(counts.shape[1], dtype=object)
    vocabulary = model.vectorizer_.vocabulary_
    terms[list(vocabulary.values())] = list(vocabulary)
    return counts, terms
