/* Earlier publications as the auditor sees them: the disclosure ledger against what is printed now. Written from docs/method.md, 13; it
   knows nothing of how the protector decided. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_EARLIER_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_EARLIER_H

#include "pipeline/table/ledger/ledger.h"
#include "stages/audit/relations/published.h"

/* What the auditor knows of earlier approved runs; ledger NULL: nothing. */
struct earlier {
	const struct ledger *ledger;
	const struct settings *settings; /* of the run: its period */
};

enum earlier_finding {
	EARLIER_NONE,
	EARLIER_KNOWN,    /* the figure of the latest approval of its days: no breach, everybody knows it */
	EARLIER_CHANGED,  /* printed before and now, and the change, or what lies between two periods, is 1 … minimum − 1 */
	EARLIER_WITHHELD, /* withheld before with this value, or with one so near that the period between is small */
	EARLIER_OTHER,    /* said to be the earlier figure, and is not */
	EARLIER_MIXED     /* stands beside earlier figures of its table and days, and is new */
};

/* Days for which a table shows earlier figures. */
struct earlier_spans {
	size_t count, room;
	struct earlier_span {
		int32_t from, to;
	} *span;
};

/* Finds them. -1 with the error set. */
int earlier_find(const struct earlier *earlier, const struct cube *cube, struct earlier_spans *spans, struct arena *arena,
	struct error *error);

/* Whether a table is of who lives where; the others are of insatser. What is said of the same days hangs together within each kind. */
bool earlier_is_of_population(const struct table *table);

/* The days of all tables of a kind. -1 with the error set. */
int earlier_find_all(const struct earlier *earlier, const struct published *published, bool population, struct earlier_spans *spans,
	struct error *error);

/* Judges the printed figures of one table, cell by cell into `finding` (rows × measures). -1 with the error set. */
int earlier_judge(const struct earlier *earlier, const struct published *published, const struct published_table *table,
	const struct earlier_spans *spans, unsigned char *finding, struct error *error);

/* Whether a row is of days for which its table shows earlier figures. *stands; -1 with the error set. */
int earlier_stands(const struct earlier *earlier, const struct earlier_spans *spans, const struct cube *cube, size_t row, bool *stands,
	struct error *error);

/* Whether a withheld count among earlier figures was small when it was withheld: 1, or 0; −1 where it stands among new ones. */
int earlier_was_small(const struct earlier *earlier, const struct earlier_spans *spans, const struct cube *cube, size_t row,
	size_t measure, int64_t minimum, struct error *error);

/* Whether an approved run withheld the figure, for the same days and with this value. *withheld; -1 with the error set. */
int earlier_withheld(const struct earlier *earlier, const struct cube *cube, size_t row, size_t measure, double value, bool *withheld,
	struct error *error);

/* Hides every figure of a cube that no approved run printed for the same days with the same value, and that those of other periods do not give (joined.h);
   without a ledger all. What is left everybody knew. -1 with the error set. */
int earlier_hide(const struct earlier *earlier, struct cube *cube, struct error *error);

#endif
