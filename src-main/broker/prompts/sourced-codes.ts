import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { MfaPrompt } from '../../contract/ui-state.ts';
import type { AwsConfig } from '../../aws/files/profiles.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isKeyReader } from '../../core/prompts/code-source.ts';
import type { PromptTarget } from '../../core/prompts/prompt-queue.ts';
import { isLive } from '../../core/sessions/session.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { CodeDeliveries, type WantedCode } from './code-deliveries.ts';
import type { CodePlace, CodeSources, Progress } from './code-sources.ts';
import type { MfaPrompts } from './mfa-prompts.ts';
import type { Requester } from './waiting-programs.ts';

type Parts = {
  readonly store: UiStateStore;
  readonly prompts: Pick<MfaPrompts, 'submit' | 'showSource' | 'useCode' | 'deviceOf' | 'secondsOf'>;
  readonly sources: CodeSources;
  readonly now: () => number;
};

/** The source of the open prompt, from when its device is known. */
type Run = {
  readonly key: string;
  readonly profile: string;
  readonly stop: AbortController;
  /** What it wants of its source; null where it has none. */
  wanted: WantedCode | null;
  sends: boolean;
  hasSent: boolean;
  /** The user's own code is on its way. */
  isTyped: boolean;
};

/** Fills the prompt with the codes of sources, and sends them; the user can type all the same. One child gives the code for all who wait. */
export class SourcedCodes {
  readonly #parts: Parts;
  readonly #unsubscribe: () => void;
  readonly #quitting = new AbortController();
  readonly #deliveries: CodeDeliveries;
  /** The devices that AWS is asked for, by profile. */
  readonly #looking = new Map<string, ReturnType<MfaPrompts['deviceOf']>>();
  #run: Run | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#deliveries = new CodeDeliveries(parts);
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
   * One who goes leaves the source to those who wait for the same session, such as an open prompt.
   * Errors: `code-source-none` `{profile}`, `code-source-other` `{profile, program, wanted}`, those of `CodeDeliveries`.
   */
  async useSource(target: PromptTarget, program: string, requester: Requester): Promise<Result<null>> {
    const { prompts, sources } = this.#parts;
    const { profile } = target;
    const since = this.#deliveries.moment;
    const looking = this.#looking.get(profile.name) ?? prompts.deviceOf(target).finally(() => this.#looking.delete(profile.name));
    this.#looking.set(profile.name, looking);
    const device = await looking;
    if (!device.ok) return device;
    const place: CodePlace = { ...device.value, profile: profile.name, roleAccountId: profile.role?.accountId ?? null };
    const found = sources.find(place);
    if (found === null) return failed(appError('code-source-none', { profile: profile.name }));
    if (!found.ok) return found;
    if (found.value.program !== program) return failed(appError('code-source-other', { profile: profile.name, program: found.value.program, wanted: program }));
    const error = await this.#deliveries.join(
      { found: found.value, place, durationSeconds: prompts.secondsOf(target) },
      {
        since,
        isPrompt: false,
        tell: () => {},
        send: async (code) => {
          const sent = await prompts.useCode(target, code, program);
          return sent.ok ? null : sent.error;
        },
        signal: requester.by === 'program' ? AbortSignal.any([requester.signal, this.#quitting.signal]) : this.#quitting.signal,
      },
    );
    return error === null ? succeeded(null) : failed(error);
  }

  dispose(): void {
    this.#unsubscribe();
    this.#quitting.abort();
    this.#run?.stop.abort();
    this.#deliveries.dispose();
  }

  /** Follows the prompt, which opens, changes and closes by many hands. */
  #follow(): void {
    const { prompt } = this.#parts.store.content;
    const serial = prompt !== null && 'serial' in prompt.step ? prompt.step.serial : null;
    const key = prompt === null || serial === null ? null : keyOf(prompt, serial);
    const { profiles } = this.#parts.store.content;
    if (this.#run !== null && this.#run.key !== key) {
      const { stop, profile, wanted, isTyped } = this.#run;
      stop.abort();
      this.#run = null;
      const started = profiles.find(({ name }) => name === profile);
      if (isTyped && wanted !== null && started !== undefined && isLive(started.session)) this.#deliveries.arrived(wanted);
    }
    if (prompt === null || serial === null || key === null) return;
    if (this.#run === null) this.#begin(prompt, serial, key);
    // The user was quicker.
    else if (prompt.step.kind === 'starting' && !this.#run.sends) {
      this.#run.isTyped = true;
      this.#stop(prompt);
    } else if (prompt.step.kind === 'enter-code') this.#run.isTyped = false;
  }

  #stop(prompt: MfaPrompt): void {
    this.#run?.stop.abort();
    const { progress } = prompt.source ?? {};
    if (prompt.source !== null && progress?.kind !== 'failed' && progress?.kind !== 'stopped') {
      this.#parts.prompts.showSource(prompt.promptId, { ...prompt.source, progress: { kind: 'stopped' } });
    }
  }

  #begin(prompt: MfaPrompt, serial: string, key: string): void {
    const run: Run = { key, profile: prompt.profile, stop: new AbortController(), wanted: null, sends: false, hasSent: false, isTyped: false };
    this.#run = run;
    if (prompt.step.kind === 'enter-code') void this.#fill(prompt, serial, run);
  }

  async #fill({ promptId, profile, userProfile, role, durationSeconds }: MfaPrompt, serial: string, run: Run): Promise<void> {
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
    run.wanted = { found: found.value, place, durationSeconds };
    const error = await this.#deliveries.join(run.wanted, { isPrompt: true, tell, send, signal });
    if (error === null) return;
    // What AWS said of a code stands below the field already.
    tell(run.hasSent ? { kind: 'stopped' } : { kind: 'failed', error });
  }
}

function keyOf({ promptId }: MfaPrompt, serial: string): string {
  return `${promptId} ${serial}`;
}
