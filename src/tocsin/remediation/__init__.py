"""What came of it: the services of a day and whose they are come in; counts with bounds go out."""

from tocsin.remediation.census import GROUPINGS, Body, Frame, census, method_sentence

__all__ = ["GROUPINGS", "Body", "Frame", "census", "method_sentence"]
