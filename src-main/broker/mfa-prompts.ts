import { randomUUID } from 'node:crypto';
import type { AppError, Result } from '../contract/app-error.ts';
import type { CommandRequest } from '../contract/ipc.ts';
import type { MfaPrompt, Profile, PromptStep } from '../contract/ui-state.ts';
import type { AwsCalls, Caller } from '../aws/calls.ts';
import { isSecurityKey } from '../core/arn.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import { appError } from '../core/errors.ts';
import { isUsed, nextCodeAt, stillRefused, type UsedCode } from '../core/mfa-codes.ts';
import { isLive } from '../core/session.ts';
import type { UiStateStore } from './ui-state-store.ts';

/** What a code brought. */
export type IssuedSession = {
  readonly profile: Profile;
  readonly credentials: SessionCredentials;
  readonly caller: Caller;
  readonly issuedAt: number;
};

type World = {
  readonly aws: AwsCalls;
  readonly rememberSerial: (profile: string, serial: string | null) => void;
  /** Brings the prompt's window to the front. */
  readonly raise: () => void;
  /** The AWS config file, for sentences that send the user there. */
  readonly configFile: string;
  readonly now: () => number;
};

/** The one MFA prompt: finds the device, takes the code, sends it once, and says why it was refused. */
export class MfaPrompts {
  readonly #store: UiStateStore;
  readonly #world: World;
  #used: readonly UsedCode[] = [];
  /** Asked for while a code is on its way to AWS, which must not be interrupted. */
  #next: string | null = null;

  constructor(store: UiStateStore, world: World) {
    this.#store = store;
    this.#world = world;
  }

  /** Opens the prompt for a profile, in place of another one that still waits for its code. */
  open(profile: Profile): void {
    const { prompt } = this.#store.content;
    const sameProfile = prompt?.profile === profile.name;
    if (prompt?.step.kind === 'starting') this.#next = sameProfile ? this.#next : profile.name;
    else if (!sameProfile || prompt.step.kind === 'failed') this.#begin(profile);
    this.#world.raise();
  }

  cancel(promptId: string): void {
    const { prompt } = this.#store.content;
    // A code that was sent cannot be taken back: its session would be lost.
    if (prompt?.promptId !== promptId || prompt.step.kind === 'starting') return;
    const error = whyNotStarted(prompt.step);
    if (error !== null) this.#keepFailure(prompt.profile, error);
    this.close();
  }

  close(): void {
    this.#store.change({ prompt: null });
    const next = this.#store.content.profiles.find(({ name }) => name === this.#next);
    this.#next = null;
    if (next !== undefined) this.open(next);
  }

  chooseDevice({ promptId, serial }: CommandRequest<'chooseMfaDevice'>): void {
    const { prompt } = this.#store.content;
    if (prompt?.promptId !== promptId || prompt.step.kind !== 'choose-device') return;
    if (isSecurityKey(serial)) {
      this.#step(promptId, { ...prompt.step, reason: appError('mfa-device-unusable', { serial }) });
      return;
    }
    this.#world.rememberSerial(prompt.profile, serial);
    this.#step(promptId, { kind: 'enter-code', serial, refused: null });
  }

  /** The new session, or null when there is none: then the prompt says why. */
  async submit({ promptId, code }: CommandRequest<'submitMfa'>): Promise<IssuedSession | null> {
    const { prompt, profiles, settings } = this.#store.content;
    const profile = profiles.find(({ name }) => name === prompt?.profile);
    if (prompt?.promptId !== promptId || prompt.step.kind !== 'enter-code' || profile === undefined) return null;
    const { serial } = prompt.step;
    const issuedAt = this.#world.now();
    // Before any refusal: the window empties its field when a code that it sent comes back.
    this.#step(promptId, { kind: 'starting', serial });
    if (isUsed(this.#used, serial, code, issuedAt)) {
      return this.#refuse(prompt, serial, appError('mfa-code-used', { serial, retryAt: nextCodeAt(issuedAt) }));
    }
    const issued = await this.#world.aws.sessionToken(profile, { serial, code, durationSeconds: settings.sessionSeconds });
    if (!issued.ok) return this.#refuse(prompt, serial, issued.error);
    this.#used = [...stillRefused(this.#used, issuedAt), { serial, code, usedAt: issuedAt }];
    const caller = await this.#world.aws.callerOfSession(profile, issued.value);
    if (!caller.ok) return this.#refuse(prompt, serial, caller.error);
    return { profile, credentials: issued.value, caller: caller.value, issuedAt };
  }

  #begin(profile: Profile): void {
    const promptId = randomUUID();
    const purpose = isLive(profile.session) ? 'renew' : 'start';
    const serial = profile.mfaSerial ?? this.#store.content.settings.mfaSerials[profile.name] ?? null;
    const step: PromptStep =
      serial === null || isSecurityKey(serial)
        ? { kind: 'finding-device' }
        : { kind: 'enter-code', serial, refused: null };
    this.#store.change({ prompt: { promptId, profile: profile.name, purpose, identity: { kind: 'asking' }, step } });
    const asked = this.#world.aws.callerOfAccessKey(profile);
    void this.#showIdentity(asked, promptId);
    if (step.kind === 'finding-device') void this.#findDevice(profile, asked, promptId);
  }

  async #showIdentity(asked: Promise<Result<Caller>>, promptId: string): Promise<void> {
    const caller = await asked;
    this.#update(promptId, {
      identity: caller.ok ? { kind: 'known', ...caller.value } : { kind: 'unknown', error: caller.error },
    });
  }

  async #findDevice(profile: Profile, asked: Promise<Result<Caller>>, promptId: string): Promise<void> {
    const found = await this.#world.aws.mfaSerials(profile);
    this.#step(promptId, found.ok ? await stepForDevices(profile, found.value, asked) : stepForLookupFailure(found.error));
  }

  #refuse(prompt: MfaPrompt, serial: string, error: AppError): null {
    if (error.code === 'mfa-serial-wrong') {
      this.#world.rememberSerial(prompt.profile, null);
      this.#step(prompt.promptId, chooseDevice({ ...error, params: { ...error.params, file: this.#world.configFile } }));
    } else {
      this.#step(prompt.promptId, { kind: 'enter-code', serial, refused: error });
    }
    return null;
  }

  /** The panel goes on saying what the closed prompt said. */
  #keepFailure(profile: string, error: AppError): void {
    const session = this.#store.content.profiles.find(({ name }) => name === profile)?.session;
    if (session !== undefined && !isLive(session)) this.#store.changeSession(profile, { kind: 'failed', error });
  }

  #step(promptId: string, step: PromptStep): void {
    this.#update(promptId, { step });
  }

  /** Changes the prompt unless it was closed, or replaced, in the meantime. */
  #update(promptId: string, change: Pick<Partial<MfaPrompt>, 'identity' | 'step'>): void {
    const { prompt } = this.#store.content;
    if (prompt?.promptId === promptId) this.#store.change({ prompt: { ...prompt, ...change } });
  }
}

function whyNotStarted(step: PromptStep): AppError | null {
  switch (step.kind) {
    case 'enter-code':
      return step.refused;
    case 'choose-device':
      // That one is a question, and not why there is no session.
      return step.reason?.code === 'mfa-device-lookup-denied' ? null : step.reason;
    case 'failed':
      return step.error;
    default:
      return null;
  }
}

function chooseDevice(reason: AppError): PromptStep {
  return { kind: 'choose-device', devices: [], reason };
}

async function stepForDevices(
  profile: Profile,
  serials: readonly string[],
  asked: Promise<Result<Caller>>,
): Promise<PromptStep> {
  const usable = serials.filter((serial) => !isSecurityKey(serial));
  const [only, ...more] = usable;
  if (only !== undefined && more.length === 0) return { kind: 'enter-code', serial: only, refused: null };
  if (only !== undefined) return { kind: 'choose-device', devices: usable, reason: null };
  const [unusable] = serials;
  if (unusable !== undefined) return chooseDevice(appError('mfa-device-unusable', { serial: unusable }));
  const caller = await asked;
  return chooseDevice(appError('mfa-device-none', { userName: caller.ok ? caller.value.userName : profile.name }));
}

/** Without the permission the user can still say which device it is; without AWS nothing can be done. */
function stepForLookupFailure(error: AppError): PromptStep {
  return error.code === 'permission-denied' ? chooseDevice(appError('mfa-device-lookup-denied')) : { kind: 'failed', error };
}
