"""The program: ``seatline``, and ``python -m seatline``."""

from __future__ import annotations

import signal
import sys

from seatline import _seatline


def main() -> int:
    """Runs the program with the arguments of this process, and gives its exit code."""
    # A Ctrl-C ends the program at once, as it does without Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    return _seatline.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
