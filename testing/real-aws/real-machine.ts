import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { RunningApp, unlessClosed } from '../app/running-app.ts';
import { awsFilesIn } from '../aws/clients/aws-configure.ts';
import { startDesktop, type Desktop } from '../desktop/desktop.ts';
import { Ownership } from '../processes/ownership.ts';
import type { RealAccount } from './real-account.ts';

const stepMs = 30_000;

/** A desktop and a home folder in which the profile `default` has the account's key, and `nightly` its role. */
export class RealMachine {
  readonly home: string;
  /** The app's own files. */
  readonly dataFolder: string;
  readonly #desktop: Desktop;
  readonly #account: RealAccount;
  readonly #ownership: Ownership;
  /** The one whose code was used last: AWS takes each once. */
  #usedStep = -1;

  private constructor(desktop: Desktop, folder: string, account: RealAccount, ownership: Ownership) {
    this.home = join(folder, 'home');
    this.dataFolder = join(folder, 'data');
    this.#desktop = desktop;
    this.#account = account;
    this.#ownership = ownership;
  }

  static async start(account: RealAccount): Promise<RealMachine> {
    const ownership = new Ownership();
    try {
      const folder = await mkdtemp(join(tmpdir(), 'real-'));
      ownership.own({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) });
      const machine = new RealMachine(ownership.own(await startDesktop()), folder, account, ownership);
      await machine.#writeFiles();
      return machine;
    } catch (failure) {
      await ownership.close();
      throw failure;
    }
  }

  /** The environment of the user's programs: nothing of the account but where its AWS is, in a rehearsal. */
  get env(): Record<string, string> {
    const { endpoint } = this.#account;
    return { ...this.#desktop.env, HOME: this.home, AWS_PAGER: '', ...(endpoint === null ? {} : { AWS_ENDPOINT_URL: endpoint, NO_PROXY: '127.0.0.1' }) };
  }

  async startApp(): Promise<RunningApp> {
    return this.#ownership.own(await RunningApp.start(this.#desktop, { dataFolder: this.dataFolder, env: this.env, args: ['--hidden'] }));
  }

  /** Types the code that the MFA device shows now, or the next one where that has been used, into the prompt, which closes. */
  async typeCode(app: RunningApp): Promise<void> {
    const mfa = await app.window('mfa');
    const field = mfa.getByRole('textbox', { name: 'MFA code' });
    await field.waitFor();
    const closed = mfa.waitForEvent('close');
    await field.fill(await this.#nextCode()).catch(unlessClosed(mfa));
    await closed;
  }

  close(): Promise<void> {
    return this.#ownership.close();
  }

  async #nextCode(): Promise<string> {
    const step = () => Math.floor(Date.now() / stepMs);
    while (step() <= this.#usedStep) await sleep(stepMs - (Date.now() % stepMs));
    this.#usedStep = step();
    return new TOTP({ secret: Secret.fromBase32(this.#account.totpSeed) }).generate({ timestamp: this.#usedStep * stepMs });
  }

  async #writeFiles(): Promise<void> {
    const { accessKeyId, secretAccessKey, mfaSerial, roleArn, region } = this.#account;
    const files = awsFilesIn(this.home);
    await mkdir(join(this.home, '.aws'), { recursive: true });
    await writeFile(files.credentials, `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`, { mode: 0o600 });
    const sections = [
      `[default]\nregion = ${region}\nmfa_serial = ${mfaSerial}\n`,
      `[profile nightly]\nrole_arn = ${roleArn}\nsource_profile = default\nregion = ${region}\n`,
    ];
    await writeFile(files.config, sections.join('\n'), { mode: 0o600 });
  }
}
