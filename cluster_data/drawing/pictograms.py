"""Small SVG pictures: the marks of the Ds (shape and colour say the D, a letter what is no firm), and bars."""

from cluster_data.palette import Palette

SHAPES = {
    "square": '<rect x="8" y="8" width="32" height="32"/>',
    "circle": '<circle cx="24" cy="24" r="18"/>',
    "triangle": '<path d="M24 5 44 41H4Z"/>',
    "diamond": '<path d="M24 3 45 24 24 45 3 24Z"/>',
    "pentagon": '<path d="M24 4 45 19 37 43H11L3 19Z"/>',
    "hexagon": '<path d="M24 4 41 14V34L24 44 7 34V14Z"/>',
    "triangle-down": '<path d="M24 43 44 7H4Z"/>',
    "cross": '<path d="M17 4h14v13h13v14H31v13H17V31H4V17h13Z"/>',
}
LETTERS = {
    "U": "M17 15v12a7 7 0 0 0 14 0V15",
    "N": "M17 33V15l14 18V15",
    "A": "M15 34 24 14l9 20M18.500 27h11",
}


SIZE, LINE = 48, 16  # pixels: of the drawing, and of a sign in a line of text


def sign(symbol: str, colour: str, edge: str, letter: str = "") -> str:
    """One mark as an SVG."""
    return _svg(mark(symbol, colour, edge, letter))


def swatch(colour: str, edge: str) -> str:
    """A square of one colour as an SVG."""
    return _svg(f'<rect x="3" y="3" width="42" height="42" fill="{colour}" stroke="{edge}" stroke-width="2"/>')


def hatched(ground: str, ink: str) -> str:
    """A square of lines as an SVG."""
    lines = f'<path d="M3 27 27 3M3 45 45 3M21 45 45 21" stroke="{ink}" stroke-width="3"/>'
    return _svg(f'<rect x="3" y="3" width="42" height="42" fill="{ground}" stroke="{ink}" stroke-width="2"/>{lines}')


def numbered(colour: str, ink: str) -> str:
    """A numbered circle as an SVG."""
    number = '<path d="M18 18l7-5v22" fill="none" stroke-width="5"'
    return _svg(f'<circle cx="24" cy="24" r="21" fill="{colour}"/>{number} stroke="{ink}"/>')


def bar(value: float, most: float, colour: str, ground: Palette, unknown: bool = False) -> str:
    """A bar of `value` against `most`, without words: they stand beside it. What is not known is striped."""
    share = 400 * value / most if most else 0
    drawn = f'<rect width="{share:.0f}" height="24" rx="4" fill="{colour}"/>'
    if unknown:
        drawn = f'<path d="M0 12H{share:.0f}" stroke="{ground.quiet}" stroke-width="24" stroke-dasharray="8 6"/>'
    track = f'<rect width="400" height="24" rx="4" fill="{ground.land}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 24" width="400" height="24">{track}{drawn}</svg>'


def _svg(body: str) -> str:
    size = f'width="{LINE}" height="{LINE}" viewBox="0 0 {SIZE} {SIZE}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def mark(symbol: str, colour: str, edge: str, letter: str = "") -> str:
    """One mark in a square of 48 by 48, as parts of an SVG; with a letter, a ring round that letter."""
    if letter in LETTERS:
        ring = f'<circle cx="24" cy="24" r="19" fill="{edge}" stroke="{colour}" stroke-width="5"/>'
        return f'{ring}<path d="{LETTERS[letter]}" fill="none" stroke="{colour}" stroke-width="4"/>'
    return f'<g fill="{colour}" stroke="{edge}" stroke-width="3">{SHAPES[symbol]}</g>'
