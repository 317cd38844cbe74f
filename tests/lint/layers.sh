#!/bin/sh
# A file includes only from the folders that src/LAYERS allows its own; stages do not include one another.
awk '
FILENAME == "src/LAYERS" {
    split($0, sides, ":")
    known[sides[1]] = 1
    count = split(sides[2], below, " ")
    for (i = 1; i <= count; i++)
        allowed[sides[1], below[i]] = 1
    next
}
FNR == 1 {
    split(FILENAME, path, "/")
    layer = path[2]
    name = path[3]
    sub(/\.[a-z]+$/, "", name)
    if (!(layer in known))
        print FILENAME ": " layer " is not in src/LAYERS"
}
/^#include "/ {
    target = $2
    gsub(/"/, "", target)
    slash = index(target, "/")
    if (!slash) {
        print FILENAME ":" FNR ": " target ": write the folder too"
        next
    }
    folder = substr(target, 1, slash - 1)
    header = substr(target, slash + 1)
    sub(/\.[a-z]+$/, "", header)
    if (folder != layer && !((layer, folder) in allowed))
        print FILENAME ":" FNR ": " layer " may not include from " folder
    else if (folder == "stage" && layer == "stage" && stage_of(name) != stage_of(header))
        print FILENAME ":" FNR ": a stage may not include another, " header " is not its own"
}
# The stage a file belongs to: what its name begins with. The aligner is a part of fold.
function stage_of(file) {
    if (file == "align" || file == "guard")
        return "fold"
    sub(/_.*/, "", file)
    return file
}' src/LAYERS $(find src -name '*.[ch]' | LC_ALL=C sort)

# What a program outside may include is in include/newsfold, and that includes nothing of src.
grep -n '#include "' include/newsfold/* /dev/null
exit 0
