/* What a person who forms a withheld count alone sees of the others: see witnesses.h. */
#include "stages/audit/witnesses/witnesses.h"

struct alone {
	const struct published *published;
	const struct witnesses *witnesses;
	bool *lone;        /* of each variable: a withheld count of one person */
	size_t *person;    /* of each variable: one of the same single person; its own number where it stands for itself */
	size_t *first, *move; /* of each variable: its moves are move[first[v]] … move[first[v + 1] − 1] */
	size_t *witness;   /* of each witness that stands: its first move */
	size_t *stamp, now;  /* of each variable: the latest round in which it was met */
	size_t *candidate, candidates; /* lone persons who may narrow the count at hand, */
	int64_t *least, *most;         /* and what it can be for each of them */
};

static size_t person_of(const struct alone *alone, size_t v)
{
	while (alone->person[v] != v)
		v = alone->person[v];
	return v;
}

static void join(const struct alone *alone, size_t one, size_t other)
{
	size_t a = person_of(alone, one), b = person_of(alone, other);
	alone->person[a > b ? a : b] = a < b ? a : b;
}

/* A whole of one person with one part of one person: they are the same. */
static void find_persons(const struct alone *alone)
{
	const struct knowledge *knowledge = alone->published->knowledge;
	const int64_t *base = alone->witnesses->base;
	for (size_t s = 0; s < knowledge->sums; s++) {
		size_t side[2] = { 0, 0 }, one[2] = { 0, 0 };
		bool plain = !alone->witnesses->unknown[s];
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1] && plain; i++) {
			struct knowledge_term term = knowledge->term[i];
			if (base[term.variable] == 0 || term.coefficient == 0)
				continue;
			plain = base[term.variable] == 1 && (term.coefficient == 1 || term.coefficient == -1);
			side[term.coefficient > 0]++;
			one[term.coefficient > 0] = term.variable;
		}
		if (!plain || side[0] != 1 || side[1] != 1)
			continue;
		join(alone, one[0], one[1]);
	}
}

/* The only variable beside `part` that covers the whole together with it by a sum, when it is one person; else SIZE_MAX. */
static size_t find_cover(const struct alone *alone, size_t sum, size_t whole, size_t part)
{
	const struct knowledge *knowledge = alone->published->knowledge;
	const struct knowledge_term *term = knowledge->term;
	const int64_t *base = alone->witnesses->base;
	size_t from = knowledge->start[sum], to = knowledge->start[sum + 1], one = SIZE_MAX, ones = 0;
	bool with = false, positive = false;
	for (size_t i = from; i < to; i++)
		positive = term[i].variable == whole ? term[i].coefficient > 0 : positive;
	bool covers = knowledge->least[sum] == 0 && (!positive || knowledge->most[sum] == 0) && !alone->witnesses->unknown[sum];
	for (size_t i = from; i < to && covers; i++) {
		if (term[i].variable == whole || base[term[i].variable] == 0 || term[i].coefficient == 0)
			continue;
		covers = (term[i].coefficient > 0) != positive && (term[i].coefficient == 1 || term[i].coefficient == -1);
		if (term[i].variable == part) {
			with = true;
			continue;
		}
		covers = covers && base[term[i].variable] == 1;
		one = term[i].variable;
		ones++;
	}
	return covers && with && ones == 1 ? one : SIZE_MAX;
}

/* A difference of one person between a whole and a part, where another count of one person covers the rest of the whole: she is both. */
static void find_rests(const struct alone *alone)
{
	const struct witnesses *witnesses = alone->witnesses;
	const struct knowledge *knowledge = alone->published->knowledge;
	for (size_t s = 0; s < knowledge->sums; s++) {
		size_t difference = witnesses->difference[s], whole = SIZE_MAX, part = SIZE_MAX, terms = 0;
		if (difference == SIZE_MAX || witnesses->base[difference] != 1)
			continue;
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1]; i++) { /* whole − part − difference */
			struct knowledge_term term = knowledge->term[i];
			terms += term.variable != difference;
			whole = term.coefficient > 0 ? term.variable : whole;
			part = term.coefficient < 0 && term.variable != difference ? term.variable : part;
		}
		if (terms != 2 || whole == SIZE_MAX || part == SIZE_MAX)
			continue;
		for (size_t k = witnesses->from[whole]; k < witnesses->from[whole + 1]; k++) {
			size_t sum = witnesses->at[k].sum, one = sum == s ? SIZE_MAX : find_cover(alone, sum, whole, part);
			if (one != SIZE_MAX)
				join(alone, difference, one);
		}
	}
}

/* The moves by variable, and where those of each witness begin. */
static int index_moves(struct alone *alone, struct arena *arena, struct error *error)
{
	const struct witnesses *witnesses = alone->witnesses;
	size_t variables = alone->published->knowledge->variables;
	alone->first = arena_take(arena, variables + 2, sizeof *alone->first, error);
	alone->move = arena_take(arena, witnesses->moves, sizeof *alone->move, error);
	alone->witness = arena_take(arena, witnesses->standing + 1, sizeof *alone->witness, error);
	if (alone->first == NULL || alone->move == NULL || alone->witness == NULL)
		return -1;
	for (size_t i = 0; i < witnesses->moves; i++) {
		alone->first[witnesses->move[i].variable + 2]++;
		alone->witness[witnesses->move[i].witness + 1] = i + 1;
	}
	for (size_t w = 0; w < witnesses->standing; w++) /* a witness may change nothing */
		alone->witness[w + 1] = alone->witness[w + 1] > alone->witness[w] ? alone->witness[w + 1] : alone->witness[w];
	for (size_t v = 0; v < variables; v++)
		alone->first[v + 2] += alone->first[v + 1];
	for (size_t i = 0; i < witnesses->moves; i++)
		alone->move[alone->first[witnesses->move[i].variable + 1]++] = i;
	return 0;
}

static bool is_enough(int64_t minimum, int64_t least, int64_t most)
{
	return most >= minimum && most - least >= minimum - 1;
}

/* Those who are lone in the first witness that shows the count v safe by itself, or, where none does, in any of them. */
static void find_candidates(struct alone *alone, size_t v)
{
	const struct witnesses *witnesses = alone->witnesses;
	size_t from = alone->first[v], to = alone->first[v + 1];
	for (size_t i = from; i < to; i++)
		if (is_enough(alone->published->minimum, witnesses->base[v], witnesses->move[alone->move[i]].value)) {
			from = i;
			to = i + 1;
		}
	alone->candidates = 0;
	alone->now++;
	for (size_t i = from; i < to; i++) {
		size_t witness = witnesses->move[alone->move[i]].witness;
		for (size_t m = alone->witness[witness]; m < alone->witness[witness + 1]; m++) {
			size_t lone = witnesses->move[m].variable;
			if (!alone->lone[lone] || alone->stamp[lone] == alone->now || person_of(alone, lone) == person_of(alone, v))
				continue;
			alone->stamp[lone] = alone->now;
			alone->least[alone->candidates] = alone->most[alone->candidates] = witnesses->base[v];
			alone->candidate[alone->candidates++] = lone;
		}
	}
}

/* Takes in what a witness shows of the count to those whose own one does not change in it; those who have seen enough are no candidates any
   more. */
static void show_witness(struct alone *alone, const struct witness_move *move)
{
	const struct witnesses *witnesses = alone->witnesses;
	size_t left = 0;
	alone->now++;
	for (size_t m = alone->witness[move->witness]; m < alone->witness[move->witness + 1]; m++)
		alone->stamp[witnesses->move[m].variable] = alone->now;
	for (size_t c = 0; c < alone->candidates; c++) {
		size_t lone = alone->candidate[c];
		int64_t least = alone->least[c], most = alone->most[c];
		if (alone->stamp[lone] != alone->now) {
			least = move->value < least ? move->value : least;
			most = move->value > most ? move->value : most;
		}
		if (is_enough(alone->published->minimum, least, most))
			continue;
		alone->candidate[left] = lone;
		alone->least[left] = least;
		alone->most[left++] = most;
	}
	alone->candidates = left;
}

static bool is_narrowed(struct alone *alone, size_t v)
{
	const struct witnesses *witnesses = alone->witnesses;
	int64_t minimum = alone->published->minimum, base = witnesses->base[v];
	if (witnesses_may_be(alone->published, witnesses, v, base + minimum - 1))
		return false;
	find_candidates(alone, v);
	for (size_t i = alone->first[v]; i < alone->first[v + 1] && alone->candidates > 0; i++)
		show_witness(alone, &witnesses->move[alone->move[i]]);
	return alone->candidates > 0;
}

int witnesses_alone(const struct published *published, const struct witnesses *witnesses, const struct target *target, size_t targets,
	size_t *narrowed, struct arena *arena, struct error *error)
{
	struct alone alone = { .published = published, .witnesses = witnesses };
	size_t variables = published->knowledge->variables;
	alone.lone = arena_take(arena, variables, sizeof *alone.lone, error);
	alone.person = arena_take(arena, variables, sizeof *alone.person, error);
	alone.stamp = arena_take(arena, variables, sizeof *alone.stamp, error);
	alone.candidate = arena_take(arena, variables, sizeof *alone.candidate, error);
	alone.least = arena_take(arena, variables, sizeof *alone.least, error);
	alone.most = arena_take(arena, variables, sizeof *alone.most, error);
	*narrowed = 0;
	if (alone.lone == NULL || alone.person == NULL || alone.stamp == NULL || alone.candidate == NULL || alone.least == NULL ||
		alone.most == NULL || index_moves(&alone, arena, error) != 0)
		return -1;
	for (size_t v = 0; v < variables; v++)
		alone.person[v] = v;
	for (size_t t = 0; t < targets; t++)
		alone.lone[target[t].variable] = witnesses->base[target[t].variable] == 1 && !target[t].difference;
	find_persons(&alone);
	find_rests(&alone);
	for (size_t t = 0; t < targets; t++)
		*narrowed += target[t].shown && is_narrowed(&alone, target[t].variable);
	return 0;
}
