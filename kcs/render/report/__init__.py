"""The report: one HTML file that needs nothing else."""

from kcs.render.report.page import report_html

__all__ = ["report_html"]
