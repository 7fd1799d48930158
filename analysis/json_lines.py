"""JSON lines: one object a line, and what is wrong with a line that holds none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any


def read_objects(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Read JSON lines.

    Parameters
    ----------
    lines : iterable of bytes
        UTF-8; blank lines are passed over.

    Yields
    ------
    (int, dict or str)
        The number of the line, from 1, and its object, or what is wrong with it.
    """
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8"), parse_constant=_not_a_number)
        except UnicodeDecodeError:
            yield number, "not UTF-8"
        except json.JSONDecodeError as error:
            yield number, f"not JSON ({error.msg} at column {error.colno})"
        except (ValueError, RecursionError):
            yield number, "not JSON"
        else:
            yield number, record if isinstance(record, dict) else "not a JSON object"


def _not_a_number(name: str) -> float:
    """Refuse NaN and Infinity, which Python reads and no other program does."""
    raise ValueError(name)
