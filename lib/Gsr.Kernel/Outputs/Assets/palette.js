"use strict";
// A picture of lines, areas and lettering looks the same in 256 colours and takes a third of the bytes.

// Splits the colours [r, g, b, pixels] into at most 256 boxes: always the box whose colours differ most, at the mean of
// the channel in which they do.
const boxes = colours => {
  const box = own => {
    const pixels = own.reduce((sum, colour) => sum + colour[3], 0);
    const mean = [0, 1, 2].map(c => own.reduce((sum, colour) => sum + colour[c] * colour[3], 0) / pixels);
    const spread = mean.map((m, c) => own.reduce((sum, colour) => sum + (colour[c] - m) ** 2 * colour[3], 0));
    const widest = spread.indexOf(Math.max(...spread));
    return { own, mean, widest, error: spread[widest] };
  };
  const found = [box(colours)];
  while (found.length < 256) {
    const worst = found.reduce((best, one, i) => (one.error > found[best].error ? i : best), 0);
    const { own, mean, widest, error } = found[worst];
    if (error === 0) break;
    found[worst] = box(own.filter(colour => colour[widest] <= mean[widest]));
    found.push(box(own.filter(colour => colour[widest] > mean[widest])));
  }
  return found;
};

const crcs = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

const chunk = (name, data) => {
  const bytes = new Uint8Array(data.length + 12);
  bytes.set([...name].map(letter => letter.charCodeAt(0)), 4);
  bytes.set(data, 8);
  const crc = bytes.subarray(4, data.length + 8).reduce((sum, byte) => crcs[(sum ^ byte) & 255] ^ (sum >>> 8), -1);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  view.setUint32(data.length + 8, ~crc);
  return bytes;
};

// The PNG of a data URL with a palette of 256 colours, in base64; as it was where that gains nothing or would lose
// transparency.
const paletted = async url => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const before = url.slice(url.indexOf(",") + 1);
  if (pixels.some(pixel => pixel >>> 24 !== 255)) return before;

  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  const colours = [...counts].map(([pixel, count]) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, count, pixel]);
  const palette = boxes(colours);
  const places = new Map(palette.flatMap(({ own }, place) => own.map(colour => [colour[4], place])));
  const rows = new Uint8Array((width + 1) * height);
  pixels.forEach((pixel, i) => (rows[i + 1 + Math.floor(i / width)] = places.get(pixel)));

  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 3], 8);
  const deflated = new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate")));
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flatMap(({ mean }) => mean.map(Math.round)))),
    chunk("IDAT", new Uint8Array(await deflated.arrayBuffer())), chunk("IEND", []),
  ];
  const after = btoa(parts.map(part => Array.from(part, byte => String.fromCharCode(byte)).join("")).join(""));
  return after.length < before.length ? after : before;
};
