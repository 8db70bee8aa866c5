"""Commands: `kaaring NAME`."""
