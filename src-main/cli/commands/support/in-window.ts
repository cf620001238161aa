import type { ApiAnswers, ApiName, ApiRequest } from '../../../contract/local-api.ts';
import type { Answer } from '../../process/app-connection.ts';
import type { Call } from './call.ts';

/**
 * Asks the app for what a person confirms in its window. Says so first: the window may be on another
 * screen, and to wait would look like hanging.
 */
export function askInWindow<N extends ApiName>({ ask, world, texts }: Call, name: N, fields: () => ApiRequest<N>): Promise<Answer<ApiAnswers[N]>> {
  world.printError(`sts-tray: ${texts.t('window-waits')}\n`);
  return ask(name, fields);
}
