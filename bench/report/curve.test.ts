import { describe, expect, test } from 'vitest';
import { curvePicture, type Curve } from './curve.ts';

const point = (count: number, median: number) => ({ count, median, low: median * 0.9, high: median * 1.1 });
const curve: Curve = {
  name: 'history',
  title: 'Reading the history',
  of: 'lines',
  unit: 'ms',
  lines: [{ name: 'by the local API', points: [point(1, 2), point(100, 3), point(10_000, 80)] }],
};

/** Where the dots of the first line are, from left to right. */
function dots(svg: string): readonly { readonly x: number; readonly y: number }[] {
  return [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

describe('the picture of a curve', () => {
  test('the picture of a curve has a dot for each count, at even distances for equal factors, and higher ones for larger values', () => {
    const [first, second, third, ...others] = dots(curvePicture(curve));
    expect(others).toEqual([]);
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo((third?.x ?? 0) - (second?.x ?? 0), 0);
    expect(first?.y).toBeGreaterThan(second?.y ?? 0);
    expect(second?.y).toBeGreaterThan(third?.y ?? 0);
  });

  test('the picture of a curve stays inside, also where the middle half reaches beyond the median', () => {
    const svg = curvePicture({ ...curve, lines: [{ name: 'a', points: [{ count: 1, median: 10, low: 1, high: 400 }, point(10, 20)] }] });
    for (const [, top] of svg.matchAll(/V([\d.]+)"/g)) expect(Number(top)).toBeGreaterThanOrEqual(44);
  });

  test('the picture of a curve names what is counted, what is measured and each line', () => {
    const svg = curvePicture({ ...curve, title: 'Start & <panel>', lines: [...curve.lines, { name: 'the same', points: [point(1, 1)] }] });
    for (const text of ['Start &amp; &lt;panel&gt;', '>lines<', '>ms<', '>by the local API<', '>the same<', '>10,000<', '>100<']) expect(svg).toContain(text);
  });

  test('the picture of a curve has colours of its own for dark pages, and no background', () => {
    const svg = curvePicture(curve);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toContain('<rect');
  });

  test('the picture of a curve begins at nothing and ends at an even number', () => {
    const marks = [...curvePicture(curve).matchAll(/class="y"[^>]*>([^<]+)</g)].map(([, mark]) => mark);
    expect(marks).toEqual(['0', '50', '100']);
  });

  test('the picture of a curve with one count has its dot in the middle', () => {
    expect(dots(curvePicture({ ...curve, lines: [{ name: 'a', points: [point(5, 5)] }] }))).toEqual([{ x: 340, y: expect.any(Number) as number }]);
  });
});
