import os
from pathlib import Path

import hypothesis
import pytest

from analysis.documents import load_corpus
from analysis.parties import Parties
from analysis.pipeline import analyse, analyse_article
from analysis.unattended import run_unattended

ROOT = Path(__file__).resolve().parent.parent
# Time is measured by `make bench`, never asserted: a busy machine is no failure.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("desk")

#: Needs a browser: `make test-lab` names it.
collect_ignore = ["lab"]


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


def run_second_dispute(folder):
    """Run the second dispute, which has a gazetteer of its own, into a folder."""
    place = ROOT / "tests" / "passages" / "second_dispute"
    run_unattended(
        str(place / "article.txt"),
        str(place / "corpus"),
        str(place / "parties.toml"),
        output_folder=folder,
    )


@pytest.fixture(scope="session")
def second_run(tmp_path_factory):
    """The output folder of a run on the second dispute."""
    folder = tmp_path_factory.mktemp("second") / "results"
    run_second_dispute(folder)
    return folder


@pytest.fixture(scope="session")
def seed_run(tmp_path_factory):
    """The output folder of a run on the seed article and its corpus."""
    folder = tmp_path_factory.mktemp("seed") / "results"
    article, corpus = ROOT / "data" / "article.txt", ROOT / "data" / "corpus"
    run_unattended(str(article), str(corpus), output_folder=folder, split_date="2023-01-01")
    return folder
