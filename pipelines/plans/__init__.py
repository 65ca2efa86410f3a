"""Plans as the District writes them: action plans and follow-up in workbooks, read into tables and checked."""
