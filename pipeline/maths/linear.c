/* Linear programs by GLPK's simplex and branch and bound: see linear.h. */
#include "pipeline/maths/linear.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/branching.h"
#include "pipeline/maths/linear_items.h"
#include "pipeline/maths/linear_terms.h"
#include "pipeline/maths/tableau.h"

#define TOUCHED 25 /* places of a tableau that take as long as GLPK takes for one sum in one of its steps */

/* GLPK ends the process when it gets no memory, unless its error hook does not come back. Then the call is left by longjmp and, as
   GLPK's manual wants it, all that this thread has of GLPK is freed; the programs that the thread had made are lost with it. */
static _Thread_local struct {
	jmp_buf back;
	bool guarded, starved;
	unsigned losses;
} glpk;

struct linear {
	glp_prob *problem; /* knows of the sums and variables what it was told before it last solved */
	unsigned losses;   /* of its thread when it was made: lost when there has been one more */
	struct linear_items sums, variables;
	struct linear_terms terms;
	size_t loaded_terms; /* the solver has so many of them, … */
	int loaded_rows;     /* … of so many sums */
	bool whole_solution; /* the values are those of branch and bound */
	bool loaded;         /* the solver has all terms and variables */
	bool based;          /* and a basis to start from */
	bool hurried, dual;  /* see linear_hurry */
	bool recosted;       /* see linear_recost */
	uint64_t effort;     /* see linear_effort */
	struct tableau *tableau; /* of one that is hurried and dual; NULL before its first solution, and when it is too large */
	double *value;       /* of each variable, by the tableau */
	size_t value_room;
	bool tabled;         /* the values are those */
	bool laborious;      /* the tableau gave it up: from then on it is GLPK's */
};

/* What GLPK says: nothing but of an error, before it calls the hook. */
static int hear(void *unused, const char *text)
{
	(void)unused;
	glpk.starved = glpk.starved || strstr(text, "memory") != NULL;
	if (!glpk.starved)
		(void)fprintf(stderr, "GLPK: %s", text);
	return 1;
}

/* An error other than want of memory is a bug: back to GLPK, which aborts. */
static void leave(void *unused)
{
	(void)unused;
	if (glpk.guarded && glpk.starved)
		longjmp(glpk.back, 1);
}

static bool is_lost(const struct linear *program)
{
	return program->losses != glpk.losses;
}

/* Work that allocates in GLPK; -1 also when memory is out, now or before. */
static int guard(int (*work)(struct linear *program, const int *limit), struct linear *program, const int *limit)
{
	if (is_lost(program))
		return -1;
	if (setjmp(glpk.back) != 0) {
		glpk.guarded = glpk.starved = false;
		glpk.losses++;
		(void)glp_free_env();
		return -1;
	}
	glpk.guarded = true;
	int result = work(program, limit);
	glpk.guarded = false;
	return result;
}

static int begin(struct linear *program, const int *unused)
{
	(void)unused;
	(void)glp_term_out(GLP_OFF);
	glp_term_hook(hear, NULL);
	glp_error_hook(leave, NULL);
	program->problem = glp_create_prob();
	glp_set_obj_dir(program->problem, GLP_MIN);
	return 0;
}

static void free_memory(struct linear *program)
{
	tableau_free(program->tableau);
	free(program->value);
	linear_terms_free(&program->terms);
	linear_items_free(&program->sums);
	linear_items_free(&program->variables);
	free(program);
}

struct linear *linear_new(void)
{
	struct linear *program = glp_init_env() > 1 ? NULL : calloc(1, sizeof *program); /* its own beginning aborts, hook or not */
	if (program == NULL)
		return NULL;
	program->losses = glpk.losses;
	if (guard(begin, program, NULL) == 0)
		return program;
	free(program);
	return NULL;
}

struct linear *linear_renew(struct linear *program)
{
	struct linear old = *program;
	if (!is_lost(program))
		glp_delete_prob(program->problem);
	*program = (struct linear){ .losses = glpk.losses, .terms = old.terms, .sums = old.sums, .variables = old.variables,
		.tableau = old.tableau, .value = old.value, .value_room = old.value_room };
	linear_terms_empty(&program->terms);
	linear_items_empty(&program->sums);
	linear_items_empty(&program->variables);
	tableau_empty(program->tableau);
	if (glp_init_env() <= 1 && guard(begin, program, NULL) == 0)
		return program;
	free_memory(program);
	return NULL;
}

void linear_free(struct linear *program)
{
	if (program == NULL)
		return;
	if (!is_lost(program))
		glp_delete_prob(program->problem);
	free_memory(program);
}

static int bound_type(double low, double high)
{
	bool below = isfinite(low), above = isfinite(high);
	if (below && above)
		return low < high ? GLP_DB : GLP_FX;
	return below ? GLP_LO : above ? GLP_UP : GLP_FR;
}

size_t linear_variable(struct linear *program, double low, double high, double cost, bool whole)
{
	if (is_lost(program) || linear_items_add(&program->variables, (struct tableau_bounds){ low, high, cost }, whole) != 0)
		return LINEAR_NONE;
	program->loaded = program->based = false;
	return program->variables.count - 1;
}

size_t linear_sum(struct linear *program, double low, double high)
{
	if (is_lost(program) || linear_items_add(&program->sums, (struct tableau_bounds){ low, high, 0 }, false) != 0)
		return LINEAR_NONE;
	program->loaded = false;
	return program->sums.count - 1;
}

int linear_term(struct linear *program, size_t sum, size_t variable, double coefficient)
{
	if (linear_terms_add(&program->terms, sum, variable, coefficient) != 0)
		return -1;
	program->loaded = false;
	return 0;
}

void linear_change_variable(struct linear *program, size_t variable, double low, double high, double cost)
{
	linear_items_change(&program->variables, variable, (struct tableau_bounds){ low, high, cost });
}

void linear_change_sum(struct linear *program, size_t sum, double low, double high)
{
	linear_items_change(&program->sums, sum, (struct tableau_bounds){ low, high, 0 });
}

/* Tells the solver of what has changed in sums and variables. */
static void tell(struct linear *program)
{
	int sums = (int)program->sums.count - glp_get_num_rows(program->problem), had = glp_get_num_cols(program->problem);
	int variables = (int)program->variables.count - had;
	if (sums > 0)
		(void)glp_add_rows(program->problem, sums);
	if (variables > 0)
		(void)glp_add_cols(program->problem, variables);
	for (int j = had; j < had + variables; j++)
		glp_set_col_kind(program->problem, j + 1, program->variables.whole[j] ? GLP_IV : GLP_CV);
	for (size_t i = 0; i < program->sums.changes; i++) {
		const struct tableau_bounds *bounds = &program->sums.bounds[program->sums.change[i]];
		glp_set_row_bnds(program->problem, (int)program->sums.change[i] + 1, bound_type(bounds->low, bounds->high), bounds->low, bounds->high);
	}
	for (size_t i = 0; i < program->variables.changes; i++) {
		int at = (int)program->variables.change[i] + 1;
		const struct tableau_bounds *bounds = &program->variables.bounds[at - 1];
		glp_set_col_bnds(program->problem, at, bound_type(bounds->low, bounds->high), bounds->low, bounds->high);
		glp_set_obj_coef(program->problem, at, bounds->cost);
	}
	linear_items_told(&program->sums);
	linear_items_told(&program->variables);
}

/* Whether a variable must be whole and is not. */
static bool is_split(const struct linear *program, size_t variable, double value)
{
	return program->variables.whole[variable] && fabs(value - round(value)) > 1e-7;
}

static bool all_whole(const struct linear *program)
{
	for (size_t v = 0; v < program->variables.count; v++)
		if (is_split(program, v, glp_get_col_prim(program->problem, (int)v + 1)))
			return false;
	return true;
}

/* Ends branch and bound after *info nodes. */
static void count_nodes(glp_tree *tree, void *info)
{
	int *left = info;
	if (glp_ios_reason(tree) == GLP_ISELECT && --*left < 0)
		glp_ios_terminate(tree);
}

static int branch(struct linear *program, int nodes)
{
	glp_iocp control;
	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.fp_heur = GLP_ON; /* the feasibility pump: finds whole numbers where branching alone takes long */
	control.br_tech = GLP_BR_MFV; /* the default weighs each choice by a row of the tableau, which costs more than it gives */
	control.cb_func = count_nodes;
	control.cb_info = &nodes;
	int status = glp_intopt(program->problem, &control);
	if (status != 0 && status != GLP_ESTOP)
		return 1;
	int found = glp_mip_status(program->problem);
	if (found != GLP_OPT && found != GLP_FEAS)
		return 1;
	program->whole_solution = true;
	return 0;
}

/* Whether nothing but sums, each with its terms after those of the one before, has joined since the program was last handed over. */
static bool only_joined(const struct linear *program)
{
	const struct linear_terms *terms = &program->terms;
	bool only = program->based;
	int last = program->loaded_rows + 1;
	for (size_t i = program->loaded_terms + 1; i <= terms->count && only; i++) {
		only = terms->sum[i] >= last;
		last = terms->sum[i];
	}
	return only;
}

/* Hands over the terms of the sums that have joined. */
static void load_joined(struct linear *program)
{
	const struct linear_terms *terms = &program->terms;
	for (size_t first = program->loaded_terms + 1, end; first <= terms->count; first = end) {
		for (end = first; end <= terms->count && terms->sum[end] == terms->sum[first];)
			end++;
		glp_set_mat_row(program->problem, terms->sum[first], (int)(end - first), terms->variable + first - 1, terms->coefficient + first - 1);
	}
}

/* Hands the program over to the solver. A sum that joined since the last solution is basic, so that its basis, with it, still is one. */
static int load(struct linear *program)
{
	tell(program);
	if (program->loaded)
		return 0;
	if (linear_terms_reserve(&program->terms) != 0)
		return -1;
	if (only_joined(program))
		load_joined(program);
	else
		glp_load_matrix(program->problem, (int)program->terms.count, program->terms.sum, program->terms.variable, program->terms.coefficient);
	glp_scale_prob(program->problem, GLP_SF_SKIP);
	program->loaded_terms = program->terms.count;
	program->loaded_rows = glp_get_num_rows(program->problem);
	if (!program->based && (program->recosted || program->dual))
		glp_cpx_basis(program->problem);
	else if (!program->based)
		glp_adv_basis(program->problem, 0);
	program->loaded = program->based = true;
	return 0;
}

void linear_hurry(struct linear *program, bool dual)
{
	program->hurried = true;
	program->dual = dual;
}

void linear_recost(struct linear *program, bool dual)
{
	program->recosted = true;
	program->dual = dual;
}

static int simplex_once(struct linear *program, int iterations)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.it_lim = iterations;
	if (program->hurried)
		control.r_test = program->dual ? GLP_RT_FLIP : GLP_RT_STD;
	if (program->dual)
		control.meth = GLP_DUALP;
	int before = glp_get_it_cnt(program->problem), status = glp_simplex(program->problem, &control);
	program->effort += (uint64_t)(glp_get_it_cnt(program->problem) - before) * (uint64_t)glp_get_num_rows(program->problem);
	return status;
}

static int simplex(struct linear *program, int iterations)
{
	int status = simplex_once(program, iterations);
	if (status == 0 || status == GLP_EITLIM)
		return status;
	glp_adv_basis(program->problem, 0); /* the basis has gone bad: once more from the start */
	return simplex_once(program, iterations);
}

/* The terms as the tableau wants them. */
static int order_terms(struct linear *program)
{
	if (!program->terms.mixed)
		return 0;
	if (linear_terms_order(&program->terms, program->sums.count) != 0)
		return -1;
	program->loaded_terms = 0; /* what the solver has stands elsewhere now */
	program->loaded = program->based = false;
	return 0;
}

static int make_room(struct linear *program)
{
	size_t room = program->variables.count * 3 / 2 + 1;
	if (program->variables.count <= program->value_room)
		return 0;
	double *value = realloc(program->value, room * sizeof *value);
	if (value == NULL)
		return -1;
	program->value = value;
	program->value_room = room;
	return 0;
}

/* In whole numbers, from the tableau's solution on. */
static int branch_tabled(struct linear *program, const struct tableau_terms *terms, size_t most, int nodes)
{
	struct branching branching = { program->tableau, terms, &program->sums, &program->variables, most, nodes, program->value, 0 };
	int result = branching_find(&branching);
	program->effort += branching.touched / TOUCHED;
	return result;
}

/* By the tableau: as linear_solve; 3: it is too large for that, or has not found out, also when built anew. */
static int solve_tabled(struct linear *program, int iterations, int nodes)
{
	size_t sums = program->sums.count, variables = program->variables.count;
	if (program->laborious)
		return 3;
	if (order_terms(program) != 0)
		return -1;
	size_t enough = 2 * (sums + variables), most = (size_t)iterations < enough ? (size_t)iterations : enough; /* what takes longer turns in circles */
	struct tableau_terms terms = { program->terms.count, program->terms.sum, program->terms.variable, program->terms.coefficient };
	if (program->tableau == NULL)
		program->tableau = tableau_new();
	if (program->tableau == NULL || make_room(program) != 0)
		return -1;
	int result = 2;
	for (int turn = 0; turn < 2 && result >= 2; turn++) {
		uint64_t touched;
		int loaded = tableau_load(program->tableau, sums, variables, &terms);
		if (loaded != 0)
			return loaded == 1 ? 3 : -1;
		result = tableau_solve(program->tableau, &terms, program->sums.bounds, program->variables.bounds, most, program->value, &touched);
		program->effort += touched / TOUCHED;
	}
	program->laborious = result == 3;
	program->tabled = result == 0;
	for (size_t j = 0; j < variables && result == 0; j++)
		if (is_split(program, j, program->value[j]))
			return nodes > 0 ? branch_tabled(program, &terms, most, nodes) : 2;
	return result >= 2 ? 3 : result;
}

/* limit: iterations, nodes. */
static int solve(struct linear *program, const int *limit)
{
	program->whole_solution = program->tabled = false;
	if (program->hurried && program->dual && program->terms.count > 0) {
		int result = solve_tabled(program, limit[0], limit[1]);
		if (result != 3)
			return result;
	}
	if (program->variables.count == 0)
		return 0;
	if (load(program) != 0)
		return -1;
	if (simplex(program, limit[0]) != 0 || glp_get_status(program->problem) != GLP_OPT)
		return 1;
	if (all_whole(program))
		return 0;
	return limit[1] > 0 ? branch(program, limit[1]) : 2;
}

int linear_solve(struct linear *program, int iterations, int nodes)
{
	return guard(solve, program, (const int[]){ iterations, nodes });
}

uint64_t linear_effort(const struct linear *program)
{
	return program->effort;
}

void linear_cost(struct linear *program, size_t variable, double cost)
{
	struct tableau_bounds bounds = program->variables.bounds[variable];
	bounds.cost = cost;
	linear_items_change(&program->variables, variable, bounds);
}

static int solve_again(struct linear *program, const int *iterations)
{
	program->whole_solution = program->tabled = false;
	if (program->variables.count == 0 || program->sums.count == 0)
		return 0;
	if (load(program) != 0)
		return -1;
	int status = simplex(program, *iterations);
	for (int start = 0; start < 2 && status == 0 && glp_get_status(program->problem) != GLP_OPT; start++) {
		if (start == 0) /* from the last basis arithmetic may lose the way, and from this one where figures are large: twice from the start */
			glp_adv_basis(program->problem, 0);
		else
			glp_std_basis(program->problem);
		status = simplex_once(program, *iterations);
	}
	if (status != 0)
		return status == GLP_EITLIM ? 1 : -1;
	return glp_get_status(program->problem) == GLP_OPT ? 0 : 1;
}

int linear_again(struct linear *program, int iterations)
{
	return guard(solve_again, program, &iterations);
}

static int solve_whole(struct linear *program, const int *nodes)
{
	if (all_whole(program))
		return 0;
	int left = *nodes;
	glp_iocp control;
	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.cb_func = count_nodes;
	control.cb_info = &left;
	int status = glp_intopt(program->problem, &control);
	int found = status == 0 ? glp_mip_status(program->problem) : GLP_UNDEF;
	program->whole_solution = found == GLP_OPT;
	return found == GLP_OPT ? 0 : found == GLP_NOFEAS ? 1 : status == GLP_EFAIL ? -1 : 2;
}

int linear_whole(struct linear *program, int nodes)
{
	return guard(solve_whole, program, &nodes);
}

double linear_value(const struct linear *program, size_t variable)
{
	int index = (int)variable + 1;
	if (is_lost(program))
		return (double)NAN;
	if (program->tabled)
		return program->value[variable];
	if (index > glp_get_num_cols(program->problem)) /* of one that the solver has not been asked about */
		return (double)NAN;
	return program->whole_solution ? glp_mip_col_val(program->problem, index)
				       : glp_get_col_prim(program->problem, index);
}
