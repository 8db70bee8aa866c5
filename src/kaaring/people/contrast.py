"""How well a colour reads on the paper of the pages, by WCAG 2.2."""

LIGHT_PAPER, DARK_PAPER = "#fafaf8", "#0e1517"
ENOUGH = 4.5


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 (the same) to 21 (black on white).

    The definition of relative luminance is that of WCAG 2.2 (W3C, 2023).

    >>> contrast("#000000", "#ffffff")
    21.0
    >>> round(contrast("#777777", "#ffffff"), 2)
    4.48
    """
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
