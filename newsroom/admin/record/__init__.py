"""Admin of the public record: revisions, reverts, proposals, withholdings, acts."""
