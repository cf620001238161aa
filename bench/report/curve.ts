/** What grows with something, as a picture. */
export type Curve = {
  /** The name of its file, without its ending. */
  readonly name: string;
  readonly title: string;
  /** What is counted along the bottom, such as "profiles". */
  readonly of: string;
  readonly unit: string;
  readonly lines: readonly Line[];
};

export type Line = { readonly name: string; readonly points: readonly Point[] };

/** `count` is at least 1. The middle half of the measurements lies between `low` and `high`. */
export type Point = { readonly count: number; readonly median: number; readonly low: number; readonly high: number };

const size = { width: 640, height: 320 };
const plot = { left: 64, right: 24, bottom: 48 };
/** The names of the lines stand below the title, one under the other, so that no line goes through them. */
const names = { top: 42, height: 17 };
const colors = [
  { light: '#1f5fbf', dark: '#7db0f5' },
  { light: '#a8570b', dark: '#e8a35c' },
  { light: '#2c7a3f', dark: '#7bcf90' },
];

/**
 * The curve as an SVG picture for light and dark pages. The counts stand on a logarithmic scale, the values on a linear one
 * that begins at 0: what costs the same for each thing more bends upwards.
 */
export function curvePicture({ title, of, unit, lines }: Curve): string {
  const points = lines.flatMap((line) => line.points);
  const counts = [...new Set(points.map(({ count }) => count))].toSorted((left, right) => left - right);
  const marks = niceMarks(Math.max(...points.map(({ high, median }) => Math.max(high, median))));
  const top = names.top + lines.length * names.height + 8;
  const x = scale([Math.log10(counts[0] ?? 1), Math.log10(counts.at(-1) ?? 1)], [plot.left, size.width - plot.right]);
  const y = scale([0, marks.at(-1) ?? 1], [size.height - plot.bottom, top]);
  const at = ({ count, median }: Point) => `${place(x(Math.log10(count)))},${place(y(median))}`;
  const bottom = size.height - plot.bottom;
  const parts = [
    `<text class="title" x="${plot.left}" y="22">${escaped(title)}</text>`,
    ...marks.map((mark) => `<path class="grid" d="M${plot.left} ${place(y(mark))}H${size.width - plot.right}"/>`),
    ...marks.map((mark) => `<text class="y" x="${plot.left - 8}" y="${place(y(mark) + 4)}">${number(mark)}</text>`),
    ...counts.map((count) => `<text class="x" x="${place(x(Math.log10(count)))}" y="${bottom + 18}">${number(count)}</text>`),
    `<text class="x" x="${(plot.left + size.width - plot.right) / 2}" y="${bottom + 38}">${escaped(of)}</text>`,
    `<text class="unit" x="${plot.left - 8}" y="${top - 10}">${escaped(unit)}</text>`,
    ...lines.flatMap((line, index) => [
      `<g class="line${index}">`,
      `<polyline fill="none" points="${line.points.map(at).join(' ')}"/>`,
      ...line.points.map(({ count, low, high }) => `<path d="M${place(x(Math.log10(count)))} ${place(y(low))}V${place(y(high))}"/>`),
      ...line.points.map((point) => `<circle cx="${at(point).replace(',', '" cy="')}" r="3"/>`),
      `<text x="${plot.left}" y="${names.top + index * names.height}">${escaped(line.name)}</text>`,
      '</g>',
    ]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img">
<title>${escaped(title)}</title>
<style>${style(lines.length)}</style>
${parts.join('\n')}
</svg>
`;
}

/** It follows the theme of the page where that is the system's, and has no background of its own. */
function style(lines: number): string {
  const used = colors.slice(0, lines);
  const inTheme = (theme: 'light' | 'dark') =>
    used.map((color, index) => `.line${index}{stroke:${color[theme]}}.line${index} text,.line${index} circle{fill:${color[theme]}}`).join('');
  return [
    'text{font:12px system-ui,sans-serif;fill:#57606a;stroke:none}.title{font-size:14px;fill:#24292f}.grid{stroke:#8c959f;stroke-opacity:.35}',
    '.x{text-anchor:middle}.y,.unit{text-anchor:end}polyline{fill:none;stroke-width:2}path{fill:none}',
    inTheme('light'),
    `@media (prefers-color-scheme:dark){text{fill:#9da7b3}.title{fill:#e6edf3}${inTheme('dark')}}`,
  ].join('');
}

/** From 0 in four or five even steps of 1, 2 or 5 times a power of ten, up to the first one that is not below `max`. */
function niceMarks(max: number): readonly number[] {
  const rough = Math.max(max, Number.MIN_VALUE) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const count = Math.ceil(max / step);
  return Array.from({ length: count + 1 }, (_none, index) => index * step);
}

/** Where all counts are one, that is in the middle. */
function scale([from, to]: readonly [number, number], [first, last]: readonly [number, number]): (value: number) => number {
  return (value) => (to === from ? (first + last) / 2 : first + ((value - from) / (to - from)) * (last - first));
}

function number(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 4 });
}

const place = (value: number): number => Math.round(value * 10) / 10;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
