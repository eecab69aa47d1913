"""Public pages of the desk: suggestion form, status page, mail links, privacy notice, /metrics."""
