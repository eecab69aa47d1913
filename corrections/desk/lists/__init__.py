"""What an editor does with the list as a whole: name a filter, decide the chosen cases."""
