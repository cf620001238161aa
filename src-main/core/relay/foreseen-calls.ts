import { madeUpSessionName } from './equal-calls.ts';
import type { StsRequest } from './sts-request.ts';

/**
 * A call that a run made, and that the next run of the same command in the same folder is likely to make
 * as well. `by` is the place of the call among those before it whose session signed it; null for the
 * session that the run was handed.
 */
export type ForeseenCall = { readonly request: StsRequest; readonly region: string; readonly userAgent: string; readonly by: number | null };

/** How many calls of a run are foreseen. */
const foreseenMax = 40;

/** A call as it was asked for. `equal` is what it has in common with calls that get the same answer, `role` that of the session that signed it. */
type AskedCall = Omit<ForeseenCall, 'by'> & { readonly equal: string; readonly accessKeyId: string; readonly role: string | null };

/** What a run asked for, so that it can be there before the next run of the same command asks. */
export class AskedCalls {
  readonly #calls: ForeseenCall[] = [];
  readonly #equal = new Set<string>();
  /** The place of the call that an access key came with. */
  readonly #issuedBy = new Map<string, number>();

  get all(): readonly ForeseenCall[] {
    return this.#calls;
  }

  /** `issued` is the ID of the access key that came with the answer, null where none did. */
  add({ equal, accessKeyId, role, ...call }: AskedCall, issued: string | null): void {
    if (this.#equal.has(equal) || this.#calls.length >= foreseenMax) return;
    const by = this.#issuedBy.get(accessKeyId) ?? null;
    // Its session comes from a call that is not foreseen.
    if (by === null && role !== null) return;
    this.#equal.add(equal);
    if (issued !== null) this.#issuedBy.set(issued, this.#calls.length);
    this.#calls.push({ ...call, by });
  }
}

/** The call as it is made now (epoch milliseconds): a session name that an SDK made up has the time in it. */
export function madeNow({ action, parameters }: StsRequest, now: number): StsRequest {
  const name = parameters.get('RoleSessionName') ?? '';
  const [, before = '', digits = ''] = madeUpSessionName.test(name) ? (/^(\D*)(\d+)$/.exec(name) ?? []) : [];
  if (digits === '') return { action, parameters };
  const time = String(now).padEnd(digits.length, '0').slice(0, digits.length);
  return { action, parameters: new Map([...parameters, ['RoleSessionName', before + time]]) };
}
