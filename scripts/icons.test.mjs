import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { accountColors as namedColors } from '../src-main/contract/limits.ts';
import { accountColors, appIcoSizes, icnsTypes, icons, trayIcoSizes, trayStates, trayVariants } from './icons.mjs';

const assets = fileURLToPath(new URL('../assets', import.meta.url));
const committed = (path) => readFileSync(join(assets, path));
const rendered = icons(assets);

test.each([...rendered.keys()])('%s is what its drawing renders to (else: node scripts/icons.mjs)', (path) => {
  expect(existsSync(join(assets, path))).toBe(true);
  expect(committed(path).equals(rendered.get(path))).toBe(true);
});

test('the tray folder holds the drawings and what they render to, nothing else', () => {
  const found = readdirSync(join(assets, 'tray')).filter((name) => !name.endsWith('.svg'));
  const expected = [...rendered.keys()].filter((path) => path.startsWith('tray/')).map((path) => path.slice(5));
  expect(found.toSorted()).toEqual(expected.toSorted());
});

describe.each(trayStates)('tray state %s', (state) => {
  test('the icon of a tray state has a macOS template at 16 px and @2x', () => {
    expect(pngSize(committed(`tray/tray-${state}Template.png`))).toEqual([16, 16]);
    expect(pngSize(committed(`tray/tray-${state}Template@2x.png`))).toEqual([32, 32]);
  });

  test('the icon of a tray state has no colour in its template, and is more than blank', () => {
    for (const scale of ['', '@2x']) {
      const seen = pixels(committed(`tray/tray-${state}Template${scale}.png`)).filter(([, , , alpha]) => alpha > 0);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.every(([red, green, blue]) => red + green + blue === 0)).toBe(true);
    }
  });

  test.each(trayVariants)('the icon of a tray state has a PNG at 24 px and @2x, and an ICO, for a %s panel', (variant) => {
    const name = `tray/tray-${state}-${variant}`;
    expect(pngSize(committed(`${name}.png`))).toEqual([24, 24]);
    expect(pngSize(committed(`${name}@2x.png`))).toEqual([48, 48]);
    expect(icoSizes(committed(`${name}.ico`))).toEqual(trayIcoSizes);
  });
});

test('any two states differ in shape at 16 px, in at least a fifth of the pixels', () => {
  const shapes = trayStates.filter((state) => !state.endsWith('-production')).map(shape);
  for (const [index, one] of shapes.entries()) {
    for (const other of shapes.slice(index + 1)) expect(differing(one, other)).toBeGreaterThan(0.2);
  }
});

test.each(['active', 'expiring'])('%s with the badge of production differs in shape in a twelfth of the pixels at 16 px', (state) => {
  expect(differing(shape(state), shape(`${state}-production`))).toBeGreaterThan(1 / 12);
});

test('the two icons with the badge differ in shape as the ones without it do', () => {
  expect(differing(shape('active-production'), shape('expiring-production'))).toBeGreaterThan(0.15);
});

const grounds = [
  ['light', 'white', 255],
  ['dark', 'black', 0],
  ['either', 'white', 255],
  ['either', 'black', 0],
];
test.each(grounds)('every icon for a %s panel stands out from %s', (variant, _, ground) => {
  const seen = trayStates.map((state) => pixels(committed(`tray/tray-${state}-${variant}.png`)).filter((pixel) => contrast(over(pixel, ground), ground) > 3));
  expect(Math.min(...seen.map(({ length }) => length))).toBeGreaterThan(60);
});

test.each(trayStates)('the icon for %s shows a key for a panel that may be light or dark: dark lines within a light plate', (state) => {
  const luminances = pixels(committed(`tray/tray-${state}-either.png`))
    .filter(([, , , alpha]) => alpha > 200)
    .map(luminance);
  expect(luminances.filter((one) => one > 0.9).length).toBeGreaterThan(60);
  expect(luminances.filter((one) => one < 0.2).length).toBeGreaterThan(40);
});

test('each colour that an account can have has a dot for the menu', () => {
  expect(accountColors).toEqual([...namedColors]);
  for (const color of accountColors) expect(pngSize(committed(`tray/account-${color}.png`))).toEqual([16, 16]);
});

test('the app icon has every size that the platforms ask for', () => {
  expect(pngSize(committed('icon.png'))).toEqual([512, 512]);
  expect(icoSizes(committed('icon.ico'))).toEqual(appIcoSizes);
  expect(icnsSizes(committed('icon.icns'))).toEqual(icnsTypes);
});

/** Which pixels of the 16 px template are set. */
function shape(state) {
  return pixels(committed(`tray/tray-${state}Template.png`)).map(([, , , alpha]) => alpha > 127);
}

/** The share of the pixels that are set in only one of the two. */
function differing(one, other) {
  return one.filter((set, pixel) => set !== other[pixel]).length / one.length;
}

/** A pixel as it looks on a grey ground, each channel from 0 to 255. */
function over([red, green, blue, alpha], ground) {
  return [red, green, blue].map((channel) => (channel * alpha + ground * (255 - alpha)) / 255);
}

/** Relative luminance (WCAG 2.2), from 0 to 1. */
function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio (WCAG 2.2) of a colour to a grey. */
function contrast(color, grey) {
  const [low, high] = [luminance(color), luminance([grey, grey, grey])].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function pngSize(png) {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

function icoSizes(ico) {
  const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.subarray(6 + 16 * index));
  return entries.map((entry) => {
    const offset = entry.readUInt32LE(12);
    const [width, height] = pngSize(ico.subarray(offset, offset + entry.readUInt32LE(8)));
    expect([width % 256, height % 256]).toEqual([entry[0], entry[1]]);
    return width;
  });
}

function icnsSizes(icns) {
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const sizes = {};
  for (let offset = 8; offset < icns.length; offset += icns.readUInt32BE(offset + 4)) {
    sizes[icns.toString('latin1', offset, offset + 4)] = pngSize(icns.subarray(offset + 8))[0];
  }
  return sizes;
}

/** @returns {number[][]} red, green, blue and alpha of each pixel */
function pixels(png) {
  const [width, height] = pngSize(png);
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
  const bytes = new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
  return Array.from({ length: width * height }, (_, pixel) => [...bytes.subarray(4 * pixel, 4 * pixel + 4)]);
}
