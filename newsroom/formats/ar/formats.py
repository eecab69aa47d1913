"""See https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date for the letters."""

DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
