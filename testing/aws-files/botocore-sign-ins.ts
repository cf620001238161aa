import { runProgram } from '../processes/run-program.ts';

/** The texts of both AWS files. */
export type AwsFilePair = { readonly config: string; readonly credentials: string };

/** Where botocore looks for a profile's credentials first; `nowhere` among the sources that are asked about. */
export type BotocoreSignIn =
  | { readonly by: 'sso'; readonly startUrl: string; readonly region: string; readonly accountId: string; readonly roleName: string }
  | { readonly by: 'login'; readonly loginSession: string }
  | { readonly by: 'key' | 'process' | 'nowhere' }
  | { readonly by: 'refused'; readonly reason: string };

/** The providers of botocore's own resolver, in its order; what would go to a network, or start a program, is not asked. */
const script = `
import json, os, sys, tempfile
import botocore.session
from botocore.credentials import create_credential_resolver
from botocore.exceptions import InvalidConfigError
from botocore.tokens import SSOTokenProvider

def sso(provider, session, profile):
    found = provider._load_sso_config()
    if not found:
        return None
    if 'sso_session' in found:
        SSOTokenProvider(session, cache={}, profile_name=profile)._load_sso_config()
    return {'by': 'sso', 'startUrl': found['sso_start_url'], 'region': found['sso_region'],
            'accountId': found['sso_account_id'], 'roleName': found['sso_role_name']}

def claimed(provider, session, profile):
    entry = session.full_config['profiles'].get(profile, {})
    method = provider.METHOD
    if method == 'sso':
        return sso(provider, session, profile)
    if method == 'login' and 'login_session' in entry:
        return {'by': 'login', 'loginSession': entry['login_session']}
    if method == 'custom-process' and entry.get('credential_process'):
        return {'by': 'process'}
    if method in ('shared-credentials-file', 'config-file') and provider.load() is not None:
        return {'by': 'key'}
    return None

def read(folder, pair, profile):
    for name in ('config', 'credentials'):
        with open(os.path.join(folder, name), 'wb') as file:
            file.write(pair[name].encode())
    session = botocore.session.Session(profile=profile)
    session.set_config_variable('config_file', os.path.join(folder, 'config'))
    session.set_config_variable('credentials_file', os.path.join(folder, 'credentials'))
    try:
        for provider in create_credential_resolver(session).providers:
            found = claimed(provider, session, profile)
            if found is not None:
                return found
    except InvalidConfigError as error:
        return {'by': 'refused', 'reason': str(error)}
    return {'by': 'nowhere'}

asked = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder:
    print(json.dumps([read(folder, pair, asked['profile']) for pair in asked['pairs']]))
`;

/** Asks botocore where it would look for the credentials of a profile in each pair of files. */
export async function signInsByBotocore(python: string, profile: string, pairs: readonly AwsFilePair[]): Promise<readonly BotocoreSignIn[]> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = { ...Object.fromEntries(kept), PYTHONUTF8: '1' };
  const { exitCode, stdout, stderr } = await runProgram(python, ['-c', script], { env, input: JSON.stringify({ profile, pairs }) });
  if (exitCode !== 0) throw new Error(`botocore ended with ${exitCode}: ${stderr}`);
  return JSON.parse(stdout) as readonly BotocoreSignIn[];
}
