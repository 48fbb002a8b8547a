"""The reader: a document comes in; its parts and its assertions go out, each with the rule and the words behind it."""

__all__: list[str] = []
