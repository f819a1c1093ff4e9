/* Gzip inflated by ISA-L: see gunzip.h. The header is read by a call of its own: isal_inflate forgets its flags when its bytes come in
   parts, and asks nothing of those that mean nothing yet. */
#include "pipeline/table/csv/gunzip.h"

#include <isa-l/igzip_lib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define RESERVED 0xE0U /* of the header's flags (RFC 1952, 2.3.1.2): what follows such a header cannot be known */

struct gunzip {
	bool inside; /* behind the header */
	struct isal_gzip_header header;
	struct inflate_state state;
};

static void begin(struct gunzip *gunzip)
{
	gunzip->inside = false;
	isal_gzip_header_init(&gunzip->header);
	gunzip->state.crc_flag = ISAL_GZIP_NO_HDR_VER; /* the checksum and the length behind the content are verified */
}

struct gunzip *gunzip_new(void)
{
	struct gunzip *gunzip = malloc(sizeof *gunzip);
	if (gunzip == NULL)
		return NULL;
	isal_inflate_init(&gunzip->state);
	begin(gunzip);
	return gunzip;
}

void gunzip_again(struct gunzip *gunzip)
{
	isal_inflate_reset(&gunzip->state);
	begin(gunzip);
}

static enum gunzip_result read_header(struct gunzip *gunzip)
{
	int status = isal_read_gzip_header(&gunzip->state, &gunzip->header);
	gunzip->inside = status == ISAL_DECOMP_OK;
	if (status == ISAL_END_INPUT)
		return GUNZIP_MORE;
	return gunzip->inside && (gunzip->header.flags & RESERVED) == 0 ? GUNZIP_MORE : GUNZIP_WRONG;
}

/* What stands at the end of damaged content may be bytes that nobody wrote: ISA-L counts a match before it looks whether what it repeats
   is there. They are taken away. */
static enum gunzip_result read_content(struct gunzip *gunzip, uint32_t room)
{
	struct inflate_state *state = &gunzip->state;
	int status = isal_inflate(state);
	if (status == ISAL_DECOMP_OK)
		return state->block_state == ISAL_BLOCK_FINISH ? GUNZIP_END : GUNZIP_MORE;
	uint32_t given = room - state->avail_out;
	if (status != ISAL_INCORRECT_CHECKSUM)
		state->avail_out += given < ISAL_DEF_MAX_MATCH ? given : ISAL_DEF_MAX_MATCH;
	return GUNZIP_WRONG;
}

enum gunzip_result gunzip_some(struct gunzip *gunzip, const unsigned char *bytes, size_t *length, unsigned char *content, size_t room,
	size_t *got)
{
	struct inflate_state *state = &gunzip->state;
	uint32_t given = *length < UINT32_MAX ? (uint32_t)*length : UINT32_MAX, space = room < UINT32_MAX ? (uint32_t)room : UINT32_MAX;
	enum gunzip_result result = GUNZIP_MORE;
	state->next_in = (uint8_t *)(uintptr_t)bytes; /* it is only read */
	state->avail_in = given;
	state->next_out = content;
	state->avail_out = space;
	if (!gunzip->inside)
		result = read_header(gunzip);
	if (gunzip->inside && result == GUNZIP_MORE)
		result = read_content(gunzip, space);
	*got = space - state->avail_out;
	bool moved = state->avail_in < given || *got > 0;
	*length = given - state->avail_in;
	return result == GUNZIP_MORE && given > 0 && !moved ? GUNZIP_WRONG : result; /* nothing that stands still goes on for ever */
}

void gunzip_free(struct gunzip *gunzip)
{
	free(gunzip);
}
