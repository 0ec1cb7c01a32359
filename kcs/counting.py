"""Numbers with their noun."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 day`, `3 days`, `1,226 articles`.
    `many`: the plural if it takes more than an s, with its verb if there is one.
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
