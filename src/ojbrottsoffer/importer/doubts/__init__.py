"""What a file leaves in doubt although it could be read: each is a question, an error or a note."""
