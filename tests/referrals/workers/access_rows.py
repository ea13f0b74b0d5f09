from tests.access_table import Exempt

OF_A_WORKER = "Days and leave of a colleague, nothing of a family; tests/referrals/workers/test_pages.py says whose."

ROWS = [
    Exempt("referrals:my_days", OF_A_WORKER),
    Exempt("referrals:worker", OF_A_WORKER),
    Exempt("referrals:worker_days", OF_A_WORKER),
    Exempt("referrals:worker_leave", OF_A_WORKER),
    Exempt("referrals:cancel_leave", OF_A_WORKER),
    Exempt("api-worker", OF_A_WORKER),
    Exempt("api-worker-leave", OF_A_WORKER),
    Exempt("api-worker-leave-cancel", OF_A_WORKER),
]
