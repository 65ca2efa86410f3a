"""Codes of objectives, results and products: 6, 6.1, 6.1.10. Positions change between versions, codes do not."""

from __future__ import annotations


def code_key(code: str) -> tuple[int, ...]:
    """Order of codes: 6.1.2 before 6.1.10; what is no code comes last."""
    parts = code.split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (10**9,)


def parent_code(code: str) -> str:
    """The code one step up: 6.1 of 6.1.10; empty for an objective."""
    return code.rpartition(".")[0]


def node_id(kind: str, code: str, taken: set[str]) -> str:
    """The id of a node; a repeated code gets #2, #3 … so that no row is lost."""
    first = f"{kind}:{code}"
    if first not in taken:
        return first
    return next(name for number in range(2, 10**6) if (name := f"{first}#{number}") not in taken)
