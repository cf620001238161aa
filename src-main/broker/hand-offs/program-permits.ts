import type { Result } from '../../contract/app-error.ts';
import type { AnswerTo, Asker, ProgramQuestion } from '../../contract/question.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { programKey } from '../../core/hand-offs/program-key.ts';
import type { OpenQuestions } from '../questions/open-questions.ts';
import { SharedQuestions } from '../questions/shared-questions.ts';
import type { HeldSessions, LiveHeld } from '../sessions/held-sessions.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';

/** How long the command line waits for a person to let it have a session, in milliseconds. */
export const permitMs = 2 * 60_000;

/** Who wants a session, and how long it waits, in milliseconds. */
export type WantingProgram = { readonly known: () => Promise<Asker | null>; readonly signal: AbortSignal; readonly waitMs: number };

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly held: Pick<HeldSessions, 'find'>;
  readonly questions: Pick<OpenQuestions, 'ask'>;
  readonly now: () => number;
};

type Asked = Omit<ProgramQuestion, 'questionId'>;

/**
 * Where the user has chosen to be asked for each program: which ones may have a session, until it ends. Calls
 * of one program share a question. A program of which nothing is known is asked for each time.
 */
export class ProgramPermits {
  readonly #parts: Parts;
  readonly #questions: SharedQuestions<Asked, AnswerTo<'program'>>;
  /** By the access key ID of the session that cost a code. */
  readonly #allowed = new Map<string, Set<string>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#questions = new SharedQuestions((question, signal) => parts.questions.ask(question, signal));
  }

  /** Fails with `program-refused` `{profile}`, or `program-unanswered` `{profile, seconds}`. */
  async admit({ profile, session, credentials, limit }: LiveHeld, { known, signal, waitMs }: WantingProgram): Promise<Result<null>> {
    const { store, held, now } = this.#parts;
    if (!store.content.settings.askPrograms) return succeeded(null);
    // A role session is renewed each hour without the user.
    const source = session.origin === 'session' ? held.find(profile.role?.userProfile ?? profile.name) : null;
    const allowed = this.#allowedFor((source?.credentials ?? credentials).accessKeyId);
    const asker = await known();
    // Who may have a limited session may not have the whole one for that.
    const key = asker === null ? null : [limit?.id ?? '', programKey(asker)].join(' ');
    if (key !== null && allowed.has(key)) return succeeded(null);
    const question = { kind: 'program', profile: profile.name, accountId: session.identity.accountId, asker, answerBy: now() + waitMs } as const;
    const answer = await this.#questions.put(`${profile.name} ${key ?? crypto.randomUUID()}`, question, waitMs, signal);
    if (answer === null) return failed(appError('program-unanswered', { profile: profile.name, seconds: Math.round(waitMs / 1000) }));
    if (answer === 'refuse') return failed(appError('program-refused', { profile: profile.name }));
    if (key !== null) allowed.add(key);
    return succeeded(null);
  }

  /** Forgets the permits of sessions that have ended. */
  #allowedFor(accessKeyId: string): Set<string> {
    const live = new Set(this.#parts.store.content.profiles.map(({ name }) => this.#parts.held.find(name)?.credentials.accessKeyId));
    for (const known of this.#allowed.keys()) if (!live.has(known)) this.#allowed.delete(known);
    const allowed = this.#allowed.get(accessKeyId) ?? new Set<string>();
    this.#allowed.set(accessKeyId, allowed);
    return allowed;
  }
}
