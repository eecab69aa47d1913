"""Desk statistics: aggregate queries, report and SVG charts, CSV and JSON export, Prometheus gauges."""
