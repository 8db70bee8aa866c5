"""The few things every package needs: refusals, text in several languages, public ids, fast row writing."""
