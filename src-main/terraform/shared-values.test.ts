import { describe, expect, it } from 'vitest';
import { awsBlock, readingOf } from '../../testing/terraform/written-project.ts';

const [a, b, c] = ['111111111111', '222222222222', '333333333333'];
const me = 'data "aws_caller_identity" "me" {}\n';
const account = 'data.aws_caller_identity.me.account_id';
const check = (condition: string) => `check "account" {\n  assert {\n    condition     = ${condition}\n    error_message = "x"\n  }\n}\n`;

describe('an account that a project mentions', () => {
  const mentioned = `locals {\n  all = { main = "${b}", other = "${c}" }\n}\n`;

  it('is tried where it is not known what comes out for any other account', async () => {
    const files = { 'main.tf': awsBlock(a) + me + mentioned + check(`can(regex("^2+$", ${account}))`) };
    expect((await readingOf(files)).statements[0]?.outcomes).toContainEqual({ accounts: [b], outcome: 'holds' });
  });

  it('is tried for a local that may be refused, also where that is not known for any other account', async () => {
    const files = { 'main.tf': `${awsBlock(a)}${me}${mentioned}locals {\n  guard = regex("^2+$", ${account})\n}\n` };
    const [statement] = (await readingOf(files)).statements;
    expect(statement?.outcomes).toContainEqual({ accounts: [c], outcome: 'fails' });
  });

  it('has no row of its own where it is like any other', async () => {
    const files = { 'main.tf': awsBlock(a) + me + mentioned + check(`${account} == "${c}"`) };
    expect((await readingOf(files)).statements[0]?.outcomes).toEqual([
      { accounts: [null], outcome: 'fails' },
      { accounts: [c], outcome: 'holds' },
    ]);
  });
});
