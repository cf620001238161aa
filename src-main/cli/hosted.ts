import type { FromHost, ToHost } from '../core/local-api/host-messages.ts';
import { HostedCommands } from './process/hosted-commands.ts';
import { runCommandLine } from './run-command-line.ts';

// The entry of the utility process that `platform/programs/command-host.ts` starts: it finds out for launchers
// what `exec` needs, without a start of the runtime for each.

// Electron 45 would only warn of a failure that nobody handles, and leave its command waiting for an answer.
process.on('unhandledRejection', () => process.exit(1));

const port = process.parentPort;
const commands = new HostedCommands({
  run: runCommandLine,
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a process has no origin
  send: (message: FromHost) => port.postMessage(message),
  leave: () => process.exit(),
});
port.on('message', ({ data }: { readonly data: ToHost }) => commands.receive(data));
