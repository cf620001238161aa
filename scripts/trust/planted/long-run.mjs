import { change } from './change.mjs';

/** @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>} */
export const ofLongRun = {
  'eight hours of `credential_process`, runs with the relay, exports, console links, renewals and looks into the panel (the real broker without windows, its clock set on)':
    [change('src-main/broker/relay/relayed-hand-offs.ts', 'this.#open.delete(run);', '')],
  'the same: timers, sockets, requests and file descriptors': [change('src-main/platform/programs/run-fifo.ts', 'clearTimeout(patience);', '')],
  'the same: files in the data folder, the folder of the socket and that for temporary files': [
    change('src-main/platform/programs/run-fifo.ts', '  if (hasEnded || !signal.aborted || !staysAfterQuit) await rm(fifo, { force: true });\n', ''),
  ],
  'three hundred openings of panel, prompt, question and settings beside two thousand hand-offs': [
    change('src-main/platform/windows/windows.ts', 'this.#windows.delete(view);\n    window?.close();', 'this.#windows.delete(view);\n    window?.hide();'),
  ],
  'the same: memory of the main process': [change('src-main/broker/local-api/server.ts', 'waiting.delete(request);', '')],
  'five thousand answers to programs, in the log': [change('src-main/core/log/repeated-answers.ts', 'return [];', 'return [event];')],
};
