/* Women and men by age, education and the like: see chart.h. */
#include <math.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define BAR 15.0
#define ROW 22.0
#define HEADING 26.0
#define NAMES 225.0 /* most width of the names in the middle */

struct layout {
	double women, men;   /* where the bars of each begin: to the left, to the right */
	double names;        /* width of the middle */
	double totals;       /* right edge of the totals */
	double length;       /* of the longest bar */
	double most;         /* its number */
};

/* Room that figures take beside their bars, and the largest of the figures. */
static double widest_figure(const struct value *value, size_t rows, double widest, double *most)
{
	for (size_t i = 0; i < rows; i++) {
		widest = fmax(widest, frame_figure_width(&value[i], "", ""));
		*most = fmax(*most, value[i].number);
	}
	return widest;
}

static struct layout lay_out(const struct chart_pyramid *pyramid)
{
	struct layout layout = { .most = 0 };
	double figures = lettering_width_of("Kvinnor", FRAME_SMALL, false), total = 0, unused = 0;
	for (size_t p = 0; p < pyramid->parts; p++) {
		const struct chart_pyramid_part *part = &pyramid->part[p];
		layout.names = fmax(layout.names, frame_widest(part->row, part->rows, NAMES));
		figures = widest_figure(part->women, part->rows, figures, &layout.most);
		figures = widest_figure(part->men, part->rows, figures, &layout.most);
		total = widest_figure(part->total, part->rows, total, &unused);
	}
	total = fmax(total, lettering_width_of("Totalt", FRAME_SMALL, false)) + 14;
	layout.names += 20;
	layout.totals = CHART_WIDTH - FRAME_MARGIN;
	layout.length = (CHART_WIDTH - 2 * FRAME_MARGIN - total - layout.names) / 2 - figures - 8;
	layout.women = FRAME_MARGIN + figures + 8 + layout.length;
	layout.men = layout.women + layout.names;
	return layout;
}

static void draw_row(struct svg *svg, const struct layout *layout, const struct chart_pyramid_part *part, size_t i, double y)
{
	double per = layout->most > 0 ? layout->length / layout->most : 0;
	double women = part->women[i].number * per, men = part->men[i].number * per;
	struct lettering name = lettering_break(part->row[i], layout->names - 12, 1, FRAME_SIZE, false);
	if (women > 0)
		svg_rectangle(svg, layout->women, y, -women, BAR, SVG_WOMEN, SVG_NONE);
	if (men > 0)
		svg_rectangle(svg, layout->men, y, men, BAR, SVG_MEN, SVG_NONE);
	svg_write(svg, layout->women + layout->names / 2, y + 12, &frame_label_middle, name.line[0]);
	svg_figure(svg, layout->women - women - 5, y + 12, &frame_label_end, "", &part->women[i], "");
	svg_figure(svg, layout->men + men + 5, y + 12, &frame_label, "", &part->men[i], "");
	svg_figure(svg, layout->totals, y + 12, &frame_label_end, "", &part->total[i], "");
}

void chart_pyramid(struct svg *svg, const struct chart_pyramid *pyramid)
{
	struct layout layout = lay_out(pyramid);
	struct text words = { 0 };
	double height = 0;
	for (size_t p = 0; p < pyramid->parts; p++) {
		const struct chart_pyramid_part *part = &pyramid->part[p];
		height += HEADING + (double)part->rows * ROW + (p > 0 ? 10 : 0);
		frame_say(svg, &words, p > 0 ? " " : "", part->title, part->title[0] == '\0' ? "" : ". ", NULL);
		for (size_t i = 0; i < part->rows; i++)
			frame_say(svg, &words, i > 0 ? "; " : "", part->row[i], ": kvinnor ", frame_spoken(&part->women[i]), ", män ",
				frame_spoken(&part->men[i]), ", totalt ", frame_spoken(&part->total[i]), NULL);
		frame_say(svg, &words, ".", NULL);
	}
	double y = frame_begin(svg, &pyramid->chart, &words, height);
	for (size_t p = 0; p < pyramid->parts; p++) {
		const struct chart_pyramid_part *part = &pyramid->part[p];
		struct lettering title = lettering_break(part->title, layout.names - 4, 1, FRAME_SIZE, true);
		struct svg_letters strong = frame_strong;
		strong.anchor = SVG_MIDDLE;
		y += p > 0 ? 10 : 0;
		svg_write(svg, layout.women + layout.names / 2, y + 12, &strong, title.line[0]);
		svg_write(svg, layout.women - 5, y + 12, &frame_quiet_end, "Kvinnor");
		svg_write(svg, layout.men + 5, y + 12, &frame_quiet, "Män");
		svg_write(svg, layout.totals, y + 12, &frame_quiet_end, "Totalt");
		for (size_t i = 0; i < part->rows; i++)
			draw_row(svg, &layout, part, i, y + HEADING + (double)i * ROW - 4);
		y += HEADING + (double)part->rows * ROW;
	}
	svg_end(svg);
}
