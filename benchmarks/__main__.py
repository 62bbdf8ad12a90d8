"""All measurements, one after the other: `python -m benchmarks`, or `make bench`."""

import subprocess
import sys

for name in ("descent", "live_picture"):
    print(f"\n{name}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
