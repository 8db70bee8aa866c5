"""`kaaring …`: Kåring's commands, and Django's own."""

import os
import sys

from django.core.management import execute_from_command_line

from kaaring.jobs import commands


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 input at fault, 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaaring.config.settings")
    with commands.readable_errors():
        execute_from_command_line(["kaaring", *sys.argv[1:]])


if __name__ == "__main__":
    main()
