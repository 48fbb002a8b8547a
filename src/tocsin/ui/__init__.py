"""How people reach it: arguments and requests come in, one task each is called, and what it gave is shown."""

__all__: list[str] = []
