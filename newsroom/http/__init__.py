"""HTTP, no models: negotiation, security headers, client address, static files, absolute links, a guarded client."""
