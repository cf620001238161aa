import type { Command, CommandRequest } from '../contract/ipc.ts';
import type { Broker } from './broker.ts';

/** What takes more than the broker: dialogs, windows, the end of the app. */
const desktopCommands = ['addProject', 'chooseAwsFile', 'resetAwsFiles', 'openLink', 'openPanel', 'openSettings', 'openConfigFile', 'quit'] as const;

export type DesktopCommand = Extract<Command, { readonly name: (typeof desktopCommands)[number] }>;

export function isDesktopCommand(command: Command): command is DesktopCommand {
  return desktopCommands.some((name) => name === command.name);
}

/** Does what a window, the tray or a notification asks for. The outcome is the next state. */
export function executeInBroker(broker: Broker, command: Exclude<Command, DesktopCommand>): void {
  switch (command.name) {
    case 'requestSession':
      return broker.sessions.requestSession(command.request);
    case 'submitMfa':
      return void broker.sessions.submitMfa(command.request);
    case 'chooseMfaDevice':
      return broker.sessions.chooseMfaDevice(command.request);
    case 'cancelPrompt':
      return broker.sessions.cancelPrompt(command.request);
    case 'endSession':
      return void broker.sessions.endSession(command.request);
    case 'copyExports':
      return void broker.handOffs.copyExports(command.request);
    case 'openTerminal':
      return void broker.handOffs.openTerminal(command.request);
    case 'installProfile':
      return void broker.profileChanges.install(command.request);
    case 'uninstallProfile':
      return void broker.profileChanges.uninstall(command.request);
    case 'moveAccessKey':
      return void broker.profileChanges.moveAccessKey(command.request);
    case 'addAccessKey':
      return void addAccessKey(broker, command.request);
    case 'removeProject':
      return broker.projects.remove(command.request);
    case 'checkProject':
      return void broker.projects.check(command.request);
    case 'bindProject':
      return broker.projects.bind(command.request);
    case 'remindOfProject':
      return broker.projects.remindOf(command.request);
    case 'forgetDeployment':
      return broker.projects.forgetDeployment(command.request);
    case 'showHistory':
      return void broker.history.show();
    case 'showActivity':
      return void broker.activities.show(command.request);
    case 'previewRevocation':
      return void broker.revocation.show(command.request);
    case 'showAccessKeys':
      return void broker.accessKeys.show(command.request);
    case 'showMore':
      return void (broker.sheets.shown?.kind === 'history' ? broker.history : broker.activities).showMore();
    case 'closeSheet':
      return broker.sheets.close();
    case 'revoke':
      return void broker.revocation.revoke(command.request);
    case 'removeRevocation':
      return void broker.revocation.remove(command.request);
    case 'forgetRevocation':
      return broker.revocation.forget(command.request);
    case 'rotateAccessKey':
      return void broker.accessKeys.rotate(command.request);
    case 'deleteOldAccessKey':
      return void broker.accessKeys.deleteOld(command.request);
    case 'openConsole':
      return void broker.consoles.openFromPanel(command.request);
    case 'setFavourite':
      return broker.settings.setFavourite(command.request);
    case 'setAccount':
      return broker.settings.setAccount(command.request);
    case 'dismissNotice':
      return broker.store.dismissNotice(command.request.noticeId);
    case 'changeSettings':
      return broker.settings.change(command.request);
  }
}

/** A key that was just added is there to start a session with. */
async function addAccessKey({ profileChanges, sessions }: Broker, request: CommandRequest<'addAccessKey'>): Promise<void> {
  if (await profileChanges.addAccessKey(request)) sessions.requestSession({ profile: request.profile });
}
