// kommuner.h: the codes of the 290 municipalities, in order.
#ifndef SAMPLE_KOMMUNER_H
#define SAMPLE_KOMMUNER_H

enum { KOMMUNER = 290 };

extern const char kommuner[KOMMUNER][5];

#endif
