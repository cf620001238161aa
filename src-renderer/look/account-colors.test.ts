import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { givenColors } from '../../src-main/contract/limits.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How eyes see linear RGB (Machado, Oliveira and Fernandes, 2009, severity 1.0). */
const eyes: Readonly<Record<string, Matrix>> = {
  'eyes that see all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** In OKLab, whose white is 100 away from its black. The palette before this one had pairs that were 1.8 apart. */
const apart = 9;

const [light = '', dark = ''] = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').split('@media (prefers-color-scheme: dark)');
const themes = { light, dark };

describe.each(['light', 'dark'] as const)('the colours of accounts in the %s theme', (theme) => {
  const token = (name: string): Triple => linear(new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(themes[theme])?.[1] ?? '');

  it.each(Object.keys(eyes))('the colours that accounts are given are told apart by %s', (name) => {
    const seen = givenColors.map((color) =>
      oklab(
        times(
          eyes[name] ?? [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          token(`account-${color}`),
        ),
      ),
    );
    const closest = Math.min(...seen.flatMap((one, index) => seen.slice(index + 1).map((other) => distance(one, other))));
    expect(closest).toBeGreaterThan(apart);
  });

  it.each(['ground', 'surface', 'production-ground'])('the colours that accounts are given are seen on the %s', (ground) => {
    const faint = givenColors.filter((color) => contrast(token(`account-${color}`), token(ground)) <= 3);
    expect(faint).toEqual([]);
  });
});

function linear(hex: string): Triple {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function times(matrix: Matrix, [red, green, blue]: Triple): Triple {
  const row = ([r, g, b]: Triple): number => Math.min(1, Math.max(0, r * red + g * green + b * blue));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** Björn Ottosson, 2020. */
function oklab([red, green, blue]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: Triple, other: Triple): number {
  return 100 * Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** WCAG 2.2. */
function contrast(one: Triple, other: Triple): number {
  const [lighter = 0, darker = 0] = [one, other].map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue).toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}
