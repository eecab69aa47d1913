"""The list of cases: what it shows, saved filters, decisions about the chosen ones."""
