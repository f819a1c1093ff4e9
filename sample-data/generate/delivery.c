// delivery.c: opens and closes the extract files of a delivery.
#include "sample-data/generate/delivery.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
	const char *file;
	const char *columns;
} extracts[EXTRACT_COUNT] = {
	[EXTRACT_FK] = {"fk.csv", "pid,kommun,kon,fodelsear,forman,omfattning,fran,till,diagnos,belopp"},
	[EXTRACT_AF] = {"af.csv", "pid,kommun,kon,fodelsear,sokandekategori,fran,till,ersattning,belopp,"
				  "avslutsorsak"},
	[EXTRACT_REGION] = {"region.csv", "pid,kommun,kon,fodelsear,datum,vardform,diagnos,belopp"},
	[EXTRACT_SUS] = {"sus.csv", "pid,insats,kommun,kon,fodelsear,utbildning,tid_off_fors,remittent,start,"
				    "slut,forsorjning_start,forsorjning_slut,sysselsattning_start,"
				    "sysselsattning_slut,avslut"},
	[EXTRACT_VOLYM] = {"volym.csv", "insats,ar,kommun,kon,aldersgrupp,antal"},
	[EXTRACT_ENKAT] = {"enkat.csv", "pid,insats,instrument,tillfalle,datum,varde"},
	[EXTRACT_INTRESSE] = {"intresse.csv", "arende,insats,kommun,kon,remittent,inkom,status,start"},
	[EXTRACT_EKONOMI] = {"ekonomi.csv", "insats,ar,finansiar,budget,utfall,fran,till"},
};

static const char kommun_columns[] = "pid,kommun,kon,fodelsear,manad,belopp,forsorjningshinder";

static int make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

static int open_kommuner(struct delivery *delivery, const char *folder)
{
	for (int i = 0; i < DELIVERY_KOMMUNER; i++) {
		const struct kommun *kommun = &delivery->plan->kommun[i];
		char name[64];

		snprintf(name, sizeof name, "kommun-%s.csv", kommun->kod);
		if (sheet_open(&delivery->kommun[i], folder, name, kommun_columns, kommun->form) != 0)
			return -1;
	}
	return 0;
}

int delivery_open(struct delivery *delivery, const struct delivery_plan *plan, const char *dir)
{
	char folder[900];

	memset(delivery, 0, sizeof *delivery);
	delivery->plan = plan;
	if ((size_t)snprintf(folder, sizeof folder, "%s/extrakt", dir) >= sizeof folder) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (make_folder(dir) != 0 || make_folder(folder) != 0)
		return -1;
	for (int i = 0; i < EXTRACT_COUNT; i++)
		if (sheet_open(&delivery->extract[i], folder, extracts[i].file, extracts[i].columns,
			       plan->form[i]) != 0)
			return -1;
	return open_kommuner(delivery, folder);
}

int delivery_close(struct delivery *delivery)
{
	int result = 0;

	for (int i = 0; i < EXTRACT_COUNT; i++)
		if (sheet_close(&delivery->extract[i]) != 0)
			result = -1;
	for (int i = 0; i < DELIVERY_KOMMUNER; i++)
		if (sheet_close(&delivery->kommun[i]) != 0)
			result = -1;
	return result;
}
