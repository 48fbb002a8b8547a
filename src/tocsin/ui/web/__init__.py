"""The pages for recipients of notices: requests come in, notices are confirmed, answers taken, pages go out."""

__all__: list[str] = []
