"""Settings: clocks, numbers, lists and tables that practice goes by. An area declares its own and registers them."""
