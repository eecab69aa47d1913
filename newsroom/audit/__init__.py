"""The audit log: hash chain of acts, its head, verification; row history."""
