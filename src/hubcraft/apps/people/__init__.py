"""Who somebody is, proven by mail or by a passkey; nobody needs an account to take part in a room."""
