"""Runs programs: one JSON object a line in, one out.

{"path": ..., "env": {...}} -> {"out": what the program printed} or {"error": ...}
"""

import contextlib
import io
import json
import os
import runpy
import sys
import warnings

# A secret of an example may be short; that is what the findings are for.
warnings.simplefilter("ignore")

for line in sys.stdin:
    asked = json.loads(line)
    os.environ.update(asked["env"])
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(asked["path"], run_name="__main__")
        told = {"out": out.getvalue()}
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(told), flush=True)
