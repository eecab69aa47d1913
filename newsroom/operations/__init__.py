"""Running a site: environment variables, health checks, backup and restore, files and locks in DATA_DIR."""
