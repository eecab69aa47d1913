"""Tests of corrections.admin.lists."""
