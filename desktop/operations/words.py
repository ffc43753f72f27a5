"""How operations name themselves in the history."""


def counted(number: int, noun: str) -> str:
    """``article`` for one, ``3 articles`` for more."""
    return noun if number == 1 else f"{number:,} {noun}s"
