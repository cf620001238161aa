import { roleArnPattern } from '../../../contract/limits.ts';
import type { ReachedAccount } from '../../../contract/guard.ts';
import { groupedId } from '../../../core/aws-names/grouped-id.ts';
import { oneLine } from '../../../core/printable.ts';
import type { Paint } from '../../texts/colors.ts';
import type { Texts } from '../../texts/texts.ts';

/** What a text is written with. */
export type Look = { readonly texts: Texts; readonly paint: Paint };

/** `prod-eu 2222-2222-2222 PRODUCTION` */
export function reachedText({ accountId, name, production }: ReachedAccount, { texts, paint }: Look): string {
  return [
    ...(name === null ? [] : [paint('strong', oneLine(name))]),
    groupedId(accountId),
    ...(production ? [paint('production', texts.t('guard-production-mark'))] : []),
  ].join(' ');
}

/** The names of the roles alone, as the account is shown beside them; a text that is no ARN as it is. */
export function roleNames(roles: readonly string[]): string {
  return oneLine(roles.map((role) => roleArnPattern.exec(role)?.[1] ?? role).join(' → '));
}
