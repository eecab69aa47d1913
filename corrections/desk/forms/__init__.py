"""The forms of a case's page, one per kind of decision."""
