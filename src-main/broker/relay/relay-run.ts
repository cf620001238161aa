import type { PassedCall, StsAnswer } from '../../aws/relay/pass-on.ts';
import type { ArrivedRequest } from '../../aws/relay/claim.ts';
import type { AppError, Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { enduresMs, isDeployer, isForState } from '../../core/relay/callers.ts';
import { equalCallKey, goodUntil } from '../../core/relay/equal-calls.ts';
import { AskedCalls, madeNow, type ForeseenCall } from '../../core/relay/foreseen-calls.ts';
import { credentialsIn } from '../../core/relay/issued-credentials.ts';
import { accountOfRole, judge, judgeSession, type Judgement } from '../../core/relay/judgement.ts';
import { accountsOf, withAccount, type Meant } from '../../core/relay/meant.ts';
import { formOf, parseStsRequest, type StsRequest } from '../../core/relay/sts-request.ts';
import { AnsweredCalls, type Answered } from './answered-calls.ts';
import { refusalOf, type RelayAnswer, type Sentences } from './answers.ts';
import { signerOf, type Signer } from './authentic.ts';
import { IssuedKeys, type HandedOut, type IssuedKey } from './issued-keys.ts';
import { SharedQuestions } from '../questions/shared-questions.ts';
import type { AskPerson, RelayPermission, RelayQuestion } from './questions.ts';

/** Which run it is, for people. */
export type RunIdentity = {
  readonly run: string;
  readonly profile: string;
  readonly program: string | null;
  readonly folder: string | null;
};

/**
 * What a run did, or wanted to: assume a role, or with no role reach the account of its session.
 * `failed` is AWS's own refusal, `refused` ours. `at` in epoch milliseconds.
 */
export type RelayEvent = RunIdentity & {
  readonly at: number;
  readonly role: string | null;
  readonly accountId: string;
  readonly outcome: 'reached' | 'failed' | 'refused';
};

/** A call that may be made. */
type PermittedCall = { readonly request: StsRequest; readonly signer: Signer; readonly userAgent: string };

type AskedSession = { readonly profile: string; readonly accountId: string };
type AskedAccount = { readonly accountId: string; readonly role: string | null; readonly profile?: string };

export type RunParts = {
  readonly identity: RunIdentity;
  readonly meant: Meant;
  /** Whether equal calls are answered from the first one's answer. */
  readonly repeats: boolean;
  readonly mustBeTyped: (accountId: string) => boolean;
  /** For how long the refusal of a person holds, in milliseconds. */
  readonly refusedForMs: number;
  readonly sentences: Sentences;
  readonly ask: AskPerson;
  /** A person said that the run's folder is for this account; null where nobody may say so. */
  readonly bind: ((accountId: string) => void) | null;
  readonly send: (call: PassedCall, region: string | null) => Promise<Result<StsAnswer>>;
  readonly record: (event: RelayEvent) => void;
  /** Hears of each call that does not reach AWS. */
  readonly onRefusal: (error: AppError) => void;
  readonly now: () => number;
};

/** One run, as the relay knows it: what it is meant for, what it may sign with, and what it was answered. */
export class RelayRun {
  readonly #parts: RunParts;
  readonly #keys = new IssuedKeys();
  readonly #answered: AnsweredCalls;
  /** Calls about one account share a question. */
  readonly #questions: SharedQuestions<RelayQuestion, RelayPermission>;
  readonly #allowed = new Set<string>();
  /** Until when (epoch milliseconds) an account is refused without a question. */
  readonly #denied = new Map<string, number>();
  /** What was told already: a provider asks for its role again and again. */
  readonly #told = new Set<string>();
  readonly #reached = new Set<string>();
  readonly #calls = new AskedCalls();
  /** The session that the run was handed first. */
  #first: IssuedKey | null = null;
  /** The accounts into which profiles led when the run had their sessions first. */
  readonly #accounts = new Map<string, string>();
  #isOver = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#answered = new AnsweredCalls(parts.now);
    this.#questions = new SharedQuestions(parts.ask);
  }

  /** The accounts that it came into, but for those of roles that lead nowhere by themselves. */
  get reached(): readonly string[] {
    return [...this.#reached];
  }

  /** The run may sign with a session that the app hands out to it. */
  handedOut(session: HandedOut): void {
    const key = { ...session, issuedAt: this.#parts.now(), role: null };
    this.#keys.add(key);
    if (session.profile !== this.#parts.identity.profile) return;
    this.#first ??= key;
    this.pin(session.profile, session.accountId);
  }

  /**
   * Whether programs of the run may have a session that the app would hand out to them: of the profile that the run
   * was started with, or of another one whose account is meant. A profile that leads elsewhere than at first, because
   * the AWS files were edited meanwhile, counts as another one. A person may be asked on the way. Fails with
   * `relay-profile-not-meant`, `relay-not-allowed`, `relay-not-answered`.
   */
  async admits(asked: AskedSession, waitMs: number, signal: AbortSignal): Promise<Result<null>> {
    const { profile, accountId } = asked;
    const judgement = this.#judgedSession(asked);
    if (judgement.kind === 'pass') {
      this.pin(profile, accountId);
      return succeeded(null);
    }
    const judged = judgement.kind === 'refuse' ? failed(judgement.error) : await this.#asked({ accountId, role: null, profile }, waitMs, signal);
    if (judged.ok) return judged;
    this.#parts.onRefusal(judged.error);
    this.#record({ role: null, accountId, outcome: 'refused' });
    return judged;
  }

  /** Why it would refuse a session whatever a person says; null where it would not. */
  refusal(asked: AskedSession): AppError | null {
    const judgement = this.#judgedSession(asked);
    return judgement.kind === 'refuse' ? judgement.error : null;
  }

  #judgedSession(asked: AskedSession): Judgement {
    const { identity, meant, mustBeTyped } = this.#parts;
    const hasMoved = (this.#accounts.get(asked.profile) ?? asked.accountId) !== asked.accountId;
    const isOwn = asked.profile === identity.profile && !hasMoved;
    return isOwn ? { kind: 'pass' } : judgeSession({ ...asked, hasMoved }, { meant, allowed: this.#allowed, mustBeTyped });
  }

  /** The run came into this account with a profile first: one that leads elsewhere later counts as another one. */
  pin(profile: string, accountId: string): void {
    if (!this.#accounts.has(profile)) this.#accounts.set(profile, accountId);
  }

  async answer(arrived: ArrivedRequest, signal: AbortSignal): Promise<RelayAnswer> {
    const permitted = await this.#permitted(arrived, signal);
    if (!permitted.ok) return this.#refused(permitted.error, arrived.headers['content-type']);
    const call = permitted.value;
    const equal = this.#equalKey(call);
    const { answer, outcome, issued } = await this.#answered.answer(equal, () => this.#made(call));
    if (outcome !== null) this.#tell(call, outcome);
    if (outcome === 'reached' && equal !== null) this.#note(call, equal, issued);
    return answer;
  }

  /** What the run asked for, so that it can be there before the next run of the same command asks. */
  get calls(): readonly ForeseenCall[] {
    return this.#calls.all;
  }

  /**
   * Makes calls before the run asks for them, while its programs are still starting: where it asks, the answer is
   * there. Only those that would pass without a question; nothing is told of one that the run does not ask for.
   */
  async foresee(calls: readonly ForeseenCall[]): Promise<void> {
    if (!this.#parts.repeats) return;
    const sessions: Promise<IssuedKey | null>[] = [];
    for (const call of calls)
      sessions.push(this.#foreseen(call, call.by === null ? Promise.resolve(this.#first) : (sessions[call.by] ?? Promise.resolve(null))));
    await Promise.all(sessions);
  }

  /** The session that came with the answer; null where there is none. */
  async #foreseen({ request, region, userAgent }: ForeseenCall, signedBy: Promise<IssuedKey | null>): Promise<IssuedKey | null> {
    const key = await signedBy;
    if (key === null || this.#isOver) return null;
    const call = { request: madeNow(request, this.#parts.now()), signer: { key, region }, userAgent };
    if (this.#judgement(call).kind !== 'pass') return null;
    const { issued } = await this.#answered.answer(this.#equalKey(call), () => this.#made(call));
    return issued === null ? null : this.#keys.find(issued);
  }

  /** What it has in common with calls that get the same answer; null for a call that is always made. */
  #equalKey({ request, signer: { key, region } }: PermittedCall): string | null {
    return this.#parts.repeats && key !== null && region !== null ? equalCallKey(request, { accessKeyId: key.credentials.accessKeyId, region }) : null;
  }

  dispose(): void {
    this.#isOver = true;
    this.#questions.dispose();
  }

  /** Reads, authenticates and judges a call; a person may be asked on the way. */
  async #permitted(arrived: ArrivedRequest, signal: AbortSignal): Promise<Result<PermittedCall>> {
    const { method, query, headers, body } = arrived;
    const read = parseStsRequest({ method, query, contentType: headers['content-type'] ?? '', body: body.toString('utf8') });
    if (read.kind === 'invalid') return failed(appError('relay-request-invalid', { reason: read.reason }));
    const signer = await signerOf(arrived, read.request, this.#keys, this.#parts.now());
    if (!signer.ok) return signer;
    const call = { request: read.request, signer: signer.value, userAgent: headers['user-agent'] ?? '' };
    const judged = await this.#judged(call, signal);
    if (judged.ok) return succeeded(call);
    this.#tell(call, 'refused');
    return judged;
  }

  async #judged(call: PermittedCall, signal: AbortSignal): Promise<Result<null>> {
    const judgement = this.#judgement(call);
    if (judgement.kind === 'pass') return succeeded(null);
    if (judgement.kind === 'refuse') return failed(judgement.error);
    return this.#asked(judgement, enduresMs(call.userAgent), signal);
  }

  #judgement({ request, signer, userAgent }: PermittedCall): Judgement {
    const { meant, mustBeTyped } = this.#parts;
    const { accountId: caller = null, role: callerRole = null } = signer.key ?? {};
    const program = { isDeployer: isDeployer(userAgent), isForState: isForState(userAgent) };
    return judge(request, { meant, allowed: this.#allowed, mustBeTyped, caller, callerRole, ...program });
  }

  /** `profile` is whose session is asked for, where that is not the run's own. */
  async #asked({ accountId, role, profile }: AskedAccount, waitMs: number, signal: AbortSignal): Promise<Result<null>> {
    const { identity, meant, bind, refusedForMs, now } = this.#parts;
    const asked = { account: accountId, role: role ?? '', meant: accountsOf(meant).join(', '), accounts: withAccount(meant, accountId) };
    if ((this.#denied.get(accountId) ?? 0) > now()) return failed(appError('relay-not-allowed', asked));
    const permission = await this.#questions.put(
      accountId,
      { ...identity, ...(profile === undefined ? {} : { profile }), accountId, role, canBind: bind !== null, answerBy: now() + waitMs },
      waitMs,
      signal,
    );
    if (permission === null) return failed(appError('relay-not-answered', asked));
    if (permission === 'refuse') {
      this.#denied.set(accountId, now() + refusedForMs);
      return failed(appError('relay-not-allowed', asked));
    }
    if (permission === 'this-folder' && !this.#allowed.has(accountId)) bind?.(accountId);
    this.#allowed.add(accountId);
    return succeeded(null);
  }

  async #made(call: PermittedCall): Promise<Answered> {
    const { request, signer, userAgent } = call;
    const passed = {
      action: request.action,
      form: formOf(request),
      headers: { 'user-agent': userAgent },
      credentials: signer.key?.signsAs ?? signer.key?.credentials ?? null,
    };
    const sent = await this.#parts.send(passed, signer.region);
    if (!sent.ok) return { answer: this.#refused(sent.error), goodUntil: null, outcome: null, issued: null };
    const answer: RelayAnswer = sent.value;
    if (answer.status !== 200) return { answer, goodUntil: null, outcome: 'failed', issued: null };
    const issued = credentialsIn(answer.body.toString(), signer.key?.accountId ?? null);
    if (issued !== null)
      this.#keys.add({ ...issued, issuedAt: this.#parts.now(), profile: null, role: request.parameters.get('RoleArn') ?? signer.key?.role ?? null });
    const issuedId = issued?.credentials.accessKeyId ?? null;
    const key = issuedId === null ? signer.key : this.#keys.find(issuedId);
    const until = key === null ? null : goodUntil({ issuedAt: key.issuedAt, expiresAt: key.credentials.expiresAt });
    return { answer, goodUntil: until, outcome: 'reached', issued: issuedId };
  }

  #refused(error: AppError, requestType?: string): RelayAnswer {
    this.#parts.onRefusal(error);
    return refusalOf(error, this.#parts.sentences, requestType);
  }

  /** Remembers a call for the next run. */
  #note({ request, signer: { key, region }, userAgent }: PermittedCall, equal: string, issued: string | null): void {
    // The next run has the session that it is handed to sign with, and no one of another profile.
    if (key === null || region === null || ![null, this.#parts.identity.profile].includes(key.profile)) return;
    this.#calls.add({ request, region, userAgent, equal, accessKeyId: key.credentials.accessKeyId, role: key.role }, issued);
  }

  /** Says what a call reaches; nothing of those that only ask. */
  #tell({ request, signer, userAgent }: PermittedCall, outcome: RelayEvent['outcome']): void {
    const { meant } = this.#parts;
    const role = request.parameters.get('RoleArn') ?? null;
    // The role of a role's session was told when it was assumed.
    const isWithoutRole = request.action === 'GetCallerIdentity' && isDeployer(userAgent) && signer.key?.role === null;
    const reaches = role !== null || isWithoutRole;
    const accountId = role === null ? (signer.key?.accountId ?? null) : accountOfRole(role);
    if (!reaches || accountId === null || !this.#record({ role, accountId, outcome })) return;
    if (outcome === 'reached' && !(role !== null && [...meant.onTheWay, ...meant.ofState].includes(role))) this.#reached.add(accountId);
  }

  /** Whether it was not told already. */
  #record(what: Pick<RelayEvent, 'role' | 'accountId' | 'outcome'>): boolean {
    const { identity, record, now } = this.#parts;
    const told = [what.accountId, what.role, what.outcome].join(' ');
    if (this.#told.has(told)) return false;
    this.#told.add(told);
    record({ ...identity, at: now(), ...what });
    return true;
  }
}
