import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OwnedProcess } from '../../processes/owned-process.ts';

export interface BusDaemonSpec {
  readonly name: 'session' | 'system';
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** `installed`: what is called and does not run is started, as a whole desktop needs it; by default nothing is. */
  readonly services?: 'installed';
}

/** A private message bus of its own. */
export class BusDaemon {
  readonly address: string;
  readonly pid: number;
  readonly #daemon: OwnedProcess;

  private constructor(address: string, daemon: OwnedProcess) {
    this.address = address;
    this.pid = daemon.pid;
    this.#daemon = daemon;
  }

  static async start({ name, folder, env, services }: BusDaemonSpec): Promise<BusDaemon> {
    const configuration = join(folder, `${name}-bus.conf`);
    await writeFile(configuration, busConfiguration(join(folder, `${name}-bus`), services === 'installed' ? '<standard_session_servicedirs/>' : ''));
    const daemon = await OwnedProcess.spawn({
      command: 'dbus-daemon',
      args: [`--config-file=${configuration}`, '--nofork', '--nopidfile', '--print-address=1', '--print-pid=1'],
      env,
    });
    const lines = await daemon.firstLines(2).catch(async (failure: unknown) => {
      await daemon.close();
      throw failure;
    });
    const [address = '', pid] = lines;
    if (Number(pid) !== daemon.pid) {
      await daemon.close();
      throw new Error(`The ${name} bus runs as process ${pid}, not as our child ${daemon.pid}`);
    }
    return new BusDaemon(address, daemon);
  }

  close(): Promise<void> {
    return this.#daemon.close();
  }
}

/**
 * By default there is no service directory, so that nothing starts by D-Bus activation. Otherwise a keyring, a
 * notification daemon or a portal of the machine would start and change what the tests see.
 */
function busConfiguration(socket: string, serviceFolders: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  ${serviceFolders}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}
