"""The rules of each scheme as rows: which version counts since when, and what two people confirmed or changed."""
