"""The command line: words come in, one task each is called, data goes to stdout and talk to stderr."""

__all__: list[str] = []
