import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ownership } from '../desktop/ownership.ts';
import { startLocalAws, type LocalAws } from '../local-aws/local-aws.ts';
import { writeCliConfig } from '../terraform/cli-config.ts';
import { writeMainTf } from '../terraform/deployment.ts';

export const bucketName = 'made-with-a-session';

/** A local AWS, and a user's home folder with what `aws configure` writes and a Terraform project. */
export class DemoMachine {
  readonly aws: LocalAws;
  readonly home: string;
  /** The app's own files. */
  readonly dataFolder: string;
  /** The Terraform project: a bucket in account B. */
  readonly project: string;
  readonly #ownership: Ownership;

  private constructor(aws: LocalAws, folder: string, ownership: Ownership) {
    this.aws = aws;
    this.home = join(folder, 'home');
    this.dataFolder = join(folder, 'data');
    this.project = join(this.home, 'deploy');
    this.#ownership = ownership;
  }

  static async start(): Promise<DemoMachine> {
    const ownership = new Ownership();
    try {
      const folder = await mkdtemp(join(tmpdir(), 'demo-'));
      ownership.own({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) });
      const machine = new DemoMachine(ownership.own(await startLocalAws()), folder, ownership);
      await machine.#writeFiles();
      return machine;
    } catch (failure) {
      await ownership.close();
      throw failure;
    }
  }

  /** What the user's programs find the local AWS and the AWS files by. */
  get env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.aws.endpoint,
      AWS_CONFIG_FILE: join(this.home, '.aws', 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.home, '.aws', 'credentials'),
      NO_PROXY: '127.0.0.1',
      ...(process.platform === 'win32' ? { USERPROFILE: this.home } : { HOME: this.home }),
      ...writeCliConfig(this.home),
    };
  }

  close(): Promise<void> {
    return this.#ownership.close();
  }

  async #writeFiles(): Promise<void> {
    await mkdir(join(this.home, '.aws'), { recursive: true });
    await mkdir(this.project);
    const { alice, region, accounts } = this.aws;
    const key = `aws_access_key_id = ${alice.accessKeyId}\naws_secret_access_key = ${alice.secretAccessKey}\n`;
    await writeFile(join(this.home, '.aws', 'credentials'), `[default]\n${key}`, { mode: 0o600 });
    await writeFile(join(this.home, '.aws', 'config'), `[default]\nregion = ${region}\n`, { mode: 0o600 });
    writeMainTf(this.project, { roleArn: accounts.b.deployRoleArn, expectedAccountId: accounts.b.accountId, bucketName });
  }
}
