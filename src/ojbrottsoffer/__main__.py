"""`python -m ojbrottsoffer`."""

from ojbrottsoffer.cli import main

raise SystemExit(main())
