"""`kaaring …`: Kåring's commands, and Django's own."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command line. A reader that has seen enough (`kaaring standings … | head`) is no error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaaring.config.settings")
    try:
        execute_from_command_line(["kaaring", *sys.argv[1:]])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
