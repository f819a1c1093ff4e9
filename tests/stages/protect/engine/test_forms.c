/* Atoms that follow from others, against the ties themselves: what keeps random ties keeps what is left of them, and what is taken out follows;
   of tables with all totals nothing is left where every atom may follow, and as many stand for themselves as there are free counts. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/forms.h"
#include "stages/protect/engine/implied.h"

#define ATOMS 24
#define TIES 8

static struct error error;
static uint64_t state;

static uint64_t draw(uint64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (state >> 33) % below;
}

/* Ties of up to six atoms. The last one of each is in none before it, and its move keeps the tie. */
static struct system *random_ties(struct arena *arena, double *move)
{
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < ATOMS; a++) {
		(void)system_atom(system, 10, &error);
		move[a] = (double)draw(7) - 3;
	}
	for (size_t tie = 0; tie < TIES; tie++) {
		size_t last = ATOMS - TIES + tie, r = system_row(system, ROW_KNOWN, 0, &error);
		bool taken[ATOMS] = { false };
		double sum = 0;
		for (size_t i = 0; i < 5; i++) {
			size_t atom = draw(last);
			int sign = draw(2) == 0 ? 1 : -1;
			if (taken[atom])
				continue;
			taken[atom] = true;
			sum += sign * move[atom];
			assert_int_equal(system_term(system, atom, sign, &error), 0);
		}
		assert_int_equal(system_term(system, last, -1, &error), 0);
		move[last] = sum;
		assert_int_equal(r, tie);
	}
	assert_int_equal(system_seal(system, &error) | implied_find(system, &error), 0);
	return system;
}

static double value(const struct form *form, const double *move)
{
	double sum = 0;
	for (size_t i = 0; i < form->count; i++)
		sum += (double)form->part[i].factor * move[form->part[i].place];
	return sum;
}

/* What atoms and ties are in places that stand for themselves, against their moves in a window. */
static void agrees(struct forms *forms, const struct window *window, const double *move)
{
	const struct system *system = window->system;
	for (size_t place = 0; place < window->atoms; place++) {
		forms_add(forms, place, 3);
		assert_true(fabs(value(forms_sum(forms), move) - 3 * move[place]) < 1e-9);
	}
	for (size_t r = 0; r < system->rows; r++) {
		double sum = 0;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
			uint32_t place = window->atom_place[system->term[t].index];
			if (place == 0)
				continue;
			forms_add(forms, place - 1, system->term[t].sign);
			sum += system->term[t].sign * move[place - 1];
		}
		assert_true(fabs(value(forms_sum(forms), move) - sum) < 1e-9);
		assert_true(forms->ties > 0 || fabs(sum) < 1e-9);
	}
}

static void random_windows(void **unused)
{
	(void)unused;
	size_t left = 0, taken = 0;
	for (state = 1; state <= 400; state++) {
		uint64_t seed = state;
		struct arena *arena = arena_new(&error);
		double of_atom[ATOMS], move[ATOMS];
		bool plain[ATOMS], whole;
		struct system *system = random_ties(arena, of_atom);
		struct window *window = window_new(system, &error);
		window_find(window, 0, &(struct window_extent){ seed % 2 == 0 ? ATOMS : 9, SIZE_MAX, 0, false, false, REACH_ANY, NULL, 0 }, &whole);
		for (size_t i = 0; i < window->atoms; i++)
			plain[i] = draw(3) > 0;
		struct forms *forms = forms_new(window, plain, arena, &error);
		assert_non_null(forms);
		for (size_t i = 0; i < window->atoms; i++) {
			move[i] = forms->follows[i] > 0 ? 1000 : (double)draw(9) - 4;
			assert_true(forms->follows[i] == 0 || plain[i]);
			taken += forms->follows[i] > 0;
		}
		forms_fill(forms, move);
		agrees(forms, window, move);
		for (size_t i = 0; i < window->atoms && whole; i++)
			move[i] = forms->follows[i] > 0 ? 1000 : of_atom[window->atom[i]];
		forms_fill(forms, move);
		for (size_t i = 0; i < window->atoms && whole; i++)
			assert_true(fabs(move[i] - of_atom[window->atom[i]]) < 1e-9);
		for (size_t i = 0; i < forms->ties && whole; i++)
			assert_true(fabs(value(&forms->tie[i], move)) < 1e-9);
		left += forms->ties;
		arena_free(arena);
		state = seed;
	}
	assert_true(taken > 800 && left > 100);
}

/* A table of r × c classes with its totals: rc free counts, one tie a line. */
static void tables_with_all_totals(void **unused)
{
	(void)unused;
	for (size_t r = 1; r <= 5; r++)
		for (size_t c = 1; c <= 5; c++) {
			struct arena *arena = arena_new(&error);
			struct system *system = system_new(arena, &error);
			bool plain[36], whole;
			for (size_t a = 0; a < (r + 1) * (c + 1); a++) {
				(void)system_atom(system, (int64_t)((a % (c + 1) == 0 ? c : 1) * (a / (c + 1) == 0 ? r : 1)), &error);
				plain[a] = true;
			}
			for (size_t line = 0; line < r + c + 2; line++) {
				bool across = line <= r;
				size_t first = across ? line * (c + 1) : line - r - 1, step = across ? 1 : c + 1;
				(void)system_row(system, ROW_KNOWN, 0, &error);
				for (size_t i = 0; i <= (across ? c : r); i++)
					assert_int_equal(system_term(system, first + i * step, i == 0 ? 1 : -1, &error), 0);
			}
			assert_int_equal(system_seal(system, &error) | implied_find(system, &error), 0);
			struct window *window = window_new(system, &error);
			window_find(window, 0, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, false, false, REACH_ANY, NULL, 0 }, &whole);
			struct forms *forms = forms_new(window, plain, arena, &error);
			size_t standing = 0;
			for (size_t i = 0; i < window->atoms; i++)
				standing += forms->follows[i] == 0;
			assert_int_equal(window->atoms, (r + 1) * (c + 1));
			assert_int_equal(forms->ties, 0);
			assert_int_equal(standing, r * c);
			arena_free(arena);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_windows),
		cmocka_unit_test(tables_with_all_totals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
