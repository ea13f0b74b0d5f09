"""How the people of a family are related, who is responsible for whom, and the genogram drawn from it."""
