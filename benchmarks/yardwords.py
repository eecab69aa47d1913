"""The words that the filled desks hold, and that the searches look for."""

RARE = "kittiwake"  # in a hundred cases of any desk
COMMON = "harbour"  # in every third
SOME = "breakwater"  # in one of EVERY_FEW
HEADLINE = "lighthouse"  # in the headline of one of EVERY_FEW articles
EVERY_FEW = 101
