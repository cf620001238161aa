import { GetUserPolicyCommand, ListAccountAliasesCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { ClientCredentials } from '../aws/clients/client-env.ts';
import type { LocalAws } from '../aws/local-aws.ts';
import { iamClient } from '../aws/clients/sdk-session.ts';
import type { ApiAnswers } from '../../src-main/contract/local-api.ts';
import type { HistoryRecord } from '../../src-main/contract/ledger.ts';
import type { Result } from '../../src-main/contract/app-error.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import { BrokerRig, startAws } from './broker-rig.ts';
import type { LiveHeld } from '../../src-main/broker/sessions/held-sessions.ts';

export const policyName = 'STSTrayRevokeOlderSessions';

const context = () => ({ signal: new AbortController().signal });

/**
 * The broker with a local AWS of its own, because policies stay in it; and three role profiles: `deploy`,
 * `audit`, which is made from it, and `partner`, for an hour at most.
 */
export class RevocationRig {
  readonly aws: LocalAws;
  readonly app: BrokerRig;

  private constructor(aws: LocalAws, app: BrokerRig) {
    this.aws = aws;
    this.app = app;
  }

  static async start(): Promise<RevocationRig> {
    const aws = await startAws();
    const role = (name: string, arn: string, source: string) => `[profile ${name}]\nrole_arn = ${arn}\nsource_profile = ${source}\n`;
    const { b, c } = aws.accounts;
    const config = [
      role('deploy', b.deployRoleArn, 'default'),
      role('audit', c.auditRoleArn, 'deploy'),
      role('partner', b.partnerRoleArn, 'default'),
      `external_id = ${b.partnerExternalId}\n`,
    ].join('');
    const app = await BrokerRig.start(aws, { config });
    app.confirms = true;
    return new RevocationRig(aws, app);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.aws.close();
  }

  preview(profile = 'default'): Promise<Result<ApiAnswers['revocation']>> {
    return this.app.broker.apiHandlers.revocation({ profile }, context());
  }

  revoke(profile = 'default'): Promise<Result<ApiAnswers['revoke']>> {
    return this.app.broker.apiHandlers.revoke({ profile }, context());
  }

  remove(profile = 'default'): Promise<Result<ApiAnswers['remove-revocation']>> {
    return this.app.broker.apiHandlers['remove-revocation']({ profile }, context());
  }

  startRole(profile: string): Promise<Result<LiveHeld>> {
    return this.app.sessions.credentials(profile, { minLeftMs: 0, requester: { by: 'user' } });
  }

  /** What the app remembers of the policies that it wrote. */
  kept(): Settings['revocations'] {
    return this.app.store.content.settings.revocations;
  }

  /** The credentials of a session that the app holds. */
  credentials(profile = 'default'): ClientCredentials {
    const held = this.app.credentials(profile);
    if (held === null) throw new Error(`no session of ${profile}`);
    return held;
  }

  /** What AWS says to a harmless call. */
  async answerTo(held: ClientCredentials): Promise<string> {
    try {
      await iamClient(this.aws, held).send(new ListAccountAliasesCommand({}));
      return 'allowed';
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown';
    }
  }

  /** An inline policy of alice's, read with the access key. */
  async userPolicy(name = policyName): Promise<string> {
    const { PolicyDocument: document = '' } = await iamClient(this.aws).send(new GetUserPolicyCommand({ UserName: 'alice', PolicyName: name }));
    return decodeURIComponent(document);
  }

  /** Writes a policy for alice, as an administrator would. */
  async writePolicy(document: string): Promise<void> {
    await iamClient(this.aws).send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: policyName, PolicyDocument: document }));
  }

  async history(): Promise<readonly HistoryRecord[]> {
    const answer = await this.app.broker.apiHandlers.history({ limit: 20 }, context());
    return answer.ok ? answer.value.records : [];
  }

  /** The actions that AWS was asked for so far. */
  actions(): readonly string[] {
    return this.aws.calls.map(({ action }) => action);
  }
}

/** `it` with `rig`, a rig for each test. */
export function withRevocations() {
  return test.extend('rig', async ({}, { onCleanup }) => {
    const rig = await RevocationRig.start();
    onCleanup(() => rig.close());
    return rig;
  });
}

/** The time in a policy, which must be the policy that AWS documents for revoking sessions. */
export function timeIn(document: string): string {
  const time = /"aws:TokenIssueTime": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/.exec(document)?.[1] ?? 'no time in whole seconds';
  expect(JSON.parse(document)).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': time } } }],
  });
  return time;
}
