"""`python -m copydesk` is the command line, also where the script is not on the PATH."""

from copydesk.cli import app

app()
