// forbund.h: the sample förbund, one function each.
#ifndef SAMPLE_FORBUND_H
#define SAMPLE_FORBUND_H

// They make the folder `dir` when needed and fill it. Return 0, or -1 when a file could not be written.
int insjoriket_write(const char *dir);
int alv_kust_write(const char *dir);
int litet_write(const char *dir);

#endif
