"""A family refers itself: public pages without an account, which write one referral and read nothing back."""
