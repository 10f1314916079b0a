"""Reads or validates a generated file with a Python library and prints seconds, records and peak
memory as JSON: read.py pandas-csv|frictionless-csv|pandas-xlsx|jsonschema FOLDER [SCHEMA]"""

import gzip
import json
import resource
import sys
import time
from pathlib import Path

what, folder = sys.argv[1], Path(sys.argv[2])
if what == "pandas-csv":
    import pandas

    start = time.perf_counter()
    records = len(pandas.read_csv(folder / "services.csv", dtype=str, keep_default_na=False))
elif what == "pandas-xlsx":
    import pandas

    start = time.perf_counter()
    records = len(pandas.read_excel(folder / "services.xlsx", dtype=str))
elif what == "frictionless-csv":
    from frictionless import system, validate

    start = time.perf_counter()
    with system.use_context(trusted=True):
        report = validate(str(folder / "services.csv"))
    assert report.valid, report.flatten(["title", "note"])[:3]
    records = report.tasks[0].stats["rows"]
elif what == "jsonschema":
    from jsonschema import Draft202012Validator, FormatChecker

    path = Path(sys.argv[3])
    read = gzip.open if path.suffix == ".gz" else open
    with read(path) as file:
        schema = json.load(file)
    start = time.perf_counter()
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    with open(folder / "services.json", encoding="utf-8") as file:
        services = json.load(file)
    faults = sum(1 for service in services for _ in validator.iter_errors(service))
    assert faults == 0, faults
    records = len(services)
else:
    sys.exit(__doc__)
seconds = time.perf_counter() - start
peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "records": records, "peak_kb": peak_kb}))
