import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { AppRig } from '../../testing/app/app-rig.ts';
import type { RunningApp } from '../../testing/app/running-app.ts';
import { runStsTray } from '../../testing/app/sts-tray.ts';
import type { RealDesktop } from '../../testing/desktops/real-desktop.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { runProgram, type Ran } from '../../testing/processes/run-program.ts';
import { writeCliConfig } from '../../testing/terraform/cli-config.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { initialise } from '../../testing/terraform/initialised.ts';

const pictures = join(import.meta.dirname, '../../test-results/desktops');

/** What a desktop gives; what it does not is tested as what happens instead. */
export type DesktopFacts = {
  /** For the names of tests and pictures. */
  readonly name: string;
  readonly programs: readonly string[];
  readonly start: () => Promise<RealDesktop>;
  readonly tray: boolean;
  readonly keychain: boolean;
  /** Whether somebody shows notifications. */
  readonly notifications: boolean;
};

/** A user's machine with one of the desktops, on which the app runs. */
export class Machine {
  readonly facts: DesktopFacts;
  #rig: AppRig<RealDesktop> | null = null;
  #app: RunningApp | null = null;

  constructor(facts: DesktopFacts) {
    this.facts = facts;
  }

  async start(): Promise<void> {
    await mkdir(pictures, { recursive: true });
    this.#rig = await AppRig.on(await this.facts.start());
    await mkdir(this.rig.dataFolder, { recursive: true });
    const settings = { clipboardSeconds: 5, terminal: this.desktop.terminal };
    await writeFile(join(this.rig.dataFolder, 'settings.json'), JSON.stringify(settings));
    await this.startApp([]);
  }

  async startApp(args: readonly string[]): Promise<void> {
    this.#app = await this.rig.startApp({ args });
  }

  get rig(): AppRig<RealDesktop> {
    if (this.#rig === null) throw new Error('The desktop has not started');
    return this.#rig;
  }

  get app(): RunningApp {
    if (this.#app === null) throw new Error('The app has not started');
    return this.#app;
  }

  get desktop(): RealDesktop {
    return this.rig.desktop;
  }

  picture(what: string): Promise<void> {
    return this.desktop.picture(join(pictures, `${this.facts.name}-${what}.png`));
  }

  /** By the menu of the icon, or by what the panel's button does. */
  async choose(label: string, request: 'copyExports' | 'openTerminal'): Promise<void> {
    if (this.facts.tray) return this.app.tray.clickMenuItem(label);
    const panel = await this.app.window('panel');
    await panel.evaluate((name) => window.stsTray[name]({ profile: 'default' }), request);
  }

  /** The prompt, once it is on the screen and has the keyboard. */
  async prompt(): Promise<Page> {
    const mfa = await this.app.window('mfa');
    await expect.poll(() => this.app.isOnScreen('mfa')).toBe(true);
    await expect.poll(() => this.desktop.focusedTitle()).toContain('MFA code');
    await mfa.getByRole('textbox', { name: 'MFA code' }).waitFor();
    return mfa;
  }

  /** Types a code on the keyboard of the desktop, and waits until the prompt has closed after it. */
  async answer(mfa: Page): Promise<void> {
    const closed = mfa.waitForEvent('close');
    await this.desktop.typeText(await this.rig.aws.nextTotpCode());
    await closed;
  }

  /** Starts what a user would: `terraform plan` in a shell that knows nothing of the app, or the command of a profile where there is no Terraform. */
  async waitingProgram(): Promise<{ readonly ended: Promise<Ran>; readonly prints: string }> {
    const { rig } = this;
    if (findProgram('terraform') === null) return { ended: runStsTray(rig, ['credential-process', 'default']), prints: 'AccessKeyId' };
    const installed = await runStsTray(rig, ['install', 'default']);
    expect(installed.stdout).toContain('Added [profile default-sts]');
    const folder = join(rig.home, 'project');
    await mkdir(folder, { recursive: true });
    const { accountId, deployRoleArn } = rig.aws.accounts.b;
    writeMainTf(folder, { roleArn: deployRoleArn, expectedAccountId: accountId, bucketName: 'desktops' });
    const cli = writeCliConfig(rig.home);
    await initialise(folder, cli);
    const env = { ...rig.env, ...cli, AWS_PROFILE: 'default-sts' };
    return { ended: runProgram('terraform', ['plan', '-no-color'], { cwd: folder, env }), prints: 'Plan: 1 to add' };
  }

  async close(): Promise<void> {
    await this.#rig?.close();
  }
}
