"""Amounts of money in pages."""

from decimal import Decimal

from django import template

from casework.budget.rules import pounds as in_words

register = template.Library()


@register.filter
def pounds(amount: Decimal | None) -> str:
    """An amount to the penny: "£1,250.00"; nothing where there is none."""
    return in_words(amount or Decimal(0))
