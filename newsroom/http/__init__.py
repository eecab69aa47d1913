"""HTTP without models: content negotiation, security headers, client address, static files, absolute links."""
