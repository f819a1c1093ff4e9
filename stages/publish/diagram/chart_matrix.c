/* Risk and effect: see chart.h. */
#include <math.h>

#include "stages/publish/diagram/frame.h"

#define SIDE 3
#define BOX_LEAST 70.0
#define LEFT 78.0

static const char *const levels[SIDE] = { "låg", "medel", "hög" };

/* Lines that the names in a box take, drawn when a picture is given. */
static size_t box_lines(struct svg *svg, const struct chart_matrix *matrix, int across, int up, double x, double y, double width)
{
	size_t lines = 0;
	for (size_t i = 0; i < matrix->placed; i++) {
		const struct chart_placed *placed = &matrix->place[i];
		if (placed->across != across || placed->up != up)
			continue;
		struct lettering name = lettering_break(placed->name, width - 28, 2, FRAME_SIZE, false);
		if (svg != NULL)
			svg_circle(svg, x + 12, y + 17 + (double)lines * FRAME_LEADING, 4, SVG_BAR, SVG_NONE);
		for (size_t k = 0; k < name.lines; k++, lines++)
			if (svg != NULL)
				svg_write(svg, x + 22, y + 22 + (double)lines * FRAME_LEADING, &frame_label, name.line[k]);
	}
	return lines;
}

void chart_matrix(struct svg *svg, const struct chart_matrix *matrix)
{
	static const struct svg_letters warning = { .size = FRAME_SMALL, .colour = SVG_MARK, .bold = true };
	struct svg_letters strong = frame_strong;
	struct text words = { 0 };
	double box = (CHART_WIDTH - FRAME_MARGIN - LEFT) / SIDE, height[SIDE], all = 0;
	for (size_t i = 0; i < matrix->placed; i++)
		frame_say(svg, &words, i > 0 ? " " : "", matrix->place[i].name, ": risk ", levels[matrix->place[i].up], ", effekt ",
			levels[matrix->place[i].across], ".", NULL);
	for (int up = 0; up < SIDE; up++) {
		size_t lines = 0;
		for (int across = 0; across < SIDE; across++) {
			size_t in_box = box_lines(NULL, matrix, across, up, 0, 0, box) + (up == SIDE - 1 && across == 0 ? 2 : 0);
			lines = in_box > lines ? in_box : lines;
		}
		height[up] = fmax(BOX_LEAST, (double)lines * FRAME_LEADING + 20);
		all += height[up];
	}
	double y = frame_begin(svg, &matrix->chart, &words, all + 44);
	for (int up = SIDE - 1; up >= 0; up--) {
		svg_write(svg, LEFT - 10, y + height[up] / 2 + 4.5, &frame_label_end, levels[up]);
		if (up == SIDE - 1)
			svg_write(svg, FRAME_MARGIN, y + 14, &strong, "Risk");
		for (int across = 0; across < SIDE; across++) {
			double x = LEFT + (double)across * box;
			bool signal = up == SIDE - 1 && across == 0;
			svg_rectangle(svg, x, y, box, height[up], signal ? "#fbeff4" : "#ffffff", signal ? SVG_MARK : SVG_RULE);
			(void)box_lines(svg, matrix, across, up, x, y, box);
			if (signal)
				svg_write(svg, x + 8, y + height[up] - 10, &warning, "! åtgärda eller avsluta");
		}
		y += height[up];
	}
	for (int across = 0; across < SIDE; across++)
		svg_write(svg, LEFT + ((double)across + 0.5) * box, y + 18, &frame_label_middle, levels[across]);
	strong.anchor = SVG_MIDDLE;
	svg_write(svg, LEFT + 1.5 * box, y + 38, &strong, "Effekt");
	svg_end(svg);
}
