// settings.h: forbund.ini of a sample förbund.
#ifndef SAMPLE_SETTINGS_H
#define SAMPLE_SETTINGS_H

// Writes dir/forbund.ini: `head` ([förbund] and what opens [kalkyl]), the sections that all sample förbund
// share, and `insatser` (the insats sections). Returns 0, or -1.
int settings_write(const char *dir, const char *head, const char *insatser);

#endif
