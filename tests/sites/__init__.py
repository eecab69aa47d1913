"""The desk behind sites that other systems publish. Run by `make sites` alone: it brings a real WordPress along."""
