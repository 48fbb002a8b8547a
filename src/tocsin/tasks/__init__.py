"""What an officer asks: one file a journey, each loads, calls the rooms and saves."""

__all__: list[str] = []
