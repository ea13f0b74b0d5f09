"""The evidence that a claim run froze is disposed of on its day, by two people; figures and fingerprints stay."""
