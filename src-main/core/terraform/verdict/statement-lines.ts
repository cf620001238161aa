import type { GuardRow } from '../../../contract/guard.ts';
import { oneLine } from '../../printable.ts';
import { hasName } from './verdict.ts';

/** What to add to a project that does not say which account is meant, ready to paste; null when nothing is missing. */
export function statementLines(rows: readonly GuardRow[]): string | null {
  // The provider awscc has neither the argument nor the data source.
  const silent = rows.filter(({ reason, address }) => reason?.code === 'guard-unstated' && hasName(address) && nameOf(address).local !== 'awscc');
  return silent.length === 0 ? null : silent.map(linesFor).join('\n');
}

/** `allowed_account_ids` stops a plan and an apply; a `check` only warns, in their output. */
function linesFor({ address, place, account }: GuardRow): string {
  const { local, alias } = nameOf(address);
  const accountId = account?.accountId ?? '';
  const name = alias ?? local;
  const allowed = `  allowed_account_ids = ["${accountId}"]`;
  const block =
    place === null
      ? [`provider "${local}" {`, allowed, '}']
      : [`# ${oneLine(place.file)}${place.line === null ? '' : `:${place.line}`}, inside of provider "${local}":`, allowed];
  return [
    ...block,
    '',
    `check "account_${name}" {`,
    `  data "aws_caller_identity" "${name}" {${alias === null ? '}' : ''}`,
    ...(alias === null ? [] : [`    provider = ${local}.${alias}`, '  }']),
    '  assert {',
    `    condition     = data.aws_caller_identity.${name}.account_id == "${accountId}"`,
    `    error_message = "Not account ${accountId}."`,
    '  }',
    '}',
    '',
  ].join('\n');
}

/** The parts of an address such as `module.network.aws.logs`. */
function nameOf(address: string): { readonly local: string; readonly alias: string | null } {
  const [local = '', alias = null] = address.replace(/^(?:module\.[^.]+\.)+/, '').split('.');
  return { local, alias };
}
