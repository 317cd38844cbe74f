/* version.h: the version, written here only. */
#ifndef NEWSFOLD_VERSION_H
#define NEWSFOLD_VERSION_H

#define NF_VERSION "0.1.0"

#endif
