"""What we remember: tables and decisions come in; the lake and the desk keep them, each in whole commits."""

__all__: list[str] = []
