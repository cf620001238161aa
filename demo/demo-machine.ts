import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ownership } from '../testing/processes/ownership.ts';
import { awsConfigure, awsFilesIn } from '../testing/aws/clients/aws-configure.ts';
import { startLocalAws, type LocalAws } from '../testing/aws/local-aws.ts';
import { writeCliConfig } from '../testing/terraform/cli-config.ts';
import { writeMainTf } from '../testing/terraform/deployment.ts';

export const bucketName = 'made-with-a-session';

/** A local AWS, and a user's home folder with AWS files and a Terraform project. */
export class DemoMachine {
  readonly aws: LocalAws;
  readonly home: string;
  /** The app's own files. */
  readonly dataFolder: string;
  /** The Terraform project. */
  readonly project: string;
  readonly #ownership: Ownership;

  private constructor(aws: LocalAws, folder: string, ownership: Ownership) {
    this.aws = aws;
    this.home = join(folder, 'home');
    this.dataFolder = join(folder, 'data');
    this.project = join(this.home, 'deploy');
    this.#ownership = ownership;
  }

  /** `write` leaves the AWS files and the project; by default those of a user with an access key, who makes a bucket in account B. */
  static async start(write: (machine: DemoMachine) => Promise<void> = writeAccessKeyFiles): Promise<DemoMachine> {
    const ownership = new Ownership();
    try {
      const folder = await mkdtemp(join(tmpdir(), 'demo-'));
      ownership.own({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) });
      const machine = new DemoMachine(ownership.own(await startLocalAws()), folder, ownership);
      await mkdir(machine.project, { recursive: true });
      await write(machine);
      return machine;
    } catch (failure) {
      await ownership.close();
      throw failure;
    }
  }

  /** The environment in which the user's programs find the local AWS and the AWS files. */
  get env(): Record<string, string> {
    const files = awsFilesIn(this.home);
    return {
      AWS_ENDPOINT_URL: this.aws.endpoint,
      AWS_CONFIG_FILE: files.config,
      AWS_SHARED_CREDENTIALS_FILE: files.credentials,
      NO_PROXY: '127.0.0.1',
      ...(process.platform === 'win32' ? { USERPROFILE: this.home } : { HOME: this.home }),
      ...writeCliConfig(this.home),
    };
  }

  close(): Promise<void> {
    return this.#ownership.close();
  }
}

async function writeAccessKeyFiles({ aws, home, project }: DemoMachine): Promise<void> {
  await awsConfigure(home, aws);
  const { deployRoleArn, accountId } = aws.accounts.b;
  writeMainTf(project, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName });
}
