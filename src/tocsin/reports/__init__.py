"""What we answer: figures and tables come in; text, pages and files that are safe to show go out."""

from tocsin.reports.escape import csv_cell, html, terminal

__all__ = ["csv_cell", "html", "terminal"]
