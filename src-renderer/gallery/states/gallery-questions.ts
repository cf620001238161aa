import type {
  AccountQuestion,
  ActionQuestion,
  AskedAction,
  Asker,
  CommandQuestion,
  ProgramQuestion,
  QuitQuestion,
} from '../../../src-main/contract/question.ts';
import { alice, longRole, shortRole } from './gallery-samples.ts';
import { uiState, type Shown, type ShownStates } from './gallery-windows.ts';

const folder = '/home/alice/infrastructure/live/eu-central-1/kubernetes-cluster';

const asker: Asker = { pid: 5704, command: 'sts-tray rotate', folder, executable: null, verified: true, peer: null };

/** The questions where a run may go, and whether a program may have something done. */
export function questionStates(at: number): ShownStates {
  return { ...accountQuestions(at), ...actionQuestions(at), ...programQuestions(at), ...commandQuestions(at), ...quitQuestions(at) };
}

/** An ordinary account, one of production, and the session's own. */
function accountQuestions(at: number): ShownStates {
  const question = (changes: Partial<AccountQuestion>): Shown => ({
    view: 'question',
    state: uiState({
      question: {
        kind: 'account',
        questionId: 'question-1',
        profile: 'default',
        accountId: longRole.accountId,
        role: longRole.roleArn,
        program: 'terraform apply',
        folder,
        canBind: true,
        answerBy: at + 47_000,
        ...changes,
      },
    }),
  });
  return {
    question: question({}),
    'question-production': question({ accountId: shortRole.accountId, role: shortRole.roleArn }),
    'question-without-role': question({ accountId: alice.accountId, role: null, program: 'terraform plan' }),
    'question-of-unknown-program': question({ program: null, folder: null, canBind: false }),
    'question-in-long-folder': question({ folder: `/home/alice/${'infrastructure/live/'.repeat(40)}kubernetes-cluster` }),
  };
}

/** One for each thing that a program can ask for, with programs that are known, and not. */
function actionQuestions(at: number): ShownStates {
  const question = (action: AskedAction, changes: Partial<ActionQuestion> = {}): Shown => ({
    view: 'question',
    state: uiState({
      question: {
        kind: 'action',
        questionId: 'question-1',
        profile: 'default',
        action,
        accountIds: [alice.accountId],
        asker,
        answerBy: at + 107_000,
        ...changes,
      },
    }),
  });
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const bind: AskedAction = { verb: 'bind', folder, workspace: 'default' };
  return {
    'question-rotate': question({ verb: 'rotate', accessKeyId: key }),
    'question-delete-key': question({ verb: 'delete-old-key', accessKeyId: key }, { asker: { ...asker, verified: false } }),
    'question-of-other-program': question(
      { verb: 'rotate', accessKeyId: key },
      { asker: { ...asker, verified: false, peer: { pid: 4401, command: 'python3 evil.py' } } },
    ),
    'question-delete-key-production': question({ verb: 'delete-old-key', accessKeyId: key }, { accountIds: [shortRole.accountId] }),
    'question-revoke': question({ verb: 'revoke', arn: alice.arn }),
    'question-remove-revocation': question({ verb: 'remove-revocation', arn: longRole.roleArn, neededUntil: at + 36 * 3_600_000 }),
    'question-install-in-place': question({ verb: 'install-in-place', files: ['/home/alice/.aws/config', '/home/alice/.aws/credentials'], movesKey: true }),
    'question-install-role-in-place': question(
      { verb: 'install-in-place', files: ['/home/alice/.aws/config'], movesKey: false },
      { profile: 'deploy', accountIds: [longRole.accountId] },
    ),
    'question-uninstall-in-place': question(
      { verb: 'uninstall-in-place', profiles: ['default', 'staging'], file: '/home/alice/.aws/credentials' },
      { profile: null },
    ),
    'question-bind': question(bind, { accountIds: [longRole.accountId], asker: { ...asker, command: 'terraform apply' } }),
    'question-bind-several': question(bind, { accountIds: [longRole.accountId, alice.accountId, shortRole.accountId] }),
    'question-console': question({ verb: 'console', role: shortRole.roleName, addressOnly: false }, { profile: 'deploy', accountIds: [longRole.accountId] }),
    'question-other-account': question({ verb: 'other-account', before: shortRole.accountId }, { profile: 'corp', asker: null }),
    'question-other-user': question(
      { verb: 'other-user', portal: 'corp', before: 'sato@example.com', user: 'suzuki@example.com' },
      { profile: 'dev', asker: null },
    ),
    'question-root': question({ verb: 'root-sign-in' }, { profile: 'sandbox', asker: { ...asker, command: 'terraform apply' } }),
    'question-unmark': question({ verb: 'unmark-production' }, { profile: null, accountIds: [shortRole.accountId] }),
    'question-rename': question({ verb: 'rename-production', name: 'sandbox' }, { profile: null, accountIds: [shortRole.accountId] }),
    'question-console-address': question({ verb: 'console', role: longRole.roleName, addressOnly: true }, { accountIds: [longRole.accountId], asker: null }),
  };
}

/** A program that asks for the first time. */
function programQuestions(at: number): ShownStates {
  const question = (changes: Partial<ProgramQuestion>): Shown => ({
    view: 'question',
    state: uiState({
      question: {
        kind: 'program',
        questionId: 'question-1',
        profile: 'default',
        accountId: alice.accountId,
        asker: { ...asker, command: 'terraform plan' },
        answerBy: at + 47_000,
        ...changes,
      },
    }),
  });
  return {
    'question-program': question({}),
    'question-program-production': question({
      accountId: shortRole.accountId,
      asker: { ...asker, verified: false, peer: { pid: 4401, command: 'python3 evil.py' } },
    }),
  };
}

/** A command of an AWS file that was never run. */
function commandQuestions(at: number): ShownStates {
  const question = (changes: Partial<CommandQuestion>): Shown => ({
    view: 'question',
    state: uiState({
      question: {
        kind: 'command',
        questionId: 'question-1',
        purpose: 'mfa-code',
        line: 'pass otp aws/alice',
        profile: 'default',
        file: '/home/alice/.aws/config',
        answerBy: at + 47_000,
        ...changes,
      },
    }),
  });
  return {
    'question-command': question({}),
    'question-command-credentials': question({
      purpose: 'credentials',
      line: "/opt/okta/bin/okta-aws-cli --org-domain example.okta.com --oidc-client-id 0oa5zyxwvutsrqp --aws-iam-idp 'arn:aws:iam::111111111111:saml-provider/okta' --format process-credentials --note 'a word   with spaces; and a semicolon'",
      profile: 'corp',
    }),
  };
}

/** The user quits without a keychain, and in the middle of all sorts of things. */
function quitQuestions(at: number): ShownStates {
  const question = (changes: Partial<QuitQuestion>): Shown => ({
    view: 'question',
    state: uiState({
      question: { kind: 'quit', questionId: 'question-1', sessions: ['default'], signIns: [], waiting: [], runs: [], answerBy: at + 107_000, ...changes },
    }),
  });
  const manySessions = Array.from({ length: 9 }, (_, index) => `team-${index + 1}`);
  return {
    'question-quit': question({}),
    'question-quit-busy': question({ sessions: manySessions, signIns: ['corp'], waiting: ['terraform plan', 'aws s3'], runs: ['terraform apply'] }),
  };
}
