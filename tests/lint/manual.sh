#!/bin/sh
# The manual pages are clean mdoc.
ls man/*.[0-9] >/dev/null 2>&1 || { echo "no manual pages yet"; exit 77; }
command -v mandoc >/dev/null || { echo "no mandoc"; exit 77; }
mandoc -Tlint -Wwarning man/*.[0-9]
exit 0
