import type { Curve } from './curve.ts';
import type { Row } from './row.ts';

/** What a part of the bench found out. */
export type Found = { readonly rows: readonly Row[]; readonly curves: readonly Curve[] };
