"""Fetching figures from Kolada: what is asked, the client, and the folder that is written. Nothing in a build is here."""
