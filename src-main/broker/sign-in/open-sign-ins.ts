import type { Result } from '../../contract/app-error.ts';
import type { Language } from '../../contract/ui-state.ts';
import type { BrowserReturn } from '../../core/sign-in/browser-return.ts';
import type { SignInPlace } from '../../core/sign-in/sign-in-places.ts';
import type { SignInVault } from '../../vault/sign-in-vault.ts';
import type { AwsFiles } from '../../aws/files/environment.ts';
import type { WayToPlace } from '../../aws/sign-in/place-options.ts';
import type { UiStateStore } from '../state/ui-state-store.ts';
import { Flows } from './flows.ts';
import { HeldSignIns } from './held-sign-ins.ts';
import { lateFlow } from './late-flow.ts';
import { NewSignIns } from './new-sign-ins.ts';
import { SignInPrompts } from './sign-in-prompts.ts';
import { SignIns } from './sign-ins.ts';
import { UsedPlaces } from './used-places.ts';

type World = {
  readonly targets: {
    readonly openSignIn: (url: string, profile: null) => Promise<Result<null>>;
    readonly copySecret: (text: string, clearsAt: number, onCleared: () => void) => Promise<void>;
  };
  readonly openBrowserReturn: (language: Language) => Promise<Result<BrowserReturn>>;
  readonly raiseSignIn: () => void;
  readonly now: () => number;
};

type Parts = {
  readonly store: UiStateStore;
  readonly vault: SignInVault;
  readonly files: AwsFiles;
  readonly isNamed: (profile: string) => Promise<boolean>;
};

/** Puts the parts of signing in with the browser together. */
export function openSignIns({ targets, openBrowserReturn, raiseSignIn, now }: World, { store, vault, files, isNamed }: Parts) {
  const places = new UsedPlaces();
  /** With the settings of the first profile that depends on the place, such as its `ca_bundle`. */
  const wayTo = ({ signInId }: SignInPlace): WayToPlace => ({
    profile: places.profilesOf(signInId)[0] ?? 'default',
    files,
    proxy: store.content.settings.proxy,
  });
  const flows = new Flows({
    identityCenter: lateFlow(async () => new (await import('./identity-center-flow.ts')).IdentityCenterFlow({ vault, wayTo, now })),
    awsLogin: lateFlow(async () => new (await import('./aws-login-flow.ts')).AwsLoginFlow({ wayTo, now })),
  });
  const heldSignIns = new HeldSignIns({ store, vault, flows, places, now });
  const newSignIns = new NewSignIns({ store, files, places, isNamed });
  const prompts = new SignInPrompts({
    store,
    flows,
    openPage: (address) => targets.openSignIn(address, null),
    openReturn: () => openBrowserReturn(store.content.language),
    copySecret: targets.copySecret,
    hold: (kept, signal) => newSignIns.hold(kept, (held) => heldSignIns.hold(held), signal),
    drop: (place, kept) => heldSignIns.drop(place, kept),
    raise: raiseSignIn,
    now,
  });
  return { signIns: new SignIns({ store, held: heldSignIns, prompts, places, newSignIns, wayTo }), heldSignIns, newSignIns, places };
}
