import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';

/** HashiCorp's own parser, as WebAssembly. Its 10 MB are loaded only when there is something to read. */
const parser = () => import('@cdktn/hcl2json');

/** The content of an HCL file as JSON. Fails with `project-broken` `{file, line, reason}`. */
export async function parseHcl(file: string, text: string): Promise<Result<unknown>> {
  const { parse } = await parser();
  try {
    return succeeded(await parse(file, text));
  } catch (error) {
    return failed(brokenHcl(file, error instanceof Error ? error.message : String(error)));
  }
}

/** The content of a JSON file. Fails as `parseHcl` does. */
export function parseJson(file: string, text: string): Result<unknown> {
  try {
    return succeeded(JSON.parse(text) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(reason)?.[1] ?? 0);
    // The rest of the message quotes the file, which may hold a secret.
    return failed(appError('project-broken', { file, line: text.slice(0, position).split('\n').length, reason: 'JSON' }));
  }
}

/** `message` is `parse config: [main.tf:2,7-3,1: Invalid expression; Expected …]`; its first diagnostic is reported. */
function brokenHcl(file: string, message: string) {
  const [, line = '1', reason = message] = /:(\d+),\d+(?:-\d+(?:,\d+)?)?: (.*?)(?: \S+:\d+,\d+-[\d,]+: .*)?\]?$/s.exec(message.replace(/^[^[]*\[/, '')) ?? [];
  return appError('project-broken', { file, line: Number(line), reason: reason.trim() });
}
