"""Whether two letters say the same: it makes no difference at which host the pages stand they lead to."""

import re

ORIGIN = re.compile(r"^(https?://[^/\s]+)/", re.MULTILINE)


def without_origin(body: str) -> str:
    """Return a letter without the scheme and host of its own links.

    These are those of the last line that begins as an address: what others have written stands before it.

    >>> without_origin("See http://elsewhere.example/.\\n\\nhttps://awards.example/en/1/\\n")
    'See http://elsewhere.example/.\\n\\n/en/1/\\n'
    """
    origins: list[str] = ORIGIN.findall(body)
    if not origins:
        return body
    return re.sub(rf"^{re.escape(origins[-1])}(?=/)", "", body, flags=re.MULTILINE)
