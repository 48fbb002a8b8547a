"""What LEAVES for peers: the record comes in; annotations, STIX bundles and tables of a known standard go out."""

__all__: list[str] = []
