"""Commands of Django about accounts, as acts. `newsroom.accounts` stands before django.contrib.auth in the settings."""
