/* The program's version, as printed and as recorded in what it publishes. */
#ifndef FINSAMSTAT_VERSION_H
#define FINSAMSTAT_VERSION_H

#define FINSAMSTAT_VERSION "0.1.0"

#endif
