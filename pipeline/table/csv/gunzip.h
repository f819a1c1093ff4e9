/* Gzip inflated piece by piece as its bytes come, one member at a time. The only user of ISA-L. */
#ifndef FINSAMSTAT_TABLE_GUNZIP_H
#define FINSAMSTAT_TABLE_GUNZIP_H

#include <stddef.h>

struct gunzip;

enum gunzip_result {
	GUNZIP_MORE, /* the member goes on: give bytes, or room */
	GUNZIP_END,  /* the member has ended, and its checksum and length are those of its content */
	GUNZIP_WRONG /* this is no gzip, or it is damaged: content that was given before may be wrong, too */
};

/* Ready for a first member; NULL when memory is out. */
struct gunzip *gunzip_new(void);

/* Ready for another member: behind GUNZIP_END. */
void gunzip_again(struct gunzip *gunzip);

/* Inflates what there is: the next `*length` bytes of the member into `room` ≥ 1 bytes at `content`. *length becomes how many of them
   were used, *got how many bytes of content they gave. With GUNZIP_MORE bytes are used or given whenever there were bytes to use; no
   byte behind the member is used. What is given before GUNZIP_WRONG depends on how the bytes and the room are cut. */
enum gunzip_result gunzip_some(struct gunzip *gunzip, const unsigned char *bytes, size_t *length, unsigned char *content, size_t room,
	size_t *got);

/* gunzip_free(NULL) is harmless. */
void gunzip_free(struct gunzip *gunzip);

#endif
