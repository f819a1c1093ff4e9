/* Linear programs with some whole-numbered variables: least cost under bounds on sums. By GLPK, whose only user this is, and small ones that are asked again and
   again by a tableau (tableau.h). */
#ifndef FINSAMSTAT_MATHS_LINEAR_H
#define FINSAMSTAT_MATHS_LINEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When memory is out for one program, all that its thread has made are lost: each call on them says so, whatever the memory then.
   A program stays in the thread that made it. */
struct linear;

#define LINEAR_NONE SIZE_MAX

/* An empty program. NULL when memory is out. linear_free(NULL) is harmless. */
struct linear *linear_new(void);
void linear_free(struct linear *program);

/* An empty program in place of one, in its memory. NULL when memory is out; then the one is freed. */
struct linear *linear_renew(struct linear *program);

/* A variable with low ≤ x ≤ high (±INFINITY for none) and its cost per unit; whole: only integers. Its index, or LINEAR_NONE
   when memory is out. */
size_t linear_variable(struct linear *program, double low, double high, double cost, bool whole);

/* A sum of variables with low ≤ Σ ≤ high. Its index, or LINEAR_NONE. A sum may join, with its terms, a program that has been solved: the
   next solution starts from the last one. */
size_t linear_sum(struct linear *program, double low, double high);

/* Adds coefficient·variable to a sum; each pair at most once. -1 when memory is out. */
int linear_term(struct linear *program, size_t sum, size_t variable, double coefficient);

/* Other bounds and another cost of a variable, or other bounds of a sum, before the program is solved again. */
void linear_change_variable(struct linear *program, size_t variable, double low, double high, double cost);
void linear_change_sum(struct linear *program, size_t sum, double low, double high);

/* For many small programs whose solutions are checked afterwards: the textbook's ratio test instead of Harris's, which is quicker and
   nearer to whole numbers where all coefficients are 1 and −1; dual: the dual simplex method with long steps,
   quicker where little but bounds changes from one to the next: on a tableau where that has room for it, else from Bixby's basis on. A rise of a variable and its
   fall, costs apart, are best made one after the other, with the same terms but for the sign: the tableau has them as one. */
void linear_hurry(struct linear *program, bool dual);

/* For one large program that is asked again under other costs: begins at Bixby's basis, near a solution where each sum has variables of
   its own; dual: and goes by the dual simplex method, several times as quick where variables are more than sums, and slower where
   they are fewer. Before the first solution. */
void linear_recost(struct linear *program, bool dual);

/* The least cost. A program that was solved before and only changed since then starts from its last solution. `iterations` and `nodes` (of
   branch and bound; on a tableau ten times as many until there is a solution) bound the work; there is no clock in it, so that the result is the same in every run. 0: solved (the best found, when
   the nodes ran out); 1: no solution, or none found within the bounds or by the solver's arithmetic; 2: with nodes = 0, the solution is
   not in whole numbers; -1: memory is out. A program without variables is solved. */
int linear_solve(struct linear *program, int iterations, int nodes);

/* What its solutions have taken so far: steps of GLPK's simplex method times sums, or what takes as long on a tableau, some 40 ns. The same on any machine. */
uint64_t linear_effort(const struct linear *program);

/* Another cost of a variable, for linear_again. */
void linear_cost(struct linear *program, size_t variable, double cost);

/* The least cost in the reals, going on from the solution before (the first time from the start): for one program under many
   costs. 0: solved; 1: no solution, none within `iterations`, or no least one; -1: memory is out or the program is malformed. */
int linear_again(struct linear *program, int iterations);

/* After linear_again gave 0: the least cost in whole numbers, of the variables said to be whole. 0: solved, proven the least;
   1: no solution; 2: not found out within `nodes`; -1 as above. */
int linear_whole(struct linear *program, int nodes);

/* Value of a variable in the solution; NAN of a lost program, and before any was found. */
double linear_value(const struct linear *program, size_t variable);

#endif
