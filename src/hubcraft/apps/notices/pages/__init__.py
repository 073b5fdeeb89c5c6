"""What nobody sees but those who build: the mails that were sent here."""
