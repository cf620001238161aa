import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { MfaPrompt } from '../../contract/ui-state.ts';
import type { AwsConfig } from '../../aws/files/profiles.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isKeyReader, type FoundSource } from '../../core/prompts/code-source.ts';
import { nextCodeAt } from '../../core/prompts/mfa-codes.ts';
import type { PromptTarget } from '../../core/prompts/prompt-queue.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { CodePlace, CodeSources, Progress } from './code-sources.ts';
import type { MfaPrompts } from './mfa-prompts.ts';
import type { Requester } from './waiting-programs.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly prompts: Pick<MfaPrompts, 'submit' | 'showSource' | 'useCode' | 'deviceOf'>;
  readonly sources: CodeSources;
  readonly now: () => number;
};

/** The source of the open prompt, from when its device is known. */
type Run = { readonly key: string; readonly stop: AbortController; sends: boolean; hasSent: boolean };

/** How often a source is asked for one session: a code that had been used is followed by another one. */
const triesMax = 2;

/** A source may be a moment behind the clock at which its next code begins, in milliseconds. */
const slackMs = 250;

/** Fills the prompt with the codes of sources, and sends them; the user can type all the same. One child gives the code for all who wait. */
export class SourcedCodes {
  readonly #parts: Parts;
  readonly #unsubscribe: () => void;
  readonly #quitting = new AbortController();
  /** What the command line asked for, by what it said. */
  readonly #asked = new Map<string, Promise<Result<null>>>();
  #run: Run | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#unsubscribe = parts.store.subscribe(() => this.#follow());
  }

  configLoaded(processes: AwsConfig['mfaProcesses']): void {
    this.#parts.sources.configLoaded(processes);
  }

  /** With false the user types, and the source is asked no more; with true it is asked again. */
  use({ promptId, use }: CommandRequest<'askCodeSource'>): void {
    const { prompt } = this.#parts.store.content;
    if (prompt?.promptId !== promptId || prompt.step.kind !== 'enter-code') return;
    const { serial } = prompt.step;
    this.#stop(prompt);
    if (use) this.#begin(prompt, serial, keyOf(prompt, serial));
  }

  /**
   * Starts the target's session with a code of its source, without a prompt. `program` is what the source has to be.
   * Errors: `code-source-none` `{profile}`, `code-source-other` `{profile, program, wanted}`, those of the source, and AWS's.
   */
  useSource(target: PromptTarget, program: string, requester: Requester): Promise<Result<null>> {
    const key = JSON.stringify([target.profile.name, program, target.durationSeconds ?? null]);
    const asked = this.#asked.get(key) ?? this.#useSource(target, program, requester).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  dispose(): void {
    this.#unsubscribe();
    this.#quitting.abort();
    this.#run?.stop.abort();
  }

  async #useSource(target: PromptTarget, program: string, requester: Requester): Promise<Result<null>> {
    const { prompts, sources } = this.#parts;
    const device = await prompts.deviceOf(target);
    if (!device.ok) return device;
    const { profile } = target;
    const place: CodePlace = { ...device.value, profile: profile.name, roleAccountId: profile.role?.accountId ?? null };
    const found = sources.find(place);
    if (found === null) return failed(appError('code-source-none', { profile: profile.name }));
    if (!found.ok) return found;
    if (found.value.program !== program) return failed(appError('code-source-other', { profile: profile.name, program: found.value.program, wanted: program }));
    const signal = requester.by === 'program' ? AbortSignal.any([requester.signal, this.#quitting.signal]) : this.#quitting.signal;
    const send = async (code: string): Promise<AppError | null> => {
      const sent = await prompts.useCode(target, code, program);
      return sent.ok ? null : sent.error;
    };
    const error = await this.#deliver(found.value, place, send, { signal, tell: () => {} });
    return error === null ? succeeded(null) : failed(error);
  }

  /** Follows the prompt, which opens, changes and closes by many hands. */
  #follow(): void {
    const { prompt } = this.#parts.store.content;
    const serial = prompt !== null && 'serial' in prompt.step ? prompt.step.serial : null;
    const key = prompt === null || serial === null ? null : keyOf(prompt, serial);
    if (this.#run !== null && this.#run.key !== key) {
      this.#run.stop.abort();
      this.#run = null;
    }
    if (prompt === null || serial === null || key === null) return;
    if (this.#run === null) this.#begin(prompt, serial, key);
    // The user was quicker.
    else if (prompt.step.kind === 'starting' && !this.#run.sends) this.#stop(prompt);
  }

  #stop(prompt: MfaPrompt): void {
    this.#run?.stop.abort();
    const { progress } = prompt.source ?? {};
    if (prompt.source !== null && progress?.kind !== 'failed' && progress?.kind !== 'stopped') {
      this.#parts.prompts.showSource(prompt.promptId, { ...prompt.source, progress: { kind: 'stopped' } });
    }
  }

  #begin(prompt: MfaPrompt, serial: string, key: string): void {
    const run: Run = { key, stop: new AbortController(), sends: false, hasSent: false };
    this.#run = run;
    if (prompt.step.kind === 'enter-code') void this.#fill(prompt, serial, run);
  }

  async #fill({ promptId, profile, userProfile, role }: MfaPrompt, serial: string, run: Run): Promise<void> {
    const { store, prompts, sources } = this.#parts;
    const { signal } = run.stop;
    const user = store.profile(userProfile) ?? store.profile(profile);
    if (user === undefined) return;
    const place: CodePlace = { profile, roleAccountId: role?.accountId ?? null, userProfile: { ...user, name: userProfile }, serial };
    const found = sources.find(place);
    if (found === null) return;
    const { program, touch } = found.ok ? found.value : { program: 'mfa_process', touch: false };
    const takesTouch = touch || isKeyReader(program);
    const tell = (progress: Progress): void => {
      if (!signal.aborted) prompts.showSource(promptId, { program, touch: takesTouch, progress });
    };
    if (!found.ok) return tell({ kind: 'failed', error: found.error });
    const send = async (code: string): Promise<AppError | null> => {
      if (signal.aborted) return null;
      run.sends = true;
      const refused = await prompts.submit({ promptId, code }, program);
      run.sends = false;
      run.hasSent = true;
      return refused;
    };
    const error = await this.#deliver(found.value, place, send, { signal, tell });
    if (error === null) return;
    // What AWS said of a code stands below the field already.
    tell(run.hasSent ? { kind: 'stopped' } : { kind: 'failed', error });
  }

  /** Asks for a code and sends it, and for another one where that had been used; returns why it did not work. */
  async #deliver(
    found: FoundSource,
    place: CodePlace,
    send: (code: string) => Promise<AppError | null>,
    { signal, tell }: { readonly signal: AbortSignal; readonly tell: (progress: Progress) => void },
  ): Promise<AppError | null> {
    const { sources, now } = this.#parts;
    for (let tries = 1; ; tries += 1) {
      const code = await sources.code(found, place, { signal, tell });
      if (!code.ok) return code.error;
      tell({ kind: 'answered' });
      const refused = await send(code.value);
      // AWS says the same of a code that another program has used as of a wrong one.
      const isUsed = refused?.code === 'mfa-code-used' || refused?.code === 'mfa-code-wrong';
      if (!isUsed || tries === triesMax || signal.aborted) return refused;
      const until = nextCodeAt(now());
      tell({ kind: 'waiting', until });
      if (!(await passed(until + slackMs - now(), signal))) return refused;
    }
  }
}

function keyOf({ promptId }: MfaPrompt, serial: string): string {
  return `${promptId} ${serial}`;
}

/** Whether so many milliseconds passed before `signal` aborted. */
function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
