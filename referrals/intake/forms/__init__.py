"""The small pages of a referral. A draft is never refused for what is missing, only for what cannot be read."""
