/* Pieces of two files hashed together: see hashing.h. */
#include "stages/ingest/hashing.h"

int hashing_begin(struct hashing *hashing, size_t lanes, struct arena *arena, struct error *error)
{
	*hashing = (struct hashing){ .lanes = lanes, .lane = arena_take(arena, lanes, sizeof *hashing->lane, error) };
	if (hashing->lane == NULL)
		return -1;
	if (pthread_mutex_init(&hashing->lock, NULL) != 0)
		return error_set(error, EXIT_IO, "no lock for the threads that read the delivery");
	if (pthread_cond_init(&hashing->changed, NULL) == 0)
		return 0;
	(void)pthread_mutex_destroy(&hashing->lock);
	return error_set(error, EXIT_IO, "no lock for the threads that read the delivery");
}

void hashing_end(struct hashing *hashing)
{
	(void)pthread_cond_destroy(&hashing->changed);
	(void)pthread_mutex_destroy(&hashing->lock);
}

void hashing_add(struct hashing *hashing, size_t number, struct parcel *parcel, const struct csv *csv)
{
	if (parcel->part.unhashed == 0)
		return;
	(void)pthread_mutex_lock(&hashing->lock);
	struct hashing_lane *lane = &hashing->lane[number];
	parcel->hashing = (struct csv_hashing){ csv, &parcel->part };
	parcel->waits = true;
	parcel->next = NULL;
	*(lane->first == NULL ? &lane->first : &lane->last->next) = parcel;
	lane->last = parcel;
	(void)pthread_mutex_unlock(&hashing->lock);
}

/* Under the lock: a lane other than `but` of which a piece waits and none is in hand; `lanes` when there is none. */
static size_t find_lane(const struct hashing *hashing, size_t but)
{
	size_t l = 0;
	while (l < hashing->lanes && (l == but || hashing->lane[l].first == NULL || hashing->lane[l].busy))
		l++;
	return l;
}

static void leave(struct hashing_lane *lane)
{
	lane->first->waits = lane->busy = false;
	lane->first = lane->first->next;
}

/* Under the lock, which it leaves meanwhile: hashes the first of a lane, and the first of another one if there is one (else `lanes`). */
static void hash_first(struct hashing *hashing, size_t number, size_t beside)
{
	struct hashing_lane *one = &hashing->lane[number], *other = beside == hashing->lanes ? NULL : &hashing->lane[beside];
	one->busy = true;
	if (other != NULL)
		other->busy = true;
	const struct csv_hashing *left = &one->first->hashing, *right = other == NULL ? NULL : &other->first->hashing;
	(void)pthread_mutex_unlock(&hashing->lock);
	csv_part_hash(left, right);
	(void)pthread_mutex_lock(&hashing->lock);
	leave(one);
	if (other != NULL)
		leave(other);
	(void)pthread_cond_broadcast(&hashing->changed);
}

void hashing_pairs(struct hashing *hashing)
{
	(void)pthread_mutex_lock(&hashing->lock);
	for (;;) {
		size_t one = find_lane(hashing, hashing->lanes), other = find_lane(hashing, one);
		if (one == hashing->lanes || other == hashing->lanes)
			break;
		hash_first(hashing, one, other);
	}
	(void)pthread_mutex_unlock(&hashing->lock);
}

void hashing_finish(struct hashing *hashing, size_t number, const struct parcel *parcel)
{
	(void)pthread_mutex_lock(&hashing->lock);
	while (parcel->waits)
		if (hashing->lane[number].busy)
			(void)pthread_cond_wait(&hashing->changed, &hashing->lock);
		else
			hash_first(hashing, number, find_lane(hashing, number));
	(void)pthread_mutex_unlock(&hashing->lock);
}
