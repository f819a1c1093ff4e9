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

// In the page: what sticks out of a phone's width and does not scroll in a frame of its own.
function wide() {
	return document.documentElement.scrollWidth > window.innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
}

async function lookAtPictures(page, folder) {
	const names = fs.readdirSync(path.join(folder, "diagram")).filter((name) => name.endsWith(".svg"));
	if (names.length === 0)
		fault(folder, "has no pictures");
	const pictures = names.map((name) => fs.readFileSync(path.join(folder, "diagram", name), "utf8").replace(/^<\?xml.*?\?>/, ""));
	await page.setContent(names.map((name, i) => `<div id="${name}">${pictures[i]}</div>`).join(""));
	for (const words of await page.evaluate(labels))
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
