"""What stops and what is shown: nothing is published except through `gate`."""
