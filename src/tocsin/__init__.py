"""tocsin: the bell that warns everyone when a flaw is being exploited."""

__version__ = "0.1.0"
