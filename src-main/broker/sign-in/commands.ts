import type { CommandHandlers } from '../../contract/ipc.ts';
import type { SignIns } from './sign-ins.ts';

/** What the windows ask of sign-ins with the browser. */
export function signInCommands({ signIns }: { readonly signIns: SignIns }) {
  return {
    addSignIn: (request) => signIns.add(request),
    signIn: ({ signInId }) => signIns.open(signInId),
    openSignInPage: ({ promptId }) => signIns.openPage(promptId),
    copySignInAddress: ({ promptId }) => signIns.copyAddress(promptId),
    signInElsewhere: ({ promptId }) => signIns.goElsewhere(promptId),
    submitSignInCode: ({ promptId, code }) => signIns.submitCode(promptId, code),
    acceptIdentity: ({ promptId, accept }) => signIns.acceptIdentity(promptId, accept),
    cancelSignIn: ({ promptId }) => signIns.cancel(promptId),
    signOut: async ({ signInId }) => void (await signIns.signOut(signInId)),
  } satisfies Partial<CommandHandlers>;
}
