"""What somebody objects to or says is wrong: taken down, decided within a month, and marked wherever it is shown."""
