"""The inventory of questions: what every form asks of a family, and that nothing the record has is asked again."""
