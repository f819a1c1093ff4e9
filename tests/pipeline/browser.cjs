// browser.cjs FOLDER…: the diagram/*.svg of each publication and the rapport.html of some, as a browser has them. Prints each fault; exit 1 if any.
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const checked = /insjoriket|litet/; // the reports that are looked at as pages too: the fullest and one that withholds nearly all
let faults = 0;
function fault(...words) {
	faults++;
	console.log(...words);
}

// In the page: labels that lie on each other or outside their picture. A line of text may touch the one above.
function labels() {
	const found = [];
	for (const picture of document.querySelectorAll("svg")) {
		const frame = picture.viewBox.baseVal, name = picture.parentElement.id;
		const boxes = [...picture.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBBox() }));
		boxes.forEach(({ text, box }, i) => {
			if (box.x < -0.5 || box.y < -0.5 || box.x + box.width > frame.width + 0.5 || box.y + box.height > frame.height + 0.5)
				found.push(`${name}: "${text}" lies outside`);
			for (const other of boxes.slice(0, i)) {
				const across = Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x);
				const down = Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y);
				if (across > 0.5 && down > 2.5)
					found.push(`${name}: "${text}" lies on "${other.text}"`);
			}
		});
	}
	return found;
}

// In the page: texts with less contrast than 4.5:1 to what lies under them, marks whose fill and edge have less than 3:1 to white; axe does
// not judge SVG. What lies under a text is the last filled shape painted before it that holds its middle.
function contrasts() {
	const found = new Set(), quiet = ["255,255,255", "217,223,229", "242,245,248"]; // what only guides the eye: grounds, grid lines, stripes
	const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
	const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
	const over = (colour, opacity, under) => colour.slice(0, 3).map((c, i) => c * opacity + under[i] * (1 - opacity));
	const opacityOf = (shape) => {
		let opacity = 1;
		for (let part = shape; part instanceof SVGElement; part = part.parentElement)
			opacity *= Number(getComputedStyle(part).opacity);
		return opacity;
	};
	for (const picture of document.querySelectorAll("svg")) {
		const name = picture.parentElement.id, painted = [];
		for (const shape of picture.querySelectorAll("rect, path, circle, line, polyline, polygon, text")) {
			const style = getComputedStyle(shape), box = shape.getBBox();
			if (shape.tagName === "text") {
				for (const part of shape.querySelectorAll("tspan").length ? shape.querySelectorAll("tspan") : [shape]) {
					const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
					let under = [255, 255, 255];
					for (const one of painted)
						if (at.x >= one.box.x && at.x <= one.box.x + one.box.width && at.y >= one.box.y && at.y <= one.box.y + one.box.height)
							under = one.colour;
					const colour = over(channels(getComputedStyle(part).fill), opacityOf(part), under);
					if (contrast(colour, under) < 4.5)
						found.add(`${name}: "${part.textContent}" has contrast ${contrast(colour, under).toFixed(2)}`);
				}
			} else if (style.fill !== "none" && shape.tagName !== "line") {
				painted.push({ box, colour: over(channels(style.fill), opacityOf(shape) * Number(style.fillOpacity), [255, 255, 255]) });
			}
			const inks = shape.tagName === "text" ? [] : [[style.fill, style.fillOpacity], [style.stroke, style.strokeOpacity]]
				.filter(([ink], i) => ink !== "none" && (i > 0 || shape.tagName !== "line"))
				.map(([ink, opacity]) => over(channels(ink), opacityOf(shape) * Number(opacity), [255, 255, 255]));
			if (inks.length > 0 && !inks.some((ink) => contrast(ink, [255, 255, 255]) >= 3 || quiet.includes(ink.join())))
				found.add(`${name}: ${shape.outerHTML.slice(0, 90)} has contrast ${Math.max(...inks.map((ink) => contrast(ink, [255, 255, 255]))).toFixed(2)}`);
		}
	}
	return [...found];
}

// In the page: what sticks out of a phone's width and does not scroll in a frame of its own.
function wide() {
	const found = document.documentElement.scrollWidth > window.innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
	for (const table of document.querySelectorAll("table.goals")) // what everybody should see is there without scrolling
		if (table.getBoundingClientRect().right > window.innerWidth)
			found.push(`the goals are ${table.getBoundingClientRect().right} wide`);
	return found;
}

async function lookAtPictures(page, folder) {
	const names = fs.readdirSync(path.join(folder, "diagram")).filter((name) => name.endsWith(".svg"));
	if (names.length === 0)
		fault(folder, "has no pictures");
	const pictures = names.map((name) => fs.readFileSync(path.join(folder, "diagram", name), "utf8").replace(/^<\?xml.*?\?>/, ""));
	await page.setContent(names.map((name, i) => `<div id="${name}">${pictures[i]}</div>`).join(""));
	for (const words of [...await page.evaluate(labels), ...await page.evaluate(contrasts)])
		fault(folder, words);
}

async function lookAtReport(browser, folder) {
	const file = path.join(fs.realpathSync(folder), "rapport.html"), page = await browser.newPage();
	await page.setBypassCSP(true); // axe is a script; the report allows none
	await page.goto("file://" + file);
	await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
	await page.evaluate(axe);
	for (const violation of (await page.evaluate(() => window.axe.run(document))).violations)
		fault(folder, "axe:", violation.id, violation.nodes.length, violation.nodes[0].html.slice(0, 200));
	await page.setViewport({ width: 390, height: 800 });
	for (const words of await page.evaluate(wide))
		fault(folder, words);
	await page.close();
	const checker = new HtmlValidate({ extends: ["html-validate:recommended"], rules: { "long-title": "off" } }); // a förbund's name may be long
	const result = await checker.validateFile(file);
	for (const message of result.results.flatMap((one) => one.messages).slice(0, 10))
		fault(folder, "html-validate:", message.line, message.ruleId, message.message);
}

(async () => {
	const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
	try {
		const page = await browser.newPage();
		for (const folder of process.argv.slice(2)) {
			await lookAtPictures(page, folder);
			if (checked.test(folder))
				await lookAtReport(browser, folder);
		}
	} finally {
		await browser.close();
	}
	process.exitCode = faults > 0 ? 1 : 0;
})();
