"""The one table of what leads from one stage of a case to another. Every verb that moves a case asks it."""
