"""The Django project, and its app of articles with their public record."""
