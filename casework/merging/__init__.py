"""The same family known twice: made one by a dated pointer, looked at beforehand, and taken apart again."""
