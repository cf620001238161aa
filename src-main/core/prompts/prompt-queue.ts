import type { MfaPrompt, Profile } from '../../contract/ui-state.ts';

/** The session that a code is to start: a base session, or a role session straight from the access key. */
export type PromptTarget = {
  readonly profile: Profile;
  /** In seconds; when it is left out, what the settings or the role profile say. */
  readonly durationSeconds?: number;
  /** The role profile that a person wants to start with it. */
  readonly wantedFor?: MfaPrompt['wantedFor'];
};

/** The prompts that come after the open one, in their order; at most one for each profile. */
export type PromptQueue = readonly PromptTarget[];

/** The target comes next. */
export function withFirst(queue: PromptQueue, target: PromptTarget): PromptQueue {
  return [target, ...without(queue, target.profile.name)];
}

/** The target comes last, or stays where it is. */
export function withLast(queue: PromptQueue, target: PromptTarget): PromptQueue {
  return queue.some(({ profile }) => profile.name === target.profile.name) ? queue : [...queue, target];
}

export function without(queue: PromptQueue, profileName: string): PromptQueue {
  return queue.filter(({ profile }) => profile.name !== profileName);
}

/**
 * The next target whose profile still exists, with the profile as it is now; null when there is none.
 * `gone` are the targets before it, whose profiles no longer exist.
 */
export function takeNext(
  queue: PromptQueue,
  profileNamed: (name: string) => Profile | undefined,
): { readonly next: PromptTarget | null; readonly gone: PromptQueue; readonly rest: PromptQueue } {
  for (const [index, target] of queue.entries()) {
    const profile = profileNamed(target.profile.name);
    if (profile !== undefined) return { next: { ...target, profile }, gone: queue.slice(0, index), rest: queue.slice(index + 1) };
  }
  return { next: null, gone: queue, rest: [] };
}
