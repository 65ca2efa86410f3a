"""From published files to rows of text: encodings, tables, workbooks, layers, and what their headings must say."""
