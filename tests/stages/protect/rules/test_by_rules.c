/* Tests of the rules as data: those that are applied beside the first one are apart from all rules before them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stages/protect/rules/rules.h"

static bool touches(const struct rule *rule, const char *table)
{
	if (strcmp(rule->atoms, table) == 0)
		return true;
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++)
		if (strcmp(rule->view[v].table, table) == 0)
			return true;
	return false;
}

static bool share_a_table(const struct rule *one, const struct rule *other)
{
	if (touches(other, one->atoms))
		return true;
	for (size_t v = 0; v < RULE_VIEWS && one->view[v].table != NULL; v++)
		if (touches(other, one->view[v].table))
			return true;
	return false;
}

static void rules_beside_the_first_are_apart(void **state)
{
	(void)state;
	size_t beside = 0;
	assert_false(protect_rules[0].beside);
	for (size_t i = 1; i < protect_rule_count; i++) {
		if (!protect_rules[i].beside)
			continue;
		beside++;
		assert_false(protect_rules[i].alone);
		for (size_t k = 0; k < i; k++)
			if (share_a_table(&protect_rules[i], &protect_rules[k]))
				fail_msg("%s shares a table with %s before it", protect_rules[i].atoms, protect_rules[k].atoms);
		for (size_t s = 0; s < protect_same_count; s++)
			assert_false(touches(&protect_rules[i], protect_same[s].table) || touches(&protect_rules[i], protect_same[s].source));
	}
	assert_true(beside > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rules_beside_the_first_are_apart) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
