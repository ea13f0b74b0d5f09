from slf.access.rules import POSTS
from tests.access_table import Row, all_of

ROWS = [
    Row("performance:digest", get=all_of(*POSTS), post=all_of(*POSTS, status=302),
        post_body=lambda kwargs: {"wanted": "off"}),
    Row("api-digest", get=all_of(*POSTS), post=all_of(*POSTS), post_body=lambda kwargs: {"is_off": True}),
]  # fmt: skip
