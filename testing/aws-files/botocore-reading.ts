import { runProgram } from '../processes/run-program.ts';

/** What botocore makes of a file: each name with its settings, those of a block as `block.name`; null where it refuses the file. */
export type BotocoreReading = Readonly<Record<string, Readonly<Record<string, string>>>> | null;

/** What the AWS CLI and boto3 read: `load_config` for the config file, `raw_config_parse` for the credentials file. */
const script = `
import json, os, sys, tempfile
from botocore.configloader import load_config, raw_config_parse
from botocore.exceptions import ConfigParseError

def flat(settings):
    found = {}
    for name, value in settings.items():
        if isinstance(value, dict):
            for inner, text in value.items():
                found[name + '.' + inner] = text
        else:
            found[name] = value
    return found

def read(kind, path):
    try:
        if kind == 'credentials':
            return {name: flat(settings) for name, settings in raw_config_parse(path).items()}
        loaded = load_config(path)
    except ConfigParseError:
        return None
    found = {}
    for prefix, group in (('', 'profiles'), ('sso-session.', 'sso_sessions'), ('services.', 'services')):
        for name, settings in loaded[group].items():
            found[prefix + name] = flat(settings)
    return found

answers = []
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'file')
    for kind, text in json.load(sys.stdin):
        with open(path, 'wb') as file:
            file.write(text.encode())
        answers.append(read(kind, path))
print(json.dumps(answers))
`;

/** Reads each text by botocore, with a Python that can load it. */
export async function readByBotocore(
  python: string,
  texts: readonly (readonly [kind: 'config' | 'credentials', text: string])[],
): Promise<readonly BotocoreReading[]> {
  const env = { ...process.env, PYTHONUTF8: '1' };
  const { exitCode, stdout, stderr } = await runProgram(python, ['-c', script], { env, input: JSON.stringify(texts) });
  if (exitCode !== 0) throw new Error(`botocore ended with ${exitCode}: ${stderr}`);
  return JSON.parse(stdout) as readonly BotocoreReading[];
}
