import type { CommandName } from '../../contract/command-names.ts';
import { commandSchemas, type Command, type View } from '../../contract/ipc.ts';

/**
 * What each window may ask for: what its page has a control for. So somebody else's text in one window can neither
 * answer the question that another asks, nor type into the prompt, nor change the settings.
 */
export const viewCommands: Readonly<Record<View, readonly CommandName[]>> = {
  panel: [
    'addAccessKey',
    'addProject',
    'addSignIn',
    'bindProject',
    'bringKeysOver',
    'checkProject',
    'chooseAwsFile',
    'closeReady',
    'closeSheet',
    'closeUpdate',
    'copyExports',
    'deleteOldAccessKey',
    'dismissNotice',
    'endSession',
    'forgetDeployment',
    'forgetRevocation',
    'installProfile',
    'leavePanel',
    'maskReport',
    'moveAccessKey',
    'openConfigFile',
    'openConsole',
    'openLink',
    'openSettings',
    'openTerminal',
    'pinPanel',
    'previewProfiles',
    'previewRevocation',
    'refreshPortalAccounts',
    'remindOfProject',
    'removeProject',
    'removeRevocation',
    'requestSession',
    'restoreProject',
    'revoke',
    'rotateAccessKey',
    'saveReport',
    'setAccount',
    'setFavourite',
    'showAccessKeys',
    'showActivity',
    'showHistory',
    'showMore',
    'showPortalAccounts',
    'signIn',
    'signOut',
    'uninstallProfile',
    'writeProfiles',
  ],
  mfa: ['cancelPrompt', 'chooseMfaDevice', 'requestSession', 'setAccount', 'submitMfa', 'askCodeSource'],
  'sign-in': ['acceptIdentity', 'cancelSignIn', 'copySignInAddress', 'openSignInPage', 'signIn', 'signInElsewhere', 'submitSignInCode'],
  question: ['answerQuestion', 'setAccount'],
  settings: ['changeSettings', 'checkForUpdates', 'chooseAwsFile', 'dismissNotice', 'openConfigFile', 'openLink', 'resetAwsFiles', 'setAccount', 'showReport'],
};

/** The command that a window's page sent; or why it is none, in a sentence without what the page sent, which may be an MFA code. */
export type WindowCommand = { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly refusal: string };

/** Reads what the page of a view sent. Whatever that is, this does not throw. */
export function windowCommand(view: View, name: unknown, request: unknown): WindowCommand {
  const known = viewCommands[view].find((each) => each === name);
  if (known === undefined) return { ok: false, refusal: `refused: no command of the window ${view}` };
  const parsed = commandSchemas[known].safeParse(request);
  if (!parsed.success) return { ok: false, refusal: `refused: not a request that ${known} takes` };
  return { ok: true, command: { name: known, request: parsed.data } as Command };
}
