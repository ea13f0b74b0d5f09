"""How the service looks and answers: layouts, forms, components, charts, errors, the shape of the API."""
