"""`python -m statquest_bp.exercises` was the command for the answers: it leads to `python -m statquest_bp.course`."""

import runpy

if __name__ == "__main__":
    runpy.run_module("statquest_bp.course", run_name="__main__", alter_sys=True)
