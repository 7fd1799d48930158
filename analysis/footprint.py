"""Keep the memory of a long run small: what is loaded stays, what is let go goes back."""

from __future__ import annotations

import ctypes
import gc
import sys


def settle() -> None:
    """Leave what is loaded out of the rounds of the garbage collector from now on.

    Documents, statements and libraries stay to the end of a run. Looked through again and again
    they would cost a good part of its time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def let_go() -> None:
    """Collect what is no longer needed, and give its memory back to the system."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of the GNU C library alone
        if trim is not None:
            trim(0)
