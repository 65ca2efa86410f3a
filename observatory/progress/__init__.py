"""How indicators stand against their targets and against themselves. Pure: rows in, rows out."""
