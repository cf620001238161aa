import type { Result } from '../../contract/app-error.ts';
import type { ApiAnswers, ApiRequest, CallerFiles } from '../../contract/local-api.ts';

// What the app and the process that runs commands of `exec` for launchers say to each other. `command` is the
// number of one of them, `ask` that of one of the questions that a command asks of the app.

/** What a command of `exec` may ask of the app. All else needs a process of its own, in which a person can be told and asked. */
export type HostedName = 'check' | 'hand-off';

/** A command of `exec`, for the launcher that asked. */
export type HostedCommand = {
  readonly request: ApiRequest<'exec'>;
  readonly version: string;
  /** The app's own folder, where the command line names no other. */
  readonly dataFolder: string;
};

/** What a command asks of the app. */
export type HostedAsk = { readonly name: HostedName; readonly fields: unknown; readonly files: CallerFiles | null };
export type HostedAnswer = Result<ApiAnswers[HostedName]>;

export type ToHost =
  | (HostedCommand & { readonly kind: 'command'; readonly command: number })
  | { readonly kind: 'answer'; readonly ask: number; readonly answer: HostedAnswer };

export type FromHost =
  | (HostedAsk & { readonly kind: 'ask'; readonly command: number; readonly ask: number })
  /** `text` is null where the command has to run in a process of its own. */
  | { readonly kind: 'ended'; readonly command: number; readonly text: string | null };
