"""The files a reader takes along."""
