import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { fixedByEnvironment, type AwsFiles } from '../../aws/files/environment.ts';
import type { AppError } from '../../contract/app-error.ts';
import type { ApiName, CallerFiles } from '../../contract/local-api.ts';
import { appError, failed } from '../../core/errors.ts';
import { awsFileVariables } from '../../core/aws-files/aws-file-place.ts';
import type { ApiContext, ApiHandlers } from '../local-api/server.ts';

/** Requests by which a profile's name leads to an account. What is under way already may always be ended. */
const byName: ReadonlySet<string> = new Set<ApiName>([
  ...(['login', 'way-to-aws', 'hand-off', 'check', 'bind', 'terminal', 'console', 'activity'] as const),
  ...(['install', 'uninstall', 'revocation', 'revoke', 'remove-revocation', 'access-keys', 'rotate', 'delete-old-key'] as const),
]);

type Parts = { readonly files: AwsFiles; readonly env: NodeJS.ProcessEnv; readonly dataFolder: string };

/**
 * The same handlers, which refuse with `aws-files-differ` `{variable, theirs, ours}` where a variable makes the
 * client read other AWS files than the app: a name may stand for another account there. `credential-process` is
 * asked by the files themselves, and means the app's profile.
 */
export function ofSameFiles<H extends Partial<ApiHandlers>>(handlers: H, parts: Parts): H {
  const guarded = Object.entries(handlers).map(([name, handler]) => [name, byName.has(name) ? refusing(handler as AnyHandler, parts) : handler] as const);
  return Object.fromEntries(guarded) as H;
}

type AnyHandler = (request: unknown, context: ApiContext) => Promise<unknown>;

function refusing(handler: AnyHandler, parts: Parts): AnyHandler {
  return async (request, context) => {
    const { files = null } = context;
    const error = files === null ? null : await difference(files, parts);
    return error === null ? handler(request, context) : failed(error);
  };
}

async function difference(caller: CallerFiles, { files, env, dataFolder }: Parts): Promise<AppError | null> {
  for (const file of ['config', 'credentials'] as const) {
    const [ours, { path: theirs, isNamed }] = [files[file], caller[file]];
    if (!isNamed && fixedByEnvironment(env, file) === null) continue;
    // In a terminal of the app the files are its own, which ask the app.
    if (isInside(dataFolder, theirs) || (await real(ours)) === (await real(theirs))) continue;
    return appError('aws-files-differ', { variable: awsFileVariables[file], theirs, ours });
  }
  return null;
}

/** The path without links, as far as there is such a file. */
function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
