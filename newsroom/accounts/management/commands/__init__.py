"""Commands that replace those of django.contrib.auth."""
