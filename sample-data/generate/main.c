// main.c: the command line of the sample-data generator.
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sample-data/generate/forbund.h"
#include "sample-data/generate/kommuner.h"
#include "sample-data/generate/large.h"

enum { EXIT_USAGE = 64, EXIT_OUTPUT = 74 };

static const char usage[] =
	"usage: generate insjoriket-2018 OUTDIR\n"
	"       generate alv-kust-2020 OUTDIR\n"
	"       generate litet OUTDIR\n"
	"       generate large OUTDIR --persons N --kommuner 5..290 --seed S [--years 5] [--insatser 3]\n";

static int fail_usage(const char *what)
{
	fprintf(stderr, "generate: %s\n%s", what, usage);
	return EXIT_USAGE;
}

static int finish(int result, const char *dir)
{
	if (result == 0)
		return 0;
	fprintf(stderr, "generate: cannot write the delivery in %s: %s\n", dir, strerror(errno));
	return EXIT_OUTPUT;
}

// A whole number in [low, high], nothing else on the argument. Returns 0 or -1.
static int read_number(const char *text, uint64_t low, uint64_t high, uint64_t *number)
{
	uint64_t value = 0;

	if (*text == '\0')
		return -1;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9' || value > UINT64_C(100000000000000000))
			return -1;
		value = value * 10 + (uint64_t)(*text - '0');
	}
	if (value < low || value > high)
		return -1;
	*number = value;
	return 0;
}

static int run_large(int argc, char **argv)
{
	enum { PERSONS, KOMMUN_COUNT, SEED, YEARS, INSATSER, OPTIONS };
	static const struct {
		const char *name;
		uint64_t low, high;
	} options[OPTIONS] = {
		[PERSONS] = {"--persons", 1, 1000000000},
		[KOMMUN_COUNT] = {"--kommuner", 5, KOMMUNER},
		[SEED] = {"--seed", 0, UINT64_C(1000000000000000000)},
		[YEARS] = {"--years", 1, 20},
		[INSATSER] = {"--insatser", 0, 50},
	};
	uint64_t value[OPTIONS] = {[YEARS] = 5, [INSATSER] = 3};
	bool given[OPTIONS] = {[YEARS] = true, [INSATSER] = true};
	struct large large;

	for (int i = 3; i < argc; i += 2) {
		int option = 0;

		while (option < OPTIONS && strcmp(argv[i], options[option].name) != 0)
			option++;
		if (option == OPTIONS || i + 1 >= argc ||
		    read_number(argv[i + 1], options[option].low, options[option].high, &value[option]) != 0)
			return fail_usage("unknown option, or a number that is missing or out of range");
		given[option] = true;
	}
	if (!given[PERSONS] || !given[KOMMUN_COUNT] || !given[SEED])
		return fail_usage("--persons, --kommuner and --seed are needed");
	large = (struct large){.persons = value[PERSONS], .seed = value[SEED], .kommuner = (int)value[KOMMUN_COUNT],
			       .years = (int)value[YEARS], .insatser = (int)value[INSATSER]};
	return finish(large_write(&large, argv[2]), argv[2]);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "insjoriket-2018") == 0)
		return finish(insjoriket_write(argv[2]), argv[2]);
	if (argc == 3 && strcmp(argv[1], "alv-kust-2020") == 0)
		return finish(alv_kust_write(argv[2]), argv[2]);
	if (argc == 3 && strcmp(argv[1], "litet") == 0)
		return finish(litet_write(argv[2]), argv[2]);
	if (argc > 3 && strcmp(argv[1], "large") == 0)
		return run_large(argc, argv);
	return fail_usage("which delivery, and where to?");
}
