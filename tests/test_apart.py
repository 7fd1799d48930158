"""Work in a process of its own: it tells how far it is, and ends when nobody listens."""

import os
import time
from pathlib import Path

import pytest

from analysis.apart import EndedError, apart
from analysis.documents import DocumentError


@pytest.fixture(autouse=True)
def _findable(monkeypatch):
    """Let the other process find the functions of this file."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def tells(numbers, tell):
    """Tell some numbers, then in which process it was."""
    for number in [*numbers, os.getpid()]:
        tell(number)


def fails(tell):
    """Find a document that cannot be read."""
    raise DocumentError("report.txt", "is empty", "Save the article's text in it")


def dies(tell):
    """End without a word, as when the system takes the process away."""
    os._exit(9)


def goes_on(file, tell):
    """Tell for half a minute, writing down how often."""
    for number in range(300):
        Path(file).write_text(str(number))
        tell(number)
        time.sleep(0.1)


def test_what_is_told_is_heard_in_order_from_another_process():
    heard = []
    apart(tells, {"numbers": [3, 1, 2]}, heard.append)
    assert heard[:-1] == [3, 1, 2]
    assert heard[-1] != os.getpid()


def test_an_error_of_the_work_is_raised_as_it_is():
    with pytest.raises(DocumentError) as caught:
        apart(fails, {}, print)
    assert str(caught.value) == "report.txt is empty. Save the article's text in it."


def test_a_process_that_is_taken_away_is_named():
    with pytest.raises(EndedError, match="status 9"):
        apart(dies, {}, print)


def test_work_ends_when_nobody_listens_any_more(tmp_path):
    def interrupted(number):
        if number == 2:
            raise KeyboardInterrupt

    count = tmp_path / "count"
    with pytest.raises(KeyboardInterrupt):
        apart(goes_on, {"file": str(count)}, interrupted)
    ended = count.read_text()
    assert int(ended) < 10
    time.sleep(0.3)
    assert count.read_text() == ended
