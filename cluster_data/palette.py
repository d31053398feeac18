"""The colours of drawings, for a light and a dark ground. The grounds match .streamlit/config.toml; D colours are rows
of ds.csv."""

from dataclasses import dataclass

GLYPHS = {"square": "■", "circle": "●", "triangle": "▲", "diamond": "◆", "pentagon": "⬟", "cross": "✚"}


@dataclass(frozen=True)
class Palette:
    """Colours as #RRGGBB. `steps` run from little to much.

    `parts` are those of the academic, the business and the clinical part.
    """

    dark: bool
    ground: str
    land: str
    outside: str
    line: str
    text: str
    quiet: str
    accent: str
    steps: tuple[str, ...]
    parts: tuple[str, str, str]

    @property
    def d_column(self) -> str:
        """The column of D tables that holds the colour for this ground."""
        return "colour_dark" if self.dark else "colour_light"


LIGHT = Palette(
    dark=False,
    ground="#FFFFFF",
    land="#EAEEF2",
    outside="#FFFFFF",
    line="#B4BEC9",
    text="#1B2530",
    quiet="#56616D",
    accent="#12436D",
    steps=("#EDF3F9", "#C3D9EE", "#8FB9DF", "#4F8FC7", "#2268A5", "#12436D"),
    parts=("#5A2D91", "#B85C00", "#1673B8"),
)
DARK = Palette(
    dark=True,
    ground="#11171F",
    land="#222D39",
    outside="#11171F",
    line="#4A5867",
    text="#E9EEF4",
    quiet="#A3B0BD",
    accent="#8CC0EE",
    steps=("#1A2836", "#20405E", "#295C88", "#3673A8", "#6BA9DD", "#A9D0F2"),
    parts=("#CDB8FF", "#F0A24A", "#5FA8E6"),
)


def palette(dark: bool) -> Palette:
    """The palette for the ground in use."""
    return DARK if dark else LIGHT


def readable_on(colour: str, dark_text: str = "#1B2530", light_text: str = "#FFFFFF") -> str:
    """Text colour that stands out more on a colour, by WCAG relative luminance."""
    return dark_text if contrast(colour, dark_text) >= contrast(colour, light_text) else light_text


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """A colour as the list of four that map layers take."""
    return [*(int(colour[place : place + 2], 16) for place in (1, 3, 5)), alpha]
