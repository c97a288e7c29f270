"""Where on a sheet the table is: its headings, labels and values."""
