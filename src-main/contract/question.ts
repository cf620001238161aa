// What the app asks in its window of questions, one question at a time. Nothing secret.

/** What can be answered to each kind of question. Only *refuse* is always taken; see `broker/questions/open-questions.ts`. */
export const answersTo = {
  account: ['this-run', 'this-folder', 'refuse'],
  action: ['confirm', 'refuse'],
  program: ['allow', 'refuse'],
  command: ['run', 'refuse'],
  quit: ['quit', 'refuse'],
} as const;

export type QuestionKind = keyof typeof answersTo;
export type AnswerTo<K extends QuestionKind> = (typeof answersTo)[K][number];

export const permissions = [...new Set(Object.values(answersTo).flat())] as const;
export type Permission = AnswerTo<QuestionKind>;

type Asked = {
  readonly questionId: string;
  /** When the question goes away, which counts as a refusal, in epoch milliseconds. */
  readonly answerBy: number;
};

/** A run asks for an account that it is not known to be meant for, and its call waits for the user. */
export type AccountQuestion = Asked & {
  readonly kind: 'account';
  /** Whose session it goes on with. */
  readonly profile: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** The ARN of the role that it asks for; null for the account of the session itself. */
  readonly role: string | null;
  /** Its name and at most one more word, such as `terraform apply`; null when that is not known. */
  readonly program: string | null;
  /** The folder that it runs in; null when that is not known. */
  readonly folder: string | null;
  /** Whether an answer may say that the folder is for the account: a program in a terminal may be in another one than that in which the terminal was opened. */
  readonly canBind: boolean;
};

/** A program as it names itself, and what the kernel says of that. */
export type Asker = {
  readonly pid: number;
  /** Its name and at most one more word, such as `terraform plan`: an argument may hold a secret. */
  readonly command: string;
  /** The folder that it runs in; null when that is not known. */
  readonly folder: string | null;
  /** The file that it runs, or that what is connected instead runs; null when that is not known. */
  readonly executable: string | null;
  /** Whether the kernel says that this process is connected, or has started what is. */
  readonly verified: boolean;
  /** What is connected instead; null where it is verified, and where nothing is known. */
  readonly peer: { readonly pid: number; readonly command: string } | null;
};

/** What a program can ask for, but never gets without a person: it cannot be taken back, or opens what the app guards. */
export type AskedAction =
  | { readonly verb: 'rotate'; readonly accessKeyId: string }
  | { readonly verb: 'delete-old-key'; readonly accessKeyId: string }
  /** Of the user or role with this ARN. */
  | { readonly verb: 'revoke'; readonly arn: string }
  /** Before `neededUntil` (epoch milliseconds) sessions from before the revocation would be valid again. */
  | { readonly verb: 'remove-revocation'; readonly arn: string; readonly neededUntil: number }
  /** The profile's lines go out of these files, and with `movesKey` its access key into the keychain. */
  | { readonly verb: 'install-in-place'; readonly files: readonly string[]; readonly movesKey: boolean }
  /** The access keys of these profiles come out of the keychain and into this file, in clear. */
  | { readonly verb: 'uninstall-in-place'; readonly profiles: readonly string[]; readonly file: string }
  | { readonly verb: 'bind'; readonly folder: string; readonly workspace: string }
  /** `role` is its name. With `addressOnly` the program gets the address that signs in. */
  | { readonly verb: 'console'; readonly role: string; readonly addressOnly: boolean }
  /** A profile's foreign source gives credentials of another account than the one that it led to before. */
  | { readonly verb: 'other-account'; readonly before: string }
  /** An access portal gives credentials of another of its users than before. */
  | { readonly verb: 'other-user'; readonly portal: string; readonly before: string; readonly user: string }
  /** An `aws login` is of root, whose credentials nobody gets without a person. */
  | { readonly verb: 'root-sign-in' }
  /** An account that is marked as production loses the mark, after which nothing of it has to be typed any more. */
  | { readonly verb: 'unmark-production' }
  /** What has to be typed for an account of production changes; null takes the user's name back. */
  | { readonly verb: 'rename-production'; readonly name: string | null };

/** A program asks for an action by the local API, and waits for the user. */
export type ActionQuestion = Asked & {
  readonly kind: 'action';
  /** Whose session, key or binding it is about; null where it is about no profile. */
  readonly profile: string | null;
  readonly action: AskedAction;
  /** The accounts that it happens in; for a binding, those that the folder is bound to. Empty when that is not known. */
  readonly accountIds: readonly string[];
  /** Null when it is not known. */
  readonly asker: Asker | null;
};

/** Where the user wants to be asked for each program: one asks for a session for the first time. */
export type ProgramQuestion = Asked & {
  readonly kind: 'program';
  /** Whose session it asks for. */
  readonly profile: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Null when it is not known. */
  readonly asker: Asker | null;
};

/** What a command of an AWS file is run for. */
export const commandPurposes = ['mfa-code', 'credentials'] as const;
export type CommandPurpose = (typeof commandPurposes)[number];

/** A profile of an AWS file names a command that was never run before. */
export type CommandQuestion = Asked & {
  readonly kind: 'command';
  readonly purpose: CommandPurpose;
  /** All of it. */
  readonly line: string;
  /** The profile that names it, and the full path of the file that it stands in. */
  readonly profile: string;
  readonly file: string;
};

/** The user quits the app while something would be lost by that. */
export type QuitQuestion = Asked & {
  readonly kind: 'quit';
  /** The profiles whose sessions are in memory only, and end with the app. */
  readonly sessions: readonly string[];
  /** The same for sign-ins with the browser, by the names of their places. */
  readonly signIns: readonly string[];
  /** The programs that wait for a code, a sign-in or an answer: their names with at most one more word. */
  readonly waiting: readonly string[];
  /** The programs that assume their roles through the app, as above. */
  readonly runs: readonly string[];
};

export type Question = AccountQuestion | ActionQuestion | ProgramQuestion | CommandQuestion | QuitQuestion;
