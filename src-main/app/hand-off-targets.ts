import { homedir } from 'node:os';
import type { HandOffTargets } from '../broker/hand-offs/hand-offs.ts';
import type { Language } from '../contract/ui-state.ts';
import { lookVariables } from '../core/hand-offs/terminal-look.ts';
import { late } from '../core/calls/late.ts';
import { terminalChanged, terminalTitle } from '../core/texts/session-texts.ts';
import type { Translate } from '../core/texts/translate.ts';
import { openInBrowser } from '../platform/programs/browser.ts';
import type { SecretClipboard } from '../platform/desktop/clipboard.ts';
import type { TerminalWorld } from '../platform/terminals/terminal-world.ts';

const openSignIn = late(async () => (await import('../platform/programs/sign-in-page.ts')).openSignIn);
const openTerminal = late(async () => (await import('../platform/terminals/open-terminal.ts')).openTerminal);

type Parts = {
  readonly clipboard: SecretClipboard;
  readonly machine: TerminalWorld;
  readonly texts: Readonly<Record<Language, Translate>>;
};

/** Where hand-offs go: the clipboard, a terminal, the browser. */
export function handOffTargets({ clipboard, machine, texts }: Parts): HandOffTargets {
  return {
    copySecret: (secret, clearsAt, onCleared) => clipboard.copy(secret, clearsAt, onCleared),
    openTerminal: async (id, { profile, session, policies, account, language, credentials, directory, ...inside }) => {
      const warning = (names: string) => terminalChanged(texts[language], profile, names);
      const variables = [...inside.variables, ...lookVariables(inside.variables, warning)];
      const title = terminalTitle(texts[language], language, profile, session, credentials, account, policies);
      const opened = await openTerminal(id, { title, directory: directory ?? homedir(), ...inside, variables }, machine);
      return opened.ok ? { ok: true, value: opened.value.terminal } : opened;
    },
    openSignIn: (url, profile) =>
      openSignIn(url, { open: (address) => openInBrowser(address, machine), signal: machine.signal, ...(profile === null ? {} : { profile }) }),
  };
}
