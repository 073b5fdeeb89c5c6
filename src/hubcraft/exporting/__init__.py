"""Writers of what people download. They know words and numbers, and nothing of where these come from."""
