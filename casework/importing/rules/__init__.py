"""What a sheet that was kept by hand may say, and what becomes of each of its rows. No Django here."""
