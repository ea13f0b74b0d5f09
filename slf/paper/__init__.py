"""What leaves the screen: PDF documents, spreadsheets and CSV files."""
