"""Pure statistics: ranks, freshness, intervals."""
