import { z } from 'zod';
import { Folder, ProfileName, Workspace } from './ipc.ts';
import { accountsMax } from './limits.ts';
import { AccountId } from './settings.ts';
import { wayVariables } from './relay/way-variables.ts';

// What `exec` tells the app about a run whose calls of STS go through the account relay.

export const RelayRequest = z.strictObject({
  /** Of `--account`, which says what is meant, whatever the project says. */
  accounts: z.array(AccountId).max(accountsMax),
  /** Production accounts whose IDs a person has typed for this run already. */
  typed: z.array(AccountId).max(200),
  /** Whether the run may change something; false only for what is known to be a run such as `plan`. */
  changes: z.boolean(),
  /** What the project says, as far as it could be read; of another folder nothing. */
  project: z.strictObject({
    folder: Folder,
    workspace: Workspace,
    accountIds: z.array(AccountId).max(2_000),
    /** The accounts that are meant for the providers that only the run decides on; null where the files do not say it of each. */
    undecided: z.array(AccountId).max(2_000).nullable(),
    /** ARNs of roles that lead to no account by themselves: all but the last of each chain. */
    onTheWay: z.array(z.string().max(2_048)).max(500),
    /** The same for a program whose Terraform the guard has not judged: it could stop there, so the user is asked. Left out where there are none. */
    perhapsOnTheWay: z.array(z.string().max(2_048)).max(500).optional(),
    /** ARNs of the roles of a backend, and of states that are read. */
    ofState: z.array(z.string().max(2_048)).max(500),
    /**
     * Profiles whose sessions lead to no account by themselves: of the backend, of states that are read, and those with
     * which a provider assumes a role. Left out where there are none, or where the guard has not judged the run.
     */
    profiles: z.array(ProfileName).max(500).optional(),
    /** The ways of the providers that are known to reach what is meant for them: by this role, or with the session itself where it is null. */
    placed: z.array(z.strictObject({ accountId: AccountId, role: z.string().max(2_048).nullable() })).max(2_000),
  }),
  way: z.partialRecord(z.enum(wayVariables), z.string().max(4_096)),
  /** Whether the run may get a key with which it can only assume roles, where its session is in none of `accounts`. */
  rolesOnly: z.boolean(),
  /** Whether equal calls may be answered from the first one's answer. */
  repeats: z.boolean(),
  /** Whose ways refusals name: the options of `exec`, or the variables that a guarded program reads. */
  typedAs: z.enum(['command-line', 'guarded-program']),
  /** How the app learns of the run's end: the run holds the FIFO open, or the command line a `relay-run` request. */
  until: z.enum(['fifo', 'connection']),
});
export type RelayRequest = z.infer<typeof RelayRequest>;
