"""The look keeps its promises: contrast, and statuses that never rest on colour alone."""

from __future__ import annotations

import itertools
import math

import pytest

from observatory.look import Look, Theme, look
from observatory.wording import words

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear light.
_VISION: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_ASSESSED = ("met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed", "improving")


def linear(colour: str) -> Rgb:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    share = luminance(colour)
    return 116 * share ** (1 / 3) - 16 if share > 0.008856 else 903.3 * share


def lab(light: Rgb) -> Rgb:
    red, green, blue = (max(part, 0.0) for part in light)
    white = (0.95047, 1.0, 1.08883)
    tristimulus = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )
    x, y, z = (
        (part / full) ** (1 / 3) if part / full > 0.008856 else 7.787 * part / full + 16 / 116
        for part, full in zip(tristimulus, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, vision: str) -> Rgb:
    light = linear(colour)
    red, green, blue = (sum(weight * part for weight, part in zip(row, light, strict=True)) for row in _VISION[vision])
    return red, green, blue


@pytest.fixture(params=["light", "dark"])
def tokens(request: pytest.FixtureRequest) -> Look:
    theme: Theme = request.param
    return look(theme)


def test_text_keeps_four_and_a_half_to_one_on_paper_and_soft_ground(tokens: Look) -> None:
    for text in (tokens.ink, tokens.muted, tokens.accent, tokens.target, tokens.benchmark, tokens.city):
        for ground in (tokens.paper, tokens.soft):
            assert contrast(text, ground) >= 4.5, (text, ground)


def test_marks_keep_three_to_one_on_paper(tokens: Look) -> None:
    marks = [tokens.accent, tokens.city, tokens.target, tokens.benchmark, tokens.outline, tokens.hatch]
    for mark in [*marks, *(status.colour for status in tokens.status.values())]:
        assert contrast(mark, tokens.paper) >= 3.0, mark


def test_context_lines_are_seen_but_quieter_than_every_named_line(tokens: Look) -> None:
    assert contrast(tokens.context, tokens.paper) >= 2.9
    for named in (tokens.accent, tokens.city, tokens.target, tokens.benchmark):
        assert contrast(named, tokens.paper) > contrast(tokens.context, tokens.paper)


def test_status_colours_differ_in_greyscale(tokens: Look) -> None:
    greys = sorted(lightness(tokens.status[key].colour) for key in _ASSESSED)
    assert min(high - low for low, high in itertools.pairwise(greys)) >= 5


@pytest.mark.parametrize("vision", sorted(_VISION))
def test_status_colours_differ_for_each_colour_vision_type(tokens: Look, vision: str) -> None:
    for one, other in itertools.combinations(_ASSESSED, 2):
        colours = (tokens.status[one].colour, tokens.status[other].colour)
        assert math.dist(lab(seen(colours[0], vision)), lab(seen(colours[1], vision))) >= 10, (one, other)


def test_every_status_has_its_own_shape_and_a_word_in_both_languages(tokens: Look) -> None:
    shapes = [mark.shape for key, mark in tokens.status.items() if key != "no_target"]
    assert len(shapes) == len(set(shapes))
    for mark in tokens.status.values():
        assert words("es").has(mark.word)
        assert words("en").has(mark.word)


def test_ramps_run_evenly_away_from_the_ground(tokens: Look) -> None:
    ramps = (tokens.sequential, tokens.diverging_bad, tokens.diverging_good)
    for ramp in ramps:
        distances = [abs(lightness(colour) - lightness(tokens.paper)) for colour in ramp]
        assert distances == sorted(distances)
        assert min(far - near for near, far in itertools.pairwise(distances)) >= 10


@pytest.mark.parametrize("vision", sorted(_VISION))
def test_the_two_sides_of_a_target_are_told_apart(tokens: Look, vision: str) -> None:
    for bad, good in zip(tokens.diverging_bad, tokens.diverging_good, strict=True):
        assert math.dist(lab(seen(bad, vision)), lab(seen(good, vision))) >= 15, (bad, good)
