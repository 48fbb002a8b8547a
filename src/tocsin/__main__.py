"""``python -m tocsin``."""

from tocsin.ui.cli.main import run

run()
