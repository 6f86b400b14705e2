import assert from "node:assert/strict";
import { test } from "node:test";

import { readPicture } from "../../app/static/js/receipts/ocr/page.js";
import { cubic, detectorInput, tapsOf } from "../../app/static/js/receipts/ocr/pixels.js";
import { begunAt, clockwise, cornersOf, hullOf, sidesOf, smallestAround, turned } from "../../app/static/js/receipts/ocr/shapes.js";
import { spell } from "../../app/static/js/receipts/ocr/spell.js";
import { boxesOf, spotsOf } from "../../app/static/js/receipts/ocr/spots.js";
import { LINE_HEIGHT, stripOf, wayInto } from "../../app/static/js/receipts/ocr/strips.js";

const near = (one, other, most = 1e-3) => assert.ok(Math.abs(one - other) <= most, `${one} is not ${other}`);

/** A map of text with each place chosen by a rule. */
function mapOf(width, height, rule) {
  const data = Float32Array.from({ length: width * height }, (_, at) => rule(at % width, Math.floor(at / width)));
  return { width, height, data };
}

/** A picture with each pixel's [red, green, blue] chosen by a rule. */
function pictureOf(width, height, rule) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at++) data.set([...rule(at % width, Math.floor(at / width)), 255], 4 * at);
  return { width, height, data };
}

test("the hull of a filled square is its corners", () => {
  const points = [0, 1, 2, 3].flatMap((x) => [0, 1, 2, 3].map((y) => [x, y]));
  assert.deepEqual(new Set(hullOf(points).map(String)), new Set(["0,0", "3,0", "3,3", "0,3"]));
});

test("the smallest rectangle around a tilted line of text has its slope and size", () => {
  const tilted = cornersOf({ middle: [50, 40], along: [0.8, 0.6], width: 60, height: 10 }, 0);
  const found = smallestAround([...tilted, [50, 40]]);
  near(Math.max(found.width, found.height), 60);
  near(Math.min(found.width, found.height), 10);
  assert.equal(smallestAround([[1, 1]]), null);
});

test("corners begin at the top left, whether a line lies or stands", () => {
  assert.deepEqual(clockwise([[90, 20], [10, 20], [10, 5], [90, 5]]), [[10, 5], [90, 5], [90, 20], [10, 20]]);
  assert.deepEqual(clockwise([[20, 90], [20, 10], [5, 10], [5, 90]]), [[5, 10], [20, 10], [20, 90], [5, 90]]);
});

test("four quarter turns lead back to where a box stood", () => {
  const quad = [[10, 5], [90, 5], [90, 20], [10, 20]];
  let [moved, page] = [quad, { width: 100, height: 200 }];
  for (let turn = 0; turn < 4; turn++) {
    moved = turned(moved, 1, page);
    page = { width: page.height, height: page.width };
  }
  assert.deepEqual(moved, quad);
  assert.deepEqual(begunAt(quad, 2)[0], [90, 20]);
  assert.deepEqual(sidesOf(quad), [80, 15]);
});

test("spots that touch by a corner are one, others are not", () => {
  const on = new Set(["1,1", "2,1", "3,2", "7,1", "1,5", "3,5", "2,6"]);
  assert.equal(spotsOf(mapOf(10, 8, (x, y) => (on.has(`${x},${y}`) ? 1 : 0))).length, 3);
});

test("a spot in the shape of a U is one although its arms begin apart", () => {
  const rule = (x, y) => ((x === 1 || x === 8) && y < 6) || (y === 5 && x >= 1 && x <= 8) ? 1 : 0;
  assert.equal(spotsOf(mapOf(10, 8, rule)).length, 1);
});

test("a bar of text becomes one grown box; a faint or tiny one none", () => {
  const bar = (value) => mapOf(100, 40, (x, y) => (x >= 20 && x <= 80 && y >= 15 && y <= 25 ? value : 0));
  const [[one, , three]] = boxesOf(bar(0.9));
  assert.ok(one[0] < 15 && one[1] < 10 && three[0] > 85 && three[1] > 30);
  assert.deepEqual(boxesOf(bar(0.3)), []);
  assert.deepEqual(boxesOf(mapOf(100, 40, (x, y) => (x < 30 && y === 4 ? 1 : 0))), []);
});

test("the weights of each new pixel add up to one, smaller or larger", () => {
  for (const [from, to] of [[100, 37], [64, 64], [30, 45], [5, 32]]) {
    const { count, weights, most } = tapsOf(from, to);
    for (let at = 0; at < to; at++) near(weights.subarray(at * most, at * most + count[at]).reduce((sum, one) => sum + one, 0), 1);
  }
  near(cubic(0.3).reduce((sum, one) => sum + one, 0), 1);
});

test("a plain colour stays that colour at any size, blue first", () => {
  const planes = detectorInput(pictureOf(50, 40, () => [255, 0, 127]), { left: 5, top: 5, width: 40, height: 30 }, 32, 64);
  near(planes[0], (127 / 255 - 0.485) / 0.229);
  near(planes[32 * 64 + 7], (0 - 0.456) / 0.224);
  near(planes[2 * 32 * 64 + 9], (1 - 0.406) / 0.225);
});

test("shrinking takes the mean of what was there", () => {
  const stripes = pictureOf(64, 64, (x) => (x % 2 ? [255, 255, 255] : [0, 0, 0]));
  const planes = detectorInput(stripes, { left: 0, top: 0, width: 64, height: 64 }, 32, 32);
  near(planes[100], (128 / 255 - 0.485) / 0.229, 0.02);
});

test("the way into four corners meets each of them", () => {
  const quad = [[10, 20], [90, 30], [95, 70], [5, 60]];
  const { a, b, c, d, e, f, g, h } = wayInto(quad);
  for (const [u, v, [x, y]] of [[0, 0, quad[0]], [1, 0, quad[1]], [1, 1, quad[2]], [0, 1, quad[3]]]) {
    near((a * u + b * v + c) / (g * u + h * v + 1), x);
    near((d * u + e * v + f) / (g * u + h * v + 1), y);
  }
});

test("a strip is level, as high as the recogniser wants it, and black stays black", () => {
  const picture = pictureOf(200, 100, (x) => (x < 100 ? [0, 0, 0] : [255, 255, 255]));
  const { data, length, height } = stripOf(picture, [[50, 20], [150, 20], [150, 44], [50, 44]]);
  assert.equal(height, LINE_HEIGHT);
  assert.equal(length, 200);
  near(data[10 * length + 20], -1);
  near(data[10 * length + 180], 1);
});

test("a line that leaves the picture goes on with its edge", () => {
  const { data } = stripOf(pictureOf(20, 20, () => [255, 255, 255]), [[-30, -9], [60, -9], [60, 300], [-30, 300]]);
  assert.ok(data.every((value) => value === 1));
});

test("repeats are one letter, and the first letter is nothing", () => {
  const letters = ["", "A", "B"];
  const steps = Float32Array.from([[1, 0.9], [1, 0.7], [0, 1], [1, 0.5], [2, 0.9]].flatMap(([letter, sure]) => letters.map((_, at) => (at === letter ? sure : 0))));
  const { text, score } = spell(steps, letters);
  assert.equal(text, "AAB");
  near(score, (0.9 + 0.5 + 0.9) / 3);
  assert.deepEqual(spell(new Float32Array(0), letters), { text: "", score: 0 });
});

/** Models that see two bars of text, and read well only when the page is turned as they like. */
function models(bars, likes) {
  const asked = [];
  return {
    asked,
    detect: async (_planes, width, height) => mapOf(width, height, (x, y) => (bars(x / width, y / height) ? 1 : 0)),
    read: async (strip) => {
      asked.push(strip);
      return likes(strip) ? { text: "TOTAL 12.34", score: 0.99 } : { text: "iii", score: 0.5 };
    },
  };
}

test("a page that lies on its side is set upright, and says by how much", async () => {
  const upright = (strip) => strip.data[0] === -1; // black marks where the text begins
  const picture = pictureOf(320, 640, (_x, y) => (y > 500 ? [0, 0, 0] : [255, 255, 255]));
  const page = await readPicture(models((x, y) => y > 0.2 && y < 0.9 && (Math.abs(x - 0.3) < 0.05 || Math.abs(x - 0.6) < 0.05), upright), picture);
  assert.equal(page.turn, 3);
  assert.deepEqual(page.size, [640, 320]);
  assert.deepEqual(page.lines.map((line) => line.text), ["TOTAL 12.34", "TOTAL 12.34"]);
  assert.ok(page.lines[0].box[1][0] > page.lines[0].box[0][0]);
});

test("an empty picture has no lines, and faint lines are left out", async () => {
  const picture = pictureOf(100, 100, () => [255, 255, 255]);
  assert.deepEqual((await readPicture(models(() => false, () => true), picture)).lines, []);
  const faint = { ...models((x, y) => Math.abs(y - 0.5) < 0.1 && x > 0.2 && x < 0.8), read: async () => ({ text: "?", score: 0.2 }) };
  assert.deepEqual((await readPicture(faint, picture)).lines, []);
});
