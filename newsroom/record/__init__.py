"""Reading the public record: queries, changelog, comparisons, filters, caches. Writes nothing."""
