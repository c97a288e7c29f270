"""`python -m ojbrottsoffer`."""

from ojbrottsoffer.cli.commands import main

raise SystemExit(main())
