"""Everything that an editor can do to a case, the ten seconds to undo it, and its execution."""
