"""Who is in a family and when: coming, going, a child in care, a baby expected, one family becoming two."""
