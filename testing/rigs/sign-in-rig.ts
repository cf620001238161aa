import type { SignInPrompt, SignInStep } from '../../src-main/contract/sign-in.ts';
import { answerPage, type Landed } from '../aws/sign-in/person.ts';
import type { BrokerRig } from './broker-rig.ts';

/** A config file with one access portal, and a profile for each account and role. */
export function portalConfig(startUrl: string, profiles: Readonly<Record<string, readonly [accountId: string, roleName: string]>>, name = 'corp'): string {
  const session = `[sso-session ${name}]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`;
  const entries = Object.entries(profiles).map(
    ([profile, [accountId, roleName]]) =>
      `[profile ${profile}]\nsso_session = ${name}\nsso_account_id = ${accountId}\nsso_role_name = ${roleName}\nregion = us-east-1\n`,
  );
  return [session, ...entries].join('\n');
}

/** Waits until the window of a sign-in shows a step of this kind. */
export function signInStep<K extends SignInStep['kind']>(rig: BrokerRig, kind: K): Promise<SignInPrompt & { readonly step: Extract<SignInStep, { kind: K }> }> {
  return rig.shows(`a sign-in at ${kind}`, ({ signInPrompt }) =>
    signInPrompt?.step.kind === kind ? (signInPrompt as SignInPrompt & { readonly step: Extract<SignInStep, { kind: K }> }) : undefined,
  );
}

/** A person in the browser, who answers the page that was opened last and goes where that leads. */
export async function personAnswers(rig: BrokerRig, user: string, answer: 'allow' | 'deny' = 'allow'): Promise<Landed> {
  await signInStep(rig, 'browser');
  const landed = await answerPage(rig.signIns.at(-1) ?? '', { user, answer });
  await fetch(landed.url);
  return landed;
}
