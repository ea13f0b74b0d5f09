"""Pages of triage: the queue, one referral, and every decision."""
