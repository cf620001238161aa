// The window commands by name, without their schemas: the preload is made from this list, and must
// stay one small file.

/** What a window may ask of the main process; `commandSchemas` has the shape of each request. */
export const commandNames = [
  'requestSession',
  'submitMfa',
  'chooseMfaDevice',
  'cancelPrompt',
  'askCodeSource',
  'answerQuestion',
  'endSession',
  'copyExports',
  'copyAccountId',
  'openTerminal',
  'installProfile',
  'uninstallProfile',
  'moveAccessKey',
  'addAccessKey',
  'bringKeysOver',
  'addSignIn',
  'signIn',
  'openSignInPage',
  'copySignInAddress',
  'signInElsewhere',
  'submitSignInCode',
  'acceptIdentity',
  'cancelSignIn',
  'signOut',
  'showPortalAccounts',
  'refreshPortalAccounts',
  'previewProfiles',
  'writeProfiles',
  'chooseAwsFile',
  'resetAwsFiles',
  'addProject',
  'removeProject',
  'restoreProject',
  'checkProject',
  'bindProject',
  'remindOfProject',
  'forgetDeployment',
  'showHistory',
  'showActivity',
  'previewRevocation',
  'showAccessKeys',
  'showMore',
  'closeSheet',
  'revoke',
  'removeRevocation',
  'forgetRevocation',
  'rotateAccessKey',
  'deleteOldAccessKey',
  'openConsole',
  'openLink',
  'closeReady',
  'setFavourite',
  'setAccount',
  'dismissNotice',
  'changeSettings',
  'openPanel',
  'togglePanel',
  'leavePanel',
  'pinPanel',
  'openSettings',
  'openConfigFile',
  'showReport',
  'maskReport',
  'saveReport',
  'checkForUpdates',
  'closeUpdate',
  'quit',
] as const;

export type CommandName = (typeof commandNames)[number];

/** The IPC channels. Only `platform/windows/ipc.ts` and the preload name them. */
export const channels = {
  command: 'command',
  uiState: 'ui-state',
  readUiState: 'read-ui-state',
  takesKeys: 'takes-keys',
  contentHeight: 'content-height',
} as const;

/** One method for each name, which passes its request to `send`. */
export function apiFrom<N extends string, R>(names: readonly N[], send: (name: N, request: unknown) => R): { readonly [name in N]: (request: unknown) => R } {
  const methods = names.map((name) => [name, (request: unknown) => send(name, request)] as const);
  return Object.fromEntries(methods) as { readonly [name in N]: (request: unknown) => R };
}
