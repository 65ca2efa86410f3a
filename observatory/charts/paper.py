"""Where a plotly figure lies on paper: pixels of its axes, so that labels can be placed and SVG drawn alike."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.charts import Figure


@dataclass(frozen=True)
class Paper:
    """The plot of a layout in a drawing of some width: edges in pixels from the upper left corner."""

    layout: Figure
    width: float

    @property
    def height(self) -> float:
        """Pixels of the whole drawing."""
        return float(self.layout["height"])

    @property
    def left(self) -> float:
        """Where the plot begins."""
        return float(self.layout["margin"]["l"])

    @property
    def right(self) -> float:
        """Where the plot ends."""
        return self.width - float(self.layout["margin"]["r"])

    @property
    def top(self) -> float:
        """The plot's upper edge."""
        return float(self.layout["margin"]["t"])

    @property
    def bottom(self) -> float:
        """The plot's lower edge."""
        return self.height - float(self.layout["margin"]["b"])

    def x(self, value: float) -> float:
        """A value of the horizontal axis on paper."""
        low, high = map(float, self.layout["xaxis"]["range"])
        return self.left + (value - low) / ((high - low) or 1) * (self.right - self.left)

    def y(self, value: float) -> float:
        """A value of the vertical axis on paper."""
        low, high = map(float, self.layout["yaxis"]["range"])
        return self.bottom - (value - low) / ((high - low) or 1) * (self.bottom - self.top)

    def placed(self, item: Figure, x: str = "x", y: str = "y") -> tuple[float, float]:
        """A point of a shape or note: on the axes, or as a share of the plot (`paper`)."""
        across = self.left + item[x] * (self.right - self.left) if item.get("xref") == "paper" else self.x(item[x])
        down = self.bottom - item[y] * (self.bottom - self.top) if item.get("yref") == "paper" else self.y(item[y])
        return across, down
