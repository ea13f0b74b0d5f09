"""Attachments follow their referral."""

from referrals.intake.sql import follow, unfollow

TABLE = "referrals_attachment"

FORWARD = [follow(TABLE)]
REVERSE = unfollow(TABLE)
