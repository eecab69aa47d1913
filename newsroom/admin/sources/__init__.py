"""Pages on which the chief sets up sites whose articles another system publishes."""
