import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { startDesktop, type Desktop, type DesktopOptions } from '../desktop/desktop.ts';
import { awsConfigure, awsFilesIn, type AwsFilePaths } from '../aws/clients/aws-configure.ts';
import { startLocalAws, type LocalAws, type LocalAwsOptions } from '../aws/local-aws.ts';
import { RunningApp, unlessClosed, type TrayDesktop } from './running-app.ts';

/** A desktop that a rig takes as its own, and closes in the end. */
export interface RigDesktop extends TrayDesktop {
  close(): Promise<void>;
}

/** `build` as for `RunningApp.start`. */
type AppStart = { readonly args?: readonly string[]; readonly env?: Record<string, string>; readonly build?: string };

/**
 * A user's machine: a desktop, an AWS, and a home folder with an access key of account A as `aws configure`
 * writes it. The rig owns everything, and `close()` removes it.
 */
export class AppRig<D extends RigDesktop = Desktop> {
  readonly desktop: D;
  readonly aws: LocalAws;
  /** The app's own files; they stay from one start to the next. */
  readonly dataFolder: string;
  readonly home: string;
  readonly #folder: string;
  readonly #apps: RunningApp[] = [];

  private constructor(desktop: D, aws: LocalAws, folder: string) {
    this.desktop = desktop;
    this.aws = aws;
    this.#folder = folder;
    this.dataFolder = join(folder, 'data');
    this.home = join(folder, 'home');
  }

  static async start(options: { readonly desktop?: DesktopOptions; readonly aws?: LocalAwsOptions } = {}): Promise<AppRig> {
    return AppRig.on(await startDesktop(options.desktop), options.aws);
  }

  /** On a desktop of another kind, which the rig takes over. */
  static async on<D extends RigDesktop>(desktop: D, aws?: LocalAwsOptions): Promise<AppRig<D>> {
    const folder = await mkdtemp(join(tmpdir(), 'rig-'));
    const rig = new AppRig(desktop, await startLocalAws(aws), folder);
    await rig.configureAws();
    return rig;
  }

  get awsFiles(): AwsFilePaths {
    return awsFilesIn(this.home);
  }

  configureAws(options?: Parameters<typeof awsConfigure>[2]): Promise<void> {
    return awsConfigure(this.home, this.aws, options);
  }

  /** The environment of the user's programs: the app, and whatever the user starts by hand. */
  get env(): Record<string, string> {
    return { ...this.desktop.env, HOME: this.home, AWS_ENDPOINT_URL: this.aws.endpoint };
  }

  async startApp({ args = ['--hidden'], env = {}, build }: AppStart = {}): Promise<RunningApp> {
    const start = { dataFolder: this.dataFolder, env: { ...this.env, ...env }, args };
    const app = await RunningApp.start(this.desktop, build === undefined ? start : { ...start, build });
    this.#apps.push(app);
    return app;
  }

  /** Opens the prompt from the tray, whose menu has the profiles as soon as the AWS files are read. */
  async openPrompt(app: RunningApp, menuLabel = 'Start session…'): Promise<Page> {
    await app.tray.waitFor(`the menu item ${menuLabel}`, async (tray) => (await tray.menu()).some(({ label }) => label === menuLabel));
    await app.tray.clickMenuItem(menuLabel);
    return app.window('mfa');
  }

  /** Goes through the tray and the prompt, as a user does. */
  async startSession(app: RunningApp, menuLabel?: string): Promise<void> {
    const mfa = await this.openPrompt(app, menuLabel);
    // A window that is about to close would be taken for the next prompt's.
    const closed = mfa.waitForEvent('close');
    await this.submitCode(mfa);
    await closed;
    await app.tray.waitFor('a session', async (tray) => (await tray.tooltip()).includes(this.aws.accounts.a.accountId));
  }

  /** Types a code that AWS will take, as soon as the prompt asks for it. */
  async submitCode(mfa: Page): Promise<void> {
    const input = mfa.getByRole('textbox', { name: /MFA (code|コード)/ });
    await input.waitFor();
    await input.fill(await this.aws.nextTotpCode()).catch(unlessClosed(mfa));
  }

  /** Types a code on the keyboard, and waits until the window has closed after it. */
  async typeCode(mfa: Page): Promise<void> {
    const closed = mfa.waitForEvent('close');
    await mfa.keyboard.type(await this.aws.nextTotpCode()).catch(unlessClosed(mfa));
    await closed;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#apps.map((app) => app.close()));
    await this.aws.close();
    await this.desktop.close();
    // A process of Chromium's may write a last file a moment after the app has ended.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
