"""The bare table of seats at an instant, with DuckDB: table_duckdb.py files|lines|one AS_OF_MS PATH. No check of anything."""

import sys

import duckdb

ENTRIES = "STRUCT(id VARCHAR, maxUsers BIGINT, startDate BIGINT)[]"
KINDS = [("userType", "userTypes"), ("appBundle", "appBundles"), ("extension", "extensions"), ("app", "apps")]


def query(form, as_of, path):
    lists = ", ".join(f'"{name}" {ENTRIES}' for _, name in KINDS)
    source = path + "/*.json" if form == "files" else path
    # One document of 100 MB is larger than what it reads otherwise.
    reading = "format = 'newline_delimited'" if form == "lines" else "format = 'unstructured', maximum_object_size = 1000000000"
    each = " UNION ALL ".join(
        f"SELECT document, '{kind}' AS kind, UNNEST(provision.\"{name}\") AS entry FROM documents" for kind, name in KINDS
    )
    return f"""
        WITH documents AS (
            SELECT ROW_NUMBER() OVER () AS document, MyEsri.provision AS provision
            FROM read_json('{source}', {reading}, columns = {{MyEsri: 'STRUCT(provision STRUCT({lists}))'}})
        ), entries AS ({each})
        SELECT kind, entry.id, COALESCE(ARG_MAX(entry.maxUsers, entry.startDate) FILTER (entry.startDate <= {int(as_of)}), 0)
        FROM entries GROUP BY document, kind, entry.id"""


def main(form, as_of, path):
    connection = duckdb.connect()
    connection.execute(f"COPY ({query(form, as_of, path)}) TO '/dev/stdout' (DELIMITER '\t', HEADER false)")


if __name__ == "__main__":
    main(*sys.argv[1:])
