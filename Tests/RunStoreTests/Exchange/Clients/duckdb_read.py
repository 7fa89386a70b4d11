"""Prints the rows that DuckDB finds in the segments of a store."""
import json
import sys

import duckdb

rows = duckdb.sql(
    f"""select step, "train/loss" from read_json('{sys.argv[1]}/runs/*/*/log-*.jsonl',
    format = 'newline_delimited', columns = {{step: 'BIGINT', 'train/loss': 'DOUBLE'}}) where step is not null order by step"""
).fetchall()
print(json.dumps(rows))
