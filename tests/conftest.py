import os
from pathlib import Path

import pytest

from analysis.documents import load_corpus
from analysis.parties import Parties
from analysis.pipeline import analyse, analyse_article

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def article():
    return analyse_article()


@pytest.fixture(scope="session")
def corpus():
    return analyse(load_corpus(ROOT / "data" / "corpus"))


@pytest.fixture(scope="session")
def fictional():
    """A gazetteer of invented states and people."""
    return Parties.from_toml(ROOT / "tests" / "passages" / "parties.toml")


@pytest.fixture(scope="session")
def unseen_news():
    """The folder of the attribution data, which is not part of the project."""
    named = os.environ.get("QUOTED_PARTIES_EVAL")
    folder = Path(named) if named else ROOT.parent / "shared" / "eval"
    if not (folder / "quotes" / "dev.articles.jsonl").exists():
        pytest.skip(
            f"no evaluation data in {folder}; set QUOTED_PARTIES_EVAL to the folder that holds it"
        )
    return folder / "quotes"
