"""The audit record: a hash chain of acts, its head, history of rows, verification."""
