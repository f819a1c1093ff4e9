/* Finding personnummer and samordningsnummer in text. */
#ifndef FINSAMSTAT_STAGES_INGEST_PERSONNUMMER_H
#define FINSAMSTAT_STAGES_INGEST_PERSONNUMMER_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a valid personnummer or samordningsnummer stands in `length` bytes of UTF-8 as a whole token: YYMMDDNNNC or
   YYYYMMDDNNNC, with or without '-' or '+' before the last four digits (or a dash that a word processor makes of it, U+2010 … U+2015 and
   U+2212), next to no letter or digit on either side. Valid:
   the date exists (samordningsnummer: day + 60; years 1800–2099 where the century is written) and the last of the ten
   digits is the Luhn check digit of the nine before it (Skatteverket SKV 704, 707). */
bool personnummer_within(const char *text, size_t length);

/* The first place at or behind `from` where one may begin: at `from` or behind a byte that is no ASCII letter or digit, ten digits, or
   six or eight with a sign behind them. `length` when there is none, and then personnummer_within holds for no text that stands in
   bytes from … length − 1 beginning at `from` or behind such a byte. Quick: a look at every byte, once. */
size_t personnummer_candidate(const char *bytes, size_t from, size_t length);

#endif
