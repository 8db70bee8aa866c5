"""`kaaring …`: Kåring's commands, and Django's own."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaaring.config.settings")
    execute_from_command_line(["kaaring", *sys.argv[1:]])


if __name__ == "__main__":
    main()
