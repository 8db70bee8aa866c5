"""What is to happen in a demonstration, done in the order of time so that the log reads like one."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from django.db import transaction

type Happening = Callable[[datetime], object]


class Diary:
    """Happenings with their moments; one that happens may put further ones in, not before itself."""

    def __init__(self) -> None:
        self._left: list[tuple[datetime, int, Happening]] = []
        self._numbers = count()

    def put_in(self, at: datetime, happen: Happening) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self._left, (at, next(self._numbers), happen))

    def live(self) -> None:
        """Let everything happen, earliest first, each for itself: a letter goes when it is written."""
        while self._left:
            at, _number, happen = heapq.heappop(self._left)
            with transaction.atomic():
                happen(at)
