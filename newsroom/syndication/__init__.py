"""The public record in formats of others: schema.org, Memento, Web Annotations, ninjs, feed entries."""
