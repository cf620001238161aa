import { delimiter, isAbsolute } from 'node:path';
import type { ApiAnswers, ApiRequest } from '../../../contract/local-api.ts';
import { appError } from '../../../core/errors.ts';
import { foreignVariable } from '../../../core/hand-offs/hand-off-variables.ts';
import { withOwnRegion } from '../../../core/hand-offs/region-variables.ts';
import type { Answer } from '../../process/app-connection.ts';
import type { Call } from './call.ts';

type HandOff = ApiAnswers['hand-off'];

/**
 * Asks for a hand-off to this environment, whose own region stays. The launcher follows what comes of it, and the
 * user's own shell evaluates it, so an answer that the app would not give is refused as a whole: `hand-off-foreign` `{variable}`.
 */
export async function askedHandOff({ ask, world }: Call, fields: () => ApiRequest<'hand-off'>): Promise<Answer<HandOff>> {
  const answer = await ask('hand-off', fields);
  if (!answer.ok) return answer;
  const variable = foreignPart(answer.value);
  if (variable !== null) return { ok: false, error: appError('hand-off-foreign', { variable }) };
  return { ok: true, value: withOwnRegion(answer.value, world.env) };
}

function foreignPart({ set, unset, guardFolder }: HandOff): string | null {
  // It becomes a part of PATH.
  if (guardFolder !== null && (!isAbsolute(guardFolder) || guardFolder.includes(delimiter))) return 'PATH';
  return foreignVariable([...set.map(([name]) => name), ...unset]);
}
