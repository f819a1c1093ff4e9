// drawn.c: the files of a drawn förbund, in the order in which its random numbers are drawn.
#include "sample-data/generate/drawn.h"
#include "sample-data/generate/reference.h"
#include "sample-data/generate/settings.h"

enum { PERSONS_OUTSIDE = 2350 }; // who take part in no insats

int drawn_insats_write(struct delivery *delivery, const struct drawn_insats *drawn, uint64_t seed, uint64_t stream,
		       struct deltagande *deltaganden)
{
	struct random random;
	int count;

	random_seed(&random, seed, stream);
	count = insats_draw(delivery->plan, drawn->insats, &random, deltaganden);
	insats_write(delivery, &random, drawn->insats, deltaganden, count);
	insats_history(delivery, &random, drawn->insats, drawn->earlier, drawn->from, drawn->to);
	return count;
}

static void write_rows(const struct drawn_forbund *forbund, struct delivery *delivery)
{
	struct random random;

	forbund->write_insatser(delivery);
	random_seed(&random, forbund->seed, STREAM_POPULATION);
	population_write(delivery, &random, PERSONS_OUTSIDE);
	for (int i = 0; i < forbund->ekonomi_count; i++)
		ekonomi_write(delivery, &forbund->ekonomi[i]);
	random_seed(&random, forbund->seed, STREAM_VOLYM);
	for (int i = 0; i < forbund->volym_count; i++)
		volym_write(delivery, &random, &forbund->volymer[i]);
}

static int write_reference(const struct drawn_forbund *forbund, const char *dir)
{
	struct inhabitants inhabitants[DELIVERY_KOMMUNER];
	struct random random;

	for (int i = 0; i < DELIVERY_KOMMUNER; i++)
		inhabitants[i] = (struct inhabitants){forbund->plan.kommun[i].kod, forbund->plan.kommun[i].invanare};
	random_seed(&random, forbund->seed, STREAM_BEFOLKNING);
	if (reference_befolkning(dir, &random, inhabitants, DELIVERY_KOMMUNER, forbund->first_year, forbund->last_year,
				 forbund->bands) != 0)
		return -1;
	return reference_prislista(dir, forbund->last_year);
}

int drawn_forbund_write(const struct drawn_forbund *forbund, const char *dir)
{
	struct delivery delivery;
	int opened = delivery_open(&delivery, &forbund->plan, dir);

	if (opened == 0)
		write_rows(forbund, &delivery);
	if (delivery_close(&delivery) != 0 || opened != 0)
		return -1;
	if (write_reference(forbund, dir) != 0 || settings_write(dir, forbund->head, forbund->insatser) != 0)
		return -1;
	return sheet_text(dir, "publicerat.csv", forbund->published);
}
