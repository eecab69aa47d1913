"""Outgoing webhooks (Standard Webhooks): endpoints, signed payloads, delivery with retries, SSRF protection."""
