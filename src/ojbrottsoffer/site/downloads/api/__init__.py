"""The static API: files that answer what a program most often asks."""
