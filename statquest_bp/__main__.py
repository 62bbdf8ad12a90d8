"""Print the ledger: `python -m statquest_bp` for every number of the videos, `python -m statquest_bp b3` for b3's."""

import io
import sys

from statquest_bp.video import ledger

if isinstance(sys.stdout, io.TextIOWrapper):
    sys.stdout.reconfigure(encoding="utf-8")  # on Windows, a file or a pipe might have no −
print(ledger(" ".join(sys.argv[1:])))
