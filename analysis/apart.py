"""Do work in a process of its own, so that its memory goes when it is done."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

#: What work calls to tell the process it is done for how far it is.
Tell = Callable[[Any], object]

_CHILD = "from analysis.apart import serve; serve()"


class EndedError(RuntimeError):
    """The process of some work was ended from outside."""


class _Done:
    """The last message of work that is done."""


def apart(work: Callable[..., object], arguments: dict[str, Any], heard: Tell) -> None:
    """Do work in a process of its own.

    If the process is interrupted, the work ends the next time it tells anything.

    Parameters
    ----------
    work : callable
        A function of a module; called with the arguments, and with `tell`, a function that
        passes on what it is given.
    arguments : dict
        By name.
    heard : callable
        Called with everything that is told.

    Raises
    ------
    Exception
        What the work raises; EndedError if its process was ended from outside.
    """
    command = [sys.executable, "-c", _CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            with child.stdin as out:
                pickle.dump((work, arguments), out)
            while not isinstance(message := pickle.load(child.stdout), _Done):
                if isinstance(message, Exception):
                    raise message
                heard(message)
        except (EOFError, BrokenPipeError):
            status = child.wait()
            raise EndedError(f"the process that worked ended with status {status}") from None
        finally:
            child.stdout.close()
            child.wait()


def serve() -> None:
    """Do the work that stands on standard input; what it tells goes to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when nobody hears it any more
    out = sys.stdout.buffer

    def tell(message: Any) -> None:
        pickle.dump(message, out)
        out.flush()

    try:
        work, arguments = pickle.load(sys.stdin.buffer)
        work(**arguments, tell=tell)
        tell(_Done())
    except BrokenPipeError:
        sys.stdout = None  # Python would flush it at its exit and fail again
    except Exception as error:
        tell(error)
