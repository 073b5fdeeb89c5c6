"""Questions about boards and marks, each asked on behalf of somebody."""
