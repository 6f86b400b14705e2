import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { test } from "node:test";

import {
  bareJpeg, browserTools, fit, kindOf, MOST_BYTES, PhotoRefused, preparePhoto, tooBig,
} from "../../app/static/js/core/photo.js";

const bytes = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part, "latin1"))));
const segment = (marker, body) => bytes(`\xff${marker}`, [(body.length + 2) >> 8, (body.length + 2) & 255], body);
const JFIF = segment("\xe0", "JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
const TABLE = segment("\xdb", "\0".repeat(65));
const PIXELS = bytes("\xff\xda\0\x02", "\x11\xff\xe1 looks like a mark \xff\xd9");
const JPEG = bytes("\xff\xd8", JFIF, TABLE, PIXELS);
const PRIVATE = bytes(
  "\xff\xd8", JFIF, segment("\xe1", "Exif\0\0CANARY"), segment("\xed", "Photoshop 3.0\0CANARY"),
  segment("\xe2", "ICC_PROFILE\0CANARY"), segment("\xfe", "CANARY"), TABLE, PIXELS,
);
const HEIC = bytes("\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "rest");

/** Tools that answer like a browser; `calls` tells what was asked of them. */
function tools({ size = [4032, 3024], decodes = true, lengths = [JPEG], truly = true } = {}) {
  const calls = { encode: [], closed: 0 };
  return {
    calls,
    decode: async () => {
      if (!decodes) throw new DOMException("no", "InvalidStateError");
      return { width: size[0], height: size[1], close: () => (calls.closed += 1) };
    },
    encode: async (_bitmap, width, height, quality) => {
      calls.encode.push([width, height, quality]);
      return lengths[Math.min(calls.encode.length, lengths.length) - 1];
    },
    digest: (data) => webcrypto.subtle.digest("SHA-256", data),
    drawsTruly: () => truly,
  };
}

const sha = (data) => createHash("sha256").update(data).digest("hex");
const refusal = (words) => (error) => error instanceof PhotoRefused && error.message.includes(words);

test("a phone's photo comes out small, upright and named by the hash of its new bytes", async () => {
  const given = tools();
  const ready = await preparePhoto(new Blob([JPEG]), given);
  assert.deepEqual(ready, { bytes: JPEG, type: "image/jpeg", sha256: sha(JPEG), width: 2000, height: 1500, shrunk: true });
  assert.deepEqual(given.calls, { encode: [[2000, 1500, 0.82]], closed: 1 });
});

test("quality goes down while the picture is above 400 kB, and stops at the last step", async () => {
  const large = bytes(JPEG, new Uint8Array(400_000));
  const twice = tools({ lengths: [large, JPEG] });
  assert.equal((await preparePhoto(new Blob([JPEG]), twice)).bytes.length, JPEG.length);
  const never = tools({ lengths: [large] });
  await preparePhoto(new Blob([JPEG]), never);
  assert.deepEqual([twice.calls.encode.length, never.calls.encode.map((call) => call[2])], [2, [0.82, 0.74, 0.66]]);
});

test("what the browser itself writes into the JPEG is taken out", async () => {
  const ready = await preparePhoto(new Blob([JPEG]), tools({ lengths: [PRIVATE] }));
  assert.deepEqual(ready.bytes, JPEG);
  assert.equal(Buffer.from(PRIVATE).includes("CANARY"), true);
});

test("a JPEG without anything attached stays byte for byte, also a broken one", () => {
  assert.deepEqual(bareJpeg(JPEG), JPEG);
  const cut = JPEG.slice(0, 30);
  assert.deepEqual(bareJpeg(cut), cut);
});

test("an HEIC that the browser decodes is shrunk; one that it cannot decode goes up as it is", async () => {
  assert.equal((await preparePhoto(new Blob([HEIC]), tools())).type, "image/jpeg");
  const ready = await preparePhoto(new Blob([HEIC]), tools({ decodes: false }));
  assert.deepEqual(ready, { bytes: HEIC, type: "image/heic", sha256: sha(HEIC), width: 0, height: 0, shrunk: false });
});

test("a PDF goes up as it is", async () => {
  const pdf = bytes("%PDF-1.7 page");
  const ready = await preparePhoto(new Blob([pdf]), tools());
  assert.deepEqual([ready.type, ready.sha256, ready.shrunk], ["application/pdf", sha(pdf), false]);
});

test("a browser that answers drawings with noise sends the photo as it is", async () => {
  const ready = await preparePhoto(new Blob([PRIVATE]), tools({ truly: false }));
  assert.deepEqual([ready.bytes, ready.type, ready.shrunk], [PRIVATE, "image/jpeg", false]);
});

test("a PDF above 20 MB is told its true size, a large photo that can be shrunk is not refused", async () => {
  const large = new Uint8Array(MOST_BYTES + 1);
  large.set(bytes("%PDF-"));
  await assert.rejects(preparePhoto(new Blob([large]), tools()), refusal(tooBig(MOST_BYTES + 1)));
  large.set(JPEG);
  assert.equal((await preparePhoto(new Blob([large]), tools())).shrunk, true);
});

test("the sentence for a file that is too big counts as phones count", () => {
  assert.equal(tooBig(31_000_000), "This file is 31 MB. We take up to 20 MB. Try a photo of it.");
  assert.equal(tooBig(20_000_001), "This file is 21 MB. We take up to 20 MB. Try a photo of it.");
});

test("empty, damaged and unknown files are refused with the true reason", async () => {
  const blind = tools({ decodes: false });
  await assert.rejects(preparePhoto(new Blob([]), blind), refusal("This file is empty."));
  await assert.rejects(preparePhoto(new Blob([JPEG]), blind), refusal("damaged or cut short"));
  await assert.rejects(preparePhoto(new Blob(["hello"]), blind), refusal("We take photos (JPEG, PNG, WebP, HEIC) and PDF."));
});

test("no picture from the canvas is said, and the bitmap is given back all the same", async () => {
  const given = tools({ lengths: [null] });
  await assert.rejects(preparePhoto(new Blob([JPEG]), given), refusal("too little memory"));
  assert.equal(given.calls.closed, 1);
});

test("a canvas that answers with another format is not taken for a JPEG", async () => {
  const png = bytes("\x89PNG\r\n\x1a\n", "rest");
  await assert.rejects(preparePhoto(new Blob([JPEG]), tools({ lengths: [png] })), refusal("too little memory"));
});

test("sizes keep their shape, never grow and never vanish", () => {
  assert.deepEqual(fit(4032, 3024), { width: 2000, height: 1500 });
  assert.deepEqual(fit(640, 480), { width: 640, height: 480 });
  assert.deepEqual(fit(20_000, 3), { width: 2000, height: 1 });
});

test("kinds are told by bytes", () => {
  const kinds = [JPEG, HEIC, bytes("\x89PNG\r\n\x1a\n"), bytes("RIFF\0\0\0\0WEBPVP8 "), bytes("\xef\xbb\xbf\r\n%PDF-1"), bytes("GIF89a")];
  assert.deepEqual(kinds.map(kindOf), ["jpeg", "heic", "png", "webp", "pdf", "other"]);
  assert.equal(kindOf(bytes("\0\0\0\x18ftypmp42\0\0\0\0mp42isom")), "other");
  assert.equal(kindOf(new Uint8Array()), "other");
});

test("the browser's own tools ask for upright pixels, draw on white and give memory back", async () => {
  const asked = [];
  const pen = {
    drawImage: (...call) => asked.push(["draw", ...call.slice(1)]),
    fillRect: () => asked.push(["fill", pen.fillStyle]),
    getImageData: () => ({ data: new Uint8ClampedArray([200, 50, 30, 255, 200, 50, 31, 255]) }),
  };
  const canvas = { getContext: () => pen, toBlob: (done, type, quality) => done(new Blob([`${type} ${quality}`])) };
  const browser = {
    createImageBitmap: async (_file, options) => options,
    document: { createElement: () => canvas },
    crypto: webcrypto,
  };
  const real = browserTools(browser);
  assert.deepEqual(await real.decode(new Blob([])), { imageOrientation: "from-image" });
  assert.equal(Buffer.from(await real.encode({}, 20, 10, 0.8)).toString(), "image/jpeg 0.8");
  assert.deepEqual([asked, canvas.width], [[["fill", "white"], ["draw", 0, 0, 20, 10]], 0]);
  assert.equal(real.drawsTruly(), true);
  pen.getImageData = () => ({ data: new Uint8ClampedArray([12, 250, 99, 255]) });
  assert.equal(real.drawsTruly(), false);
  assert.equal(Buffer.from(await real.digest(JPEG)).toString("hex"), sha(JPEG));
});
