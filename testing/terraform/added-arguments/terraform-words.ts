import { execFile } from 'node:child_process';
import { z } from 'zod';

const Words = z.array(z.string());

/** The words into which the real Terraform splits a value of `TF_CLI_ARGS`, as its log tells them; null where it refuses the value. */
export function terraformWords(text: string): Promise<readonly string[] | null> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'], CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null', TF_LOG: 'info', TF_CLI_ARGS: text };
    execFile('terraform', ['version'], { env, maxBuffer: 1 << 26 }, (_error, stdout, stderr) => {
      // As Go writes a list of texts, which for these is JSON between braces.
      const said = /CLI command args: \[\]string\{"version"(?:, )?(.*)\}$/m.exec(stderr)?.[1];
      if (said !== undefined) resolve(Words.parse(JSON.parse(`[${said}]`)));
      else if (`${stdout}${stderr}`.includes('invalid command line string')) resolve(null);
      else reject(new Error(stderr));
    });
  });
}
