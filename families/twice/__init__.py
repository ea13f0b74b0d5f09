"""The same family known twice: the pointer that makes two one, and which two may be. Done by ``casework.merging``."""
