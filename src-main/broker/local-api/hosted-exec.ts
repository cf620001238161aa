import type { HostedAnswer, HostedAsk, HostedCommand, HostedName } from '../../core/local-api/host-messages.ts';
import { CallerFiles, requestSchemas, type ApiRequest } from '../../contract/local-api.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';
import type { Callers } from './callers.ts';
import type { ApiContext, ApiHandlers } from './server.ts';

/** A process of the app in which commands run for launchers; see `platform/programs/command-host.ts`. */
export type HostedCommandRunner = {
  readonly run: (command: HostedCommand, answer: (ask: HostedAsk) => Promise<HostedAnswer>, signal: AbortSignal) => Promise<string | null>;
};

type Parts = {
  readonly host: HostedCommandRunner;
  readonly isCaller: Callers['isVerified'];
  /** What commands ask of the app, whoever runs them. */
  readonly handlers: Pick<ApiHandlers, HostedName>;
  readonly version: string;
  readonly dataFolder: string;
  readonly platform: NodeJS.Platform;
};

/**
 * `exec` for launchers: what it needs is found out in a process of the app, with no more rights than the launcher's
 * own connection has. Fails with `exec-own-process` where the command needs a process of its own: where a person has
 * to be told or asked at the terminal, and where the kernel does not say that the launcher is who it says.
 */
export function hostedExec({ host, isCaller, handlers, platform, ...app }: Parts): ApiHandlers['exec'] {
  return async (request, context) => {
    // Only Linux tells the environment of another process.
    if (platform !== 'linux' || !(await isCaller(request, context))) return failed(appError('exec-own-process'));
    const text = await host.run({ request, ...app }, (ask) => answered(handlers, ask, request, context), context.signal);
    return text === null ? failed(appError('exec-own-process')) : succeeded({ text });
  };
}

/** That process reads projects of anybody's, so what it asks is checked like what any program asks, and asked for the launcher alone. */
async function answered(
  handlers: Parts['handlers'],
  { name, fields, files }: HostedAsk,
  { pid }: ApiRequest<'exec'>,
  context: ApiContext,
): Promise<HostedAnswer> {
  const places = CallerFiles.nullable().safeParse(files);
  if (!places.success) return failed(wrong);
  const asked = { ...context, files: places.data };
  const given = { ...(typeof fields === 'object' ? fields : {}), pid };
  if (name === 'check') {
    const request = requestSchemas.check.safeParse(given);
    return request.success ? await handlers.check(request.data, asked) : failed(wrong);
  }
  const request = requestSchemas['hand-off'].safeParse(given);
  return request.success ? await handlers['hand-off'](request.data, asked) : failed(wrong);
}

const wrong = appError('request-invalid', { reason: 'a field is missing, unknown or wrong' });
