"""What the notebooks show things with, and how a build runs them."""
