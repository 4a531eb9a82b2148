"""`python -m detente` is the command `detente`."""

from detente.app.cli import main

main()
