"""How far a download is, drawn in a terminal."""

from __future__ import annotations

from pipelines.progress_bar import ProgressBar, size_text


class Terminal:
    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass


def test_the_bar_is_drawn_in_a_terminal_ten_times_a_second_at_most() -> None:
    terminal = Terminal()
    moments = iter([0.0, 0.05, 0.2, 0.21])
    bar = ProgressBar(terminal, "a", lambda: next(moments))  # type: ignore[arg-type]
    for done in (0, 25, 50, 100):
        bar.report(done, 100, "records")
    assert terminal.written.count("\r") == 3
    assert "[############............]  50 %  50 records / 100" in terminal.written
    bar.clear()
    assert terminal.written.endswith("\r")


def test_sizes_read_well() -> None:
    assert [size_text(size) for size in (0, 999, 14_200_000, 3_000_000_000)] == ["0 B", "999 B", "14.2 MB", "3.0 GB"]
    bar = ProgressBar(Terminal(), "a", lambda: 0.0)  # type: ignore[arg-type]
    assert bar.line(5, None, "records") == "a  5 records"
    assert bar.line(1_000_000, 2_000_000, "bytes").endswith(" 50 %  1.0 MB / 2.0 MB")
