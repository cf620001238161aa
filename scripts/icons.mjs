// Renders the SVG drawings in assets/ to the PNG, ICO and ICNS files beside them.
// The results are committed, so that a build needs neither this script nor resvg.
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

/** In the order in which each tray drawing shows them, from left to right. */
export const trayStates = ['none', 'active', 'expiring', 'expired', 'active-production', 'expiring-production'];

/** Named after the desktop panel that they are for: `light` is the dark glyph. `either` is for one that may be light or dark. */
const palettes = {
  light: { glyph: '#1f2328', active: '#15803d', expiring: '#b45309', expired: '#c4291c', badge: '#c4291c' },
  dark: { glyph: '#f0f3f6', active: '#4ade80', expiring: '#fbbf24', expired: '#ff6b5e', badge: '#ff6b5e' },
  either: { glyph: '#1f2328', active: '#15803d', expiring: '#b45309', expired: '#c4291c', badge: '#c4291c', plate: '#ffffff' },
};
export const trayVariants = Object.keys(palettes);

/** The colours of accounts: the names are those of their tokens, which say what they look like. */
export const accountColors = ['blue', 'orange', 'purple', 'green', 'teal', 'brown', 'olive', 'gray', 'red', 'pink'];

export const trayIcoSizes = [16, 20, 24, 32, 48];
export const appIcoSizes = [16, 24, 32, 48, 64, 128, 256];

/** Those of the icon theme hicolor that desktops ask for: https://specifications.freedesktop.org/icon-theme-spec/ */
export const linuxSizes = [16, 22, 24, 32, 48, 64, 128, 256, 512];

/** Apple's types whose payload is a PNG, with the edge in pixels. */
export const icnsTypes = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };

// Maps each size to the grid of its drawing. Scaled from any other grid, strokes would fall between pixels.
const trayDrawing = { 16: 16, 20: 20, 24: 24, 32: 16, 48: 24 };

// The macOS icon grid leaves a margin round the tile; Windows expects none, and small icons need every pixel.
const appTile = '100 100 824 824';

/**
 * @param {string} assets folder with icon.svg and tray/tray-<grid>.svg
 * @returns {Map<string, Buffer>} path below `assets`, with `/` on every platform, to the file's bytes
 */
export function icons(assets) {
  const drawing = (path) => readFileSync(join(assets, path), 'utf8');
  const trayDrawings = new Map(Object.values(trayDrawing).map((grid) => [grid, drawing(`tray/tray-${grid}.svg`)]));
  const tray = (state, size, style, plate) => {
    const grid = trayDrawing[size];
    const only = withViewBox(trayDrawings.get(grid), `${trayStates.indexOf(state) * grid} 0 ${grid} ${grid}`);
    const drawn = withoutOthers(only, state).replace(/<style>.*<\/style>/, `<style>${style}</style>`);
    return png(plate === undefined ? drawn : onPlate(drawn, plate, grid, state), size);
  };

  const files = new Map();
  for (const state of trayStates) {
    files.set(`tray/tray-${state}Template.png`, tray(state, 16, ''));
    files.set(`tray/tray-${state}Template@2x.png`, tray(state, 32, ''));
    for (const variant of trayVariants) {
      const [kind] = state.split('-');
      const { glyph, badge, plate, [kind]: accent = glyph } = palettes[variant];
      const style = `svg { color: ${glyph} } .accent { color: ${accent} } .badge { color: ${badge} }`;
      const name = `tray/tray-${state}-${variant}`;
      files.set(`${name}.png`, tray(state, 24, style, plate));
      files.set(`${name}@2x.png`, tray(state, 48, style, plate));
      files.set(`${name}.ico`, ico(trayIcoSizes.map((size) => [size, tray(state, size, style, plate)])));
    }
  }

  // A menu may be light or dark, and the colours for light windows are seen on both.
  const tokens = drawing('../src-renderer/look/tokens.css');
  for (const color of accountColors) {
    const [, value] = new RegExp(`--account-${color}: (#[\\da-f]{6});`).exec(tokens);
    const dot = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5" fill="${value}"/></svg>`;
    files.set(`tray/account-${color}.png`, png(dot, 16));
    files.set(`tray/account-${color}@2x.png`, png(dot, 32));
  }

  const app = drawing('icon.svg');
  const withoutMargin = withViewBox(app, appTile);
  files.set('icon.png', png(app, 512));
  for (const size of linuxSizes) files.set(`linux/icons/${size}x${size}.png`, png(size < 64 ? withoutMargin : app, size));
  files.set('icon.ico', ico(appIcoSizes.map((size) => [size, png(withoutMargin, size)])));
  files.set('icon.icns', icns(Object.entries(icnsTypes).map(([type, size]) => [type, png(app, size)])));
  return files;
}

function withViewBox(svg, viewBox) {
  return svg.replace(/viewBox="[^"]*"/, `viewBox="${viewBox}"`);
}

/** Removes the other states, because resvg stops at a clip path that lies outside the picture. */
function withoutOthers(svg, state) {
  return svg.replace(/^ {2}<g class="([^"]+)"[^]*?^ {2}<\/g>\n/gm, (group, name) => (name === state ? group : ''));
}

/** On a round plate of this colour, which no line of the drawing needs to stand out from. */
function onPlate(svg, color, grid, state) {
  const radius = grid / 2;
  const middle = (trayStates.indexOf(state) + 0.5) * grid;
  return svg.replace('</defs>', `</defs><circle cx="${middle}" cy="${radius}" r="${radius}" fill="${color}"/>`);
}

function png(svg, size) {
  const options = { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } };
  return new Resvg(svg, options).render().asPng();
}

/** ICO with PNG payloads: https://learn.microsoft.com/windows/win32/menurc/newheader */
function ico(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, [size, image]] of images.entries()) {
    const entry = 6 + 16 * index;
    // The field is one byte, in which 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(image.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  }
  return Buffer.concat([header, ...images.map(([, image]) => image)]);
}

/** ICNS: a length-prefixed list of chunks; each length counts its own 8 bytes of header. */
function icns(images) {
  const chunk = (type, body) => {
    const header = Buffer.from(`${type}----`, 'latin1');
    header.writeUInt32BE(header.length + body.length, 4);
    return Buffer.concat([header, body]);
  };
  return chunk('icns', Buffer.concat(images.map(([type, image]) => chunk(type, image))));
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const assets = fileURLToPath(new URL('../assets', import.meta.url));
  for (const [path, bytes] of icons(assets)) {
    mkdirSync(dirname(join(assets, path)), { recursive: true });
    writeFileSync(join(assets, path), bytes);
  }
}
