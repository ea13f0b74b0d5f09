"""What each partner was already shown of a family, from what is recorded; and who is to be told of a withdrawal."""
