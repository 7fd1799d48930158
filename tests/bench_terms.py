"""Time of TF-IDF by party against plain scikit-learn on the same texts (run by ``make bench``)."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from analysis.terms import tfidf_by_party


def plain_tfidf(texts, parties):
    """TF-IDF rows of parties as scikit-learn alone gives them: no table, no ids, no ranks."""
    counts = CountVectorizer(ngram_range=(1, 2), stop_words="english").fit_transform(texts)
    weighting = TfidfTransformer(sublinear_tf=True).fit(counts)
    codes, names = pd.factorize(np.asarray(parties, dtype=object))
    shape = (len(names), len(texts))
    members = sparse.csr_matrix((np.ones(len(codes)), (codes, np.arange(len(codes)))), shape)
    return weighting.transform(members @ counts)


def tfidf_overhead(texts, parties, repeats=15):
    """Return processor seconds of both, the best of alternating runs, and their ratio."""
    statements = pd.DataFrame(
        {
            "document_id": "bench",
            "statement_id": [f"bench:s{i:06d}" for i in range(len(texts))],
            "party": list(parties),
            "content_repaired": list(texts),
            "repeats": "",
        }
    )
    plain, ours = [], []
    for _ in range(repeats):
        start = time.process_time()
        plain_tfidf(texts, parties)
        middle = time.process_time()
        tfidf_by_party(statements)
        plain.append(middle - start)
        ours.append(time.process_time() - middle)
    return {
        "statements": len(texts),
        "plain_seconds": min(plain),
        "by_party_seconds": min(ours),
        "ratio": min(ours) / min(plain),
    }
