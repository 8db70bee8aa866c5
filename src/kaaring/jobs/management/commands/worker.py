"""`kaaring worker`: a background worker on its own."""

import logging
import threading
import time
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from kaaring.jobs.actions import requeue_lost
from kaaring.jobs.commands import Command as KaaringCommand

LOOK_EVERY_SECONDS = 60
log = logging.getLogger(__name__)


class Command(KaaringCommand):
    help = "Work through the queue of long jobs; take up what killed workers left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=look_for_lost, daemon=True).start()
        call_command("db_worker", queue_name="*", interval=1, reload=False, verbosity=0)


def look_for_lost() -> None:
    """Requeue lost jobs now and every minute, as long as the process lives."""
    while True:
        try:
            requeue_lost(at=timezone.now())
        except DatabaseError as broken:
            log.warning("Could not look for lost jobs: %s", broken)
        finally:
            connection.close()
        time.sleep(LOOK_EVERY_SECONDS)
