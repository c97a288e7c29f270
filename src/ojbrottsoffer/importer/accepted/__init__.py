"""The editions: how a file becomes one, how they are read again, and the one before."""
