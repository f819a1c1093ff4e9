/* What the tests of the calculation share: the settings and prices of their hand-made cases. */
#ifndef FINSAMSTAT_TESTS_STAGES_PAYBACK_COMMON_H
#define FINSAMSTAT_TESTS_STAGES_PAYBACK_COMMON_H

#include "tests/arena.h"
#include "tests/maths/close.h"

#include "pipeline/base/date.h"
#include "stages/payback/calculation.h"

/* The year 2018, a panel from 2016-01, no discounting, no dödvikt, no fading. */
static const struct insats common_insats[] = { { .name = "Balder" }, { .name = "Del", .ingar_i = &common_insats[0] },
	{ .name = "Volym", .registration = REGISTRATION_VOLUME } };
static inline struct settings common_settings(void)
{
	return (struct settings){
		.period_from = date_day(2018, 1, 1),
		.period_to = date_day(2018, 12, 31),
		.historik_from = date_month(2016, 1),
		.uttagsdatum = date_day(2018, 12, 31),
		.gemensam_nyckel = true,
		.has_kalkyl = true,
		.horisont = 60,
		.fore = 12,
		.efter = 12,
		.simuleringar = 100,
		.fro = 1,
		.insats_count = 3,
		.insats = common_insats,
	};
}

/* Round prices: wages 20 000, 16 000 and 10 000, casework 1 000, care 2 000, fee 30 %, taxes 20, 10 and 5 %. */
static inline struct prices common_prices(void)
{
	struct prices prices = { 0 };
	double *of = prices.of;
	of[POST_LON + WORK_AO] = 20000, of[POST_LON + WORK_AU] = 16000, of[POST_LON + WORK_EF] = 10000;
	for (size_t i = 0; i < AGENCIES; i++)
		of[POST_HANDLAGGNING + i] = 1000;
	for (size_t i = 0; i < FORMANER; i++)
		of[POST_SCHABLON + i] = 8000;
	for (size_t i = 0; i < CARES; i++)
		of[POST_VARD + i] = 2000;
	of[POST_PROD + WORK_AO] = 1, of[POST_PROD + WORK_AU] = 0.5, of[POST_PROD + WORK_EF] = 0.8;
	of[POST_LONEBIDRAG] = 0.5, of[POST_ARBETSGIVARAVGIFT] = 0.3;
	of[POST_SKATT_KOM] = 0.2, of[POST_SKATT_REG] = 0.1, of[POST_SKATT_STAT] = 0.05;
	return prices;
}

/* From bistånd 9 000, casework at KOM every month and a contact a month to full-time work without subsidy and no contact,
   after 300 days in the insats. */
static inline struct member common_member(void)
{
	struct member member = { .days = 300, .linked = true };
	member.before.at[LEDGER_SUPPORT + FORMAN_FS] = 9000;
	member.before.at[LEDGER_CASEWORK + AGENCY_KOM] = 1;
	member.before.at[LEDGER_CONTACT + CARE_PV] = 1;
	member.after.at[LEDGER_WORK + WORK_AO] = 1;
	return member;
}

#endif
