"""The rows that editions hold and everything else reads: plain typed tuples, one class per table or query.

Field order equals the column order of the queries in `observatory/editions/queries`. Shares are fractions 0–1.
"""
