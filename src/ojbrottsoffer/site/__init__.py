"""The Swedish site: MkDocs calls `hook`, which shows the checked tables as pages and files."""
