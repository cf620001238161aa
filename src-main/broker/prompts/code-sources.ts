import type { Result } from '../../contract/app-error.ts';
import type { PromptSource } from '../../contract/ui-state.ts';
import type { AwsCalls } from '../../aws/requests/calls.ts';
import type { AwsConfig, MfaProcess } from '../../aws/files/profiles.ts';
import { accountIdOf } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import { codeLimits, codeOf, slowAfterMs, sourceOf, type FoundSource } from '../../core/prompts/code-source.ts';
import { lastAccountOf } from '../../core/sessions/accounts.ts';
import type { CommandLimits, CommandOutcome } from '../../core/user-commands/command-outcome.ts';
import type { CommandWords } from '../../core/user-commands/command-words.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import type { ConfirmedCommands } from '../user-commands/confirmed-commands.ts';

type UserProfile = Parameters<AwsCalls['callerOfAccessKey']>[0];

/** What a code is for. */
export type CodePlace = {
  /** The profile whose session it starts, and the account of its role; null for a base session. */
  readonly profile: string;
  readonly roleAccountId: string | null;
  readonly userProfile: UserProfile;
  readonly serial: string;
};

export type Progress = PromptSource['progress'];

type Parts = {
  readonly store: Pick<UiStateStore, 'content'>;
  readonly confirmedCommands: Pick<ConfirmedCommands, 'isConfirmed' | 'confirm'>;
  readonly runCommand: (words: CommandWords, limits: CommandLimits, signal: AbortSignal, onStart: () => void) => Promise<CommandOutcome>;
  readonly aws: Pick<AwsCalls, 'callerOfAccessKey'>;
};

/** Knows where the codes of each device come from, and gets them there. */
export class CodeSources {
  readonly #parts: Parts;
  #processes: AwsConfig['mfaProcesses'] = new Map();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  configLoaded(processes: AwsConfig['mfaProcesses']): void {
    this.#processes = processes;
  }

  /** Null where the code is typed. A profile's own `mfa_process` wins over its user's. */
  find(place: CodePlace): Result<FoundSource> | null {
    const process = this.#processOf(place);
    const { codeSources } = this.#parts.store.content.settings;
    const chosen = Object.hasOwn(codeSources, place.serial) ? codeSources[place.serial] : undefined;
    return sourceOf(chosen, process ?? null, this.#parts.store.content.desktop.platform);
  }

  /** The source's code. `tell` hears how far that is. Errors: `code-source-production` `{program, account}`, those of `confirm`, and those of `codeOf`. */
  async code(
    found: FoundSource,
    place: CodePlace,
    { signal, tell }: { readonly signal: AbortSignal; readonly tell: (progress: Progress) => void },
  ): Promise<Result<string>> {
    const production = await this.#productionAccount(found, place);
    if (production !== null) return failed(appError('code-source-production', { program: found.program, account: production }));
    const confirmed = await this.#confirm(found, place, signal, tell);
    if (!confirmed.ok) return confirmed;
    tell({ kind: 'asking' });
    // From its own start: the user's login may be asked for its PATH before.
    let timer: NodeJS.Timeout | undefined;
    const onStart = (): void => void (timer = setTimeout(() => tell({ kind: 'slow' }), slowAfterMs));
    try {
      return codeOf(found.words, await this.#parts.runCommand(found.words, codeLimits, signal, onStart));
    } finally {
      clearTimeout(timer);
    }
  }

  async #confirm({ words, foundIn }: FoundSource, place: CodePlace, signal: AbortSignal, tell: (progress: Progress) => void): Promise<Result<null>> {
    const { confirmedCommands, store } = this.#parts;
    if (foundIn === null) return succeeded(null);
    const command = { purpose: 'mfa-code', words, profile: foundIn, file: this.#processOf(place)?.file ?? store.content.files.config } as const;
    if (!confirmedCommands.isConfirmed(command)) tell({ kind: 'confirming' });
    return confirmedCommands.confirm(command, { signal });
  }

  /** The account of production for which the source may not be asked; null where it may. A hardware device's serial does not say its account, which AWS then does. */
  async #productionAccount({ touch }: FoundSource, { roleAccountId, userProfile, serial }: CodePlace): Promise<string | null> {
    const { accounts, codeSourcesInProduction, profileAccounts } = this.#parts.store.content.settings;
    const production = Object.keys(accounts).filter((id) => accounts[id]?.production === true);
    if (touch || codeSourcesInProduction || production.length === 0) return null;
    // A session of the user opens the roles that are made from it, and nobody is asked for these.
    const opened = roleAccountId === null ? this.#parts.store.content.profiles.filter(({ role }) => role?.userProfile === userProfile.name) : [];
    const roles = new Set([roleAccountId, ...opened.map(({ role }) => role?.accountId ?? null)]);
    const ofDevice = accountIdOf(serial) ?? (await this.#accountOfKey(userProfile)) ?? lastAccountOf(userProfile.name, { profileAccounts });
    const reached = production.find((id) => roles.has(id) || id === ofDevice);
    return reached === undefined ? null : (accounts[reached]?.name ?? reached);
  }

  async #accountOfKey(userProfile: UserProfile): Promise<string | null> {
    const caller = await this.#parts.aws.callerOfAccessKey(userProfile);
    return caller.ok ? caller.value.accountId : null;
  }

  /** That of a user's role profiles, where all that have one have the same: many people write it only there, with `mfa_serial`. */
  #processOfRoles(user: string, serial: string): MfaProcess | undefined {
    const isOfDevice = (named: string | null): boolean => named === null || named === serial;
    const ofUser = this.#parts.store.content.profiles.filter(({ role, mfaSerial }) => role?.userProfile === user && isOfDevice(mfaSerial));
    const processes = ofUser.flatMap(({ name }) => this.#processes.get(name) ?? []);
    return new Set(processes.map(({ line }) => line)).size === 1 ? processes[0] : undefined;
  }

  #processOf({ profile, userProfile, serial }: CodePlace): MfaProcess | undefined {
    return this.#processes.get(profile) ?? this.#processes.get(userProfile.name) ?? this.#processOfRoles(userProfile.name, serial);
  }
}
