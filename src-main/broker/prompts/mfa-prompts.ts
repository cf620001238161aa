import { randomUUID } from 'node:crypto';
import type { AppError, Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import type { ConfiguredProfile, MfaPrompt, Profile, PromptSource, PromptStep } from '../../contract/ui-state.ts';
import type { AwsCalls, Caller } from '../../aws/requests/calls.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { AwsConfig } from '../../aws/files/profiles.ts';
import { isSecurityKey } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { isRecent } from '../../core/recent.ts';
import { takeNext, withFirst, withLast, without, type PromptQueue, type PromptTarget } from '../../core/prompts/prompt-queue.ts';
import { isLive } from '../../core/sessions/session.ts';
import type { CodeExchange, CodeRequest, IssuedSession } from '../issuing/code-exchange.ts';
import { chooseDevice, onlyDevice, serialOfRoles, stepForDevices } from './mfa-devices.ts';
import { whyNotStarted } from './prompt-failure.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { WaitingPrograms, type Requester } from './waiting-programs.ts';

export type PromptWindow = {
  /** Brings it to the front. */
  readonly raise: () => void;
  /** Resolves once it is on the screen; at once where there is none. Never rejects. */
  readonly onScreen: () => Promise<void>;
};

type World = {
  readonly aws: AwsCalls;
  readonly codes: Pick<CodeExchange, 'exchange'>;
  /** Called before a code is sent; the function that it returns takes the session that the code brought. */
  readonly expectSession: (profileName: string) => (issued: IssuedSession) => void;
  readonly rememberSerial: (profileName: string, serial: string | null) => void;
  readonly window: PromptWindow;
  /** For sentences that send the user to the AWS config file. */
  readonly files: Pick<AwsFiles, 'config'>;
  readonly now: () => number;
};

/** After a cancelled prompt, its programs' own retries are refused this long, in milliseconds. */
const quietAfterCancelMs = 3_000;

/** The one MFA prompt: finds the device, takes the code, sends it once, and answers all that wait for it. */
export class MfaPrompts {
  readonly #store: UiStateStore;
  readonly #world: World;
  readonly #waiting = new WaitingPrograms(
    () => this.#showWaiting(),
    (profile, how) => this.#left(profile, how),
    () => this.#world.now(),
  );
  /** The profiles whose prompts stay when no program waits: a person asked, or a program that is to be run again after the code. */
  readonly #kept = new Set<string>();
  /** Who the open prompt's access key belongs to. */
  #asked: Promise<Result<Caller>> | null = null;
  /** Prompts that come after the open one. */
  #next: PromptQueue = [];
  #userProfiles: AwsConfig['userProfiles'] = new Map();
  #cancelled: { readonly profile: string; readonly at: number } | null = null;

  constructor(store: UiStateStore, world: World) {
    this.#store = store;
    this.#world = world;
  }

  /** Opens the prompt for a user, in place of another one that still waits for its code. */
  open(target: PromptTarget): void {
    this.#kept.add(target.profile.name);
    this.#show(target);
  }

  #show(target: PromptTarget): void {
    const { prompt } = this.#store.content;
    const sameProfile = prompt?.profile === target.profile.name;
    if (prompt === null || (sameProfile && prompt.step.kind === 'failed')) this.#begin(target);
    else if (!sameProfile) this.#replace(prompt, target);
    else this.#update(prompt.promptId, { wantedFor: target.wantedFor ?? null });
    this.#world.window.raise();
  }

  /**
   * Waits until the prompt for the target has brought a session, and opens it, or has it open after
   * the one that is. Fails with `mfa-cancelled`, `mfa-timeout` or `app-quitting`.
   */
  async ask(target: PromptTarget, requester: Requester): Promise<Result<null>> {
    const { name } = target.profile;
    if (requester.by === 'user') this.open({ ...target, wantedFor: requester.wants ?? null });
    else if (this.#isQuiet(name)) return failed(appError('mfa-cancelled', { profile: name }));
    else this.#enqueue(target);
    return this.#waiting.wait(name, requester);
  }

  /** Sends a code that came without a prompt. A prompt that is open for the same session is answered by it. */
  async useCode(target: PromptTarget, code: string, codeFrom: string | null = null): Promise<Result<null>> {
    const hold = this.#world.expectSession(target.profile.name);
    const device = await this.deviceOf(target);
    if (!device.ok) return device;
    const sent = await this.#send(
      { profile: target.profile, durationSeconds: this.secondsOf(target), serial: device.value.serial, code, codeFrom, caller: null },
      hold,
    );
    return sent.ok || sent.error.code !== 'mfa-serial-wrong' ? sent : failed(this.#inConfigFile(sent.error));
  }

  /** The device that a code for the target would be of, and whose it is. */
  async deviceOf({ profile }: PromptTarget): Promise<Result<{ readonly serial: string; readonly userProfile: ConfiguredProfile }>> {
    const userProfile = this.#userProfileOf(profile);
    const serial = this.#knownSerial(userProfile) ?? (await this.#lookUpSerial(userProfile));
    return typeof serial === 'string' ? succeeded({ serial, userProfile }) : serial;
  }

  /** How long the target's session is to be. */
  secondsOf({ profile, durationSeconds }: PromptTarget): number {
    return durationSeconds ?? profile.role?.durationSeconds ?? this.#store.content.settings.sessionSeconds;
  }

  cancel(promptId: string): void {
    const { prompt } = this.#store.content;
    // A code that was sent cannot be taken back: its session would be lost.
    if (prompt?.promptId !== promptId || prompt.step.kind === 'starting') return;
    const error = whyNotStarted(prompt.step);
    if (error !== null) this.#keepFailure(prompt.profile, error);
    this.#cancelled = { profile: prompt.profile, at: this.#world.now() };
    this.#close();
    this.#waiting.answer(prompt.profile, failed(appError('mfa-cancelled', { profile: prompt.profile })));
  }

  /** Follows the AWS files. `isSame`: whether the open prompt's profile still means the same identity. */
  configLoaded({ userProfiles, isSame }: { readonly userProfiles: AwsConfig['userProfiles']; readonly isSame: boolean }): void {
    this.#userProfiles = userProfiles;
    const { prompt } = this.#store.content;
    if (prompt === null || prompt.step.kind === 'starting') return;
    const profile = this.#profile(prompt.profile);
    if (profile === undefined) {
      this.#close();
      this.#giveUp(prompt.profile);
    } else if (!isSame) {
      this.#begin({ profile });
    }
  }

  chooseDevice({ promptId, serial }: CommandRequest<'chooseMfaDevice'>): void {
    const { prompt } = this.#store.content;
    if (prompt?.promptId !== promptId || prompt.step.kind !== 'choose-device') return;
    if (isSecurityKey(serial)) {
      this.#step(promptId, { ...prompt.step, reason: appError('mfa-device-unusable', { serial }) });
      return;
    }
    this.#world.rememberSerial(prompt.userProfile, serial);
    this.#step(promptId, { kind: 'enter-code', serial, refused: null });
  }

  /** Shows what gives the prompt's code, and how far that is. */
  showSource(promptId: string, source: PromptSource | null): void {
    this.#update(promptId, { source });
  }

  /**
   * Sends the prompt's code, which `codeFrom` gave, or with null the user. Afterwards there is a session and the prompt is
   * closed, or the prompt says why there is none, which is also returned.
   */
  async submit({ promptId, code }: CommandRequest<'submitMfa'>, codeFrom: string | null = null): Promise<AppError | null> {
    const { prompt } = this.#store.content;
    const profile = this.#profile(prompt?.profile);
    if (prompt?.promptId !== promptId || prompt.step.kind !== 'enter-code' || profile === undefined) return null;
    const { serial } = prompt.step;
    // Before any refusal: the window empties its field when a code that it sent comes back.
    this.#step(promptId, { kind: 'starting', serial });
    const { durationSeconds } = prompt;
    const sent = await this.#send({ profile, durationSeconds, serial, code, codeFrom, caller: this.#asked }, this.#world.expectSession(profile.name));
    if (sent.ok) return null;
    this.#refuse(prompt, serial, sent.error);
    return sent.error;
  }

  dispose(): void {
    this.#waiting.dispose();
  }

  /** The one way of a code: AWS gets it, its session is held, and everybody who waits for it is answered. */
  async #send(request: CodeRequest, hold: (issued: IssuedSession) => void): Promise<Result<null>> {
    const issued = await this.#world.codes.exchange(request);
    if (!issued.ok) return issued;
    hold(issued.value);
    const { profile: profileName } = issued.value;
    if (this.#store.content.prompt?.profile === profileName) this.#close();
    else this.#drop(profileName);
    this.#waiting.answer(profileName, succeeded(null));
    return succeeded(null);
  }

  #begin(target: PromptTarget): void {
    const { profile } = target;
    const userProfile = this.#userProfileOf(profile);
    const serial = this.#knownSerial(userProfile);
    const prompt: MfaPrompt = {
      promptId: randomUUID(),
      profile: profile.name,
      userProfile: userProfile.name,
      purpose: isLive(profile.session) ? 'renew' : 'start',
      durationSeconds: this.secondsOf(target),
      role: profile.role,
      wantedFor: target.wantedFor ?? null,
      waiting: this.#waiting.of(profile.name),
      answerBy: this.#waiting.answerBy(profile.name),
      identity: { kind: 'asking' },
      way: null,
      source: null,
      step: serial === null ? { kind: 'finding-device' } : { kind: 'enter-code', serial, refused: null },
    };
    this.#store.change({ prompt });
    // People wait for the window, and what AWS says can come a moment after it. It is opened as soon as this has run.
    const asked = Promise.resolve()
      .then(() => this.#world.window.onScreen())
      .then(() => this.#world.aws.callerOfAccessKey(userProfile));
    this.#asked = asked;
    void this.#showIdentity(asked, prompt.promptId);
    void this.#showWay(profile, prompt.promptId);
    if (serial === null) void this.#findDevice(userProfile, asked, prompt.promptId);
  }

  /** A prompt that programs wait for comes back afterwards; a code on its way is waited for. */
  #replace(prompt: MfaPrompt, target: PromptTarget): void {
    if (prompt.step.kind === 'starting') {
      this.#next = withFirst(this.#next, target);
      return;
    }
    const shown = this.#profile(prompt.profile);
    const others = without(this.#next, target.profile.name);
    const comesBack = shown !== undefined && this.#waiting.has(shown.name);
    this.#next = comesBack ? withFirst(others, { profile: shown, durationSeconds: prompt.durationSeconds }) : others;
    this.#begin(target);
  }

  #enqueue(target: PromptTarget): void {
    const { prompt } = this.#store.content;
    const { name } = target.profile;
    const isShown = prompt?.profile === name;
    if (!isShown && prompt !== null) {
      this.#next = withLast(this.#next, target);
      return;
    }
    if (isShown && prompt.step.kind !== 'failed') return;
    this.#begin(target);
    this.#world.window.raise();
  }

  #close(): void {
    this.#asked = null;
    this.#kept.delete(this.#store.content.prompt?.profile ?? '');
    this.#store.change({ prompt: null });
    // Not in the same state: the window must close first, or it would turn into the prompt of another
    // profile while the user is still typing.
    queueMicrotask(() => this.#openNext());
  }

  #openNext(): void {
    if (this.#store.content.prompt !== null) return;
    // As the files and the sessions are by now.
    const { next, gone, rest } = takeNext(this.#next, (name) => this.#profile(name));
    this.#next = rest;
    if (next !== null) this.#show(next);
    for (const { profile } of gone) this.#giveUp(profile.name);
  }

  /** There is no such profile any more. */
  #giveUp(profileName: string): void {
    this.#drop(profileName);
    this.#waiting.answer(profileName, failed(appError('profile-unknown', { profile: profileName, file: this.#world.files.config })));
  }

  /** The prompt goes with the last one who waited for it, unless its code is on the way. */
  #left(profileName: string, how: 'timed-out' | 'hung-up'): void {
    const { prompt } = this.#store.content;
    if (how === 'timed-out') this.#kept.add(profileName);
    if (this.#kept.has(profileName) || this.#waiting.has(profileName)) return;
    if (prompt?.profile !== profileName) this.#drop(profileName);
    else if (prompt.step.kind !== 'starting') this.#close();
  }

  /** Takes back a prompt that is not open yet. */
  #drop(profileName: string): void {
    this.#next = without(this.#next, profileName);
    this.#kept.delete(profileName);
  }

  #isQuiet(profileName: string): boolean {
    const cancelled = this.#cancelled;
    return cancelled !== null && cancelled.profile === profileName && isRecent(cancelled.at, quietAfterCancelMs, this.#world.now());
  }

  #userProfileOf(profile: Profile): ConfiguredProfile {
    if (profile.role === null) return profile;
    // One whose own role is of no use is not listed, and serves as a source all the same.
    const user = this.#userProfiles.get(profile.role.userProfile) ?? profile;
    // The device of a role profile is its user's.
    return { ...user, mfaSerial: profile.mfaSerial ?? user.mfaSerial };
  }

  #knownSerial({ name, mfaSerial }: ConfiguredProfile): string | null {
    const { settings, profiles } = this.#store.content;
    const remembered = Object.hasOwn(settings.mfaSerials, name) ? settings.mfaSerials[name] : undefined;
    const serial = mfaSerial ?? remembered ?? serialOfRoles(name, profiles);
    return serial === null || isSecurityKey(serial) ? null : serial;
  }

  async #lookUpSerial(profile: ConfiguredProfile): Promise<string | Extract<Result<string>, { ok: false }>> {
    const found = await this.#world.aws.mfaSerials(profile);
    const only = await onlyDevice(profile.name, found, () => this.#world.aws.callerOfAccessKey(profile));
    return only.ok ? only.value : only;
  }

  async #showIdentity(asked: Promise<Result<Caller>>, promptId: string): Promise<void> {
    const caller = await asked;
    this.#update(promptId, {
      identity: caller.ok ? { kind: 'known', ...caller.value } : { kind: 'unknown', error: caller.error },
    });
  }

  async #showWay(profile: ConfiguredProfile, promptId: string): Promise<void> {
    this.#update(promptId, { way: await this.#world.aws.wayToAws(profile) });
  }

  async #findDevice(profile: ConfiguredProfile, asked: Promise<Result<Caller>>, promptId: string): Promise<void> {
    const step = await stepForDevices(profile.name, await this.#world.aws.mfaSerials(profile), asked);
    const { prompt } = this.#store.content;
    this.#step(promptId, step);
    // Nobody can type a code into it, so nobody waits for one.
    if (step.kind === 'failed' && prompt?.promptId === promptId) this.#waiting.answer(prompt.profile, failed(step.error));
  }

  #refuse(prompt: MfaPrompt, serial: string, error: AppError): void {
    if (error.code === 'mfa-serial-wrong') {
      this.#world.rememberSerial(prompt.userProfile, null);
      this.#step(prompt.promptId, chooseDevice(this.#inConfigFile(error)));
    } else {
      this.#step(prompt.promptId, { kind: 'enter-code', serial, refused: error });
    }
    // Its window may have been closed meanwhile.
    this.#world.window.raise();
  }

  /** Says where `mfa_serial` is. */
  #inConfigFile(error: AppError): AppError {
    return { ...error, params: { ...error.params, file: this.#world.files.config } };
  }

  /** The panel goes on saying what the closed prompt said. */
  #keepFailure(name: string, error: AppError): void {
    const session = this.#profile(name)?.session;
    if (session !== undefined && !isLive(session)) this.#store.changeSession(name, { kind: 'failed', error });
  }

  #showWaiting(): void {
    const { prompt } = this.#store.content;
    if (prompt === null) return;
    this.#update(prompt.promptId, { waiting: this.#waiting.of(prompt.profile), answerBy: this.#waiting.answerBy(prompt.profile) });
  }

  #step(promptId: string, step: PromptStep): void {
    this.#update(promptId, { step });
  }

  /** Changes the prompt unless it was closed, or replaced, in the meantime. */
  #update(promptId: string, change: Pick<Partial<MfaPrompt>, 'identity' | 'way' | 'step' | 'wantedFor' | 'waiting' | 'answerBy' | 'source'>): void {
    const { prompt } = this.#store.content;
    if (prompt?.promptId === promptId) this.#store.change({ prompt: { ...prompt, ...change } });
  }

  #profile(name = ''): Profile | undefined {
    return this.#store.profile(name);
  }
}
