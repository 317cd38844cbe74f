#!/bin/sh
# Each option of options.def once, and in the manual.
rows() { sed -n 's/^OPTION([A-Z_]*, "\([a-z-]*\)", \(.*\), \(FLAG\|VALUE\|MAYBE\), .*/\1 \2/p' src/cli/options.def; }
[ "$(rows | wc -l)" = "$(grep -c '^OPTION(' src/cli/options.def)" ] || echo "src/cli/options.def: a row is not as the others"
rows | cut -d' ' -f1 | LC_ALL=C sort | uniq -d | sed 's|^|src/cli/options.def: twice: --|'
rows | cut -d' ' -f2 | grep -v '^0$' | LC_ALL=C sort | uniq -d | sed 's|^|src/cli/options.def: twice: |'

page=man/newsfold.1
[ -f $page ] || { echo "$page is not written yet"; exit 77; }
# In mdoc an option stands as `-name` or `Fl -name`, its hyphens perhaps escaped.
plain=$(sed 's/\\-/-/g; s/\\&//g' $page)
rows | while read -r name letter; do
    echo "$plain" | grep -qE "^\.It .*Fl -$name( |$|=)" || echo "$page: no entry for --$name"
    letter=$(echo "$letter" | tr -d "'")
    [ "$letter" = 0 ] || echo "$plain" | grep -qE "^\.It .*Fl $letter( |$)" || echo "$page: no entry for -$letter"
done
# And nothing that is not there. Verbs and coming options do not belong into the manual.
echo "$plain" | sed -n 's/^\.It .*Fl -\([a-z-]*\).*/\1/p' | LC_ALL=C sort -u | while read -r name; do
    rows | grep -q "^$name " || echo "$page: --$name is no option"
done
exit 0
