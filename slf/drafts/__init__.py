"""Notes in the making: on the server within a second, sealed on the device until then, never lost."""
