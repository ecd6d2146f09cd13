"""Speed, side by side with the tools that are there already: ratios measured in one run."""
