"""The same mistake elsewhere: fingerprints of published sentences, and own cases of the desk where one is found."""
