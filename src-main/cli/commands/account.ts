import { accountColors, accountNamePattern } from '../../contract/limits.ts';
import type { Result } from '../../contract/app-error.ts';
import type { ListedAccount } from '../../contract/local-api.ts';
import type { AccountMarks } from '../../contract/settings.ts';
import { succeeded } from '../../core/errors.ts';
import { lostProtection } from '../../core/questions/lost-protection.ts';
import { callerPid } from '../process/caller.ts';
import { groupedId } from '../../core/aws-names/grouped-id.ts';
import { exitCodes } from '../process/cli-world.ts';
import { jsonText } from '../texts/terminal-text.ts';
import { aligned, type Texts } from '../texts/texts.ts';
import type { UsageError } from '../grammar/parse.ts';
import { askInWindow } from './support/in-window.ts';
import { accountIdOf, choiceOption, type OptionValue } from './support/option-values.ts';
import type { Call } from './support/call.ts';

/** Lists the accounts that the app knows, or names, colours and marks one of them. */
export async function account(call: Call): Promise<number> {
  const { invocation, world, texts, fail, failUsage } = call;
  const { word, options } = invocation;
  const marks = marksOf(call);
  if (!marks.ok) return failUsage(marks.error);
  const isMarked = Object.keys(marks.value ?? {}).length > 0;
  if (word === '' && isMarked) return failUsage(usage('usage-missing', { command: 'account', word: 'ACCOUNT' }));
  const accountId = accountIdOf(word);
  if (word !== '' && accountId === null) return failUsage(usage('usage-account-word', { value: word }));
  const found = accountId !== null && isMarked ? await marked(call, { ...marks.value, accountId }) : await listed(call, accountId);
  if (!found.ok) return fail(found);
  const accounts = found.value;
  if (options.json !== undefined) world.print(jsonText(accounts));
  else if (accounts.length === 0) world.printError(`sts-tray: ${texts.t(accountId === null ? 'accounts-none' : 'account-unknown', { account: word })}\n`);
  else world.print(accountsText(accounts, texts));
  return accountId !== null && accounts.length === 0 ? exitCodes.failed : exitCodes.done;
}

async function marked(call: Call, marks: AccountMarks): Promise<Result<readonly ListedAccount[]>> {
  const before = await listed(call, marks.accountId);
  if (!before.ok) return before;
  const needsPerson = before.value.some((each) => lostProtection(marks, each) !== null);
  const fields = () => ({ ...marks, ...callerPid(call.world) });
  const answer = needsPerson ? await askInWindow(call, 'mark-account', fields) : await call.ask('mark-account', fields);
  return answer.ok ? succeeded([answer.value.account]) : answer;
}

/** All that the app knows, or one of them, if it knows it. */
async function listed({ ask }: Call, accountId: string | null): Promise<Result<readonly ListedAccount[]>> {
  const answer = await ask('accounts', () => ({}));
  return answer.ok ? succeeded(answer.value.accounts.filter((each) => accountId === null || each.accountId === accountId)) : answer;
}

/** An empty name, and the colour `automatic`, take back what the user chose. */
function marksOf(call: Call): OptionValue<Omit<AccountMarks, 'accountId'>> {
  const { name, production, 'no-production': notProduction } = call.invocation.options;
  const color = choiceOption(call, 'colour', [...accountColors, 'automatic'] as const);
  if (!color.ok) return color;
  if (production !== undefined && notProduction !== undefined) {
    return { ok: false, error: usage('usage-one-of', { command: 'account', options: '--production, --no-production' }) };
  }
  if (name !== undefined && name !== '' && !accountNamePattern.test(name)) return { ok: false, error: usage('usage-account-name', { value: name }) };
  return {
    ok: true,
    value: {
      ...(name === undefined ? {} : { name: name === '' ? null : name }),
      ...(color.value === undefined ? {} : { color: color.value === 'automatic' ? null : color.value }),
      ...(production === undefined && notProduction === undefined ? {} : { production: production !== undefined }),
    },
  };
}

function accountsText(accounts: readonly ListedAccount[], { t }: Texts): string {
  const header = [t('column-account'), t('column-name'), t('column-colour'), t('column-production'), t('column-known-from')];
  return aligned([
    header,
    ...accounts.map(({ accountId, name, alias, color, production, profiles, projects }) => [
      groupedId(accountId),
      name ?? alias ?? '-',
      color,
      production ? t('guard-production') : '-',
      [...profiles.map((profile) => t('known-from-profile', { profile })), ...projects].join(', ') || '-',
    ]),
  ]);
}

function usage(key: UsageError['key'], params: UsageError['params']): UsageError {
  return { key, params, command: 'account' };
}
