import { argumentsOf, environmentOf, nameOf, parentOf, processIds } from './process-list.ts';

/** A process as it was at one moment: it may have become another program since, or be gone. */
export type SeenProcess = { readonly name: string; readonly parent: string; readonly arguments: string; readonly environment: string };

/** How often the processes are looked at, in milliseconds. A shorter life can go unseen, so what is short has to be done several times. */
const everyMs = 20;

/**
 * Every process that starts while it watches, with all the arguments and environments that it had; but for those of
 * other users of the machine, such as other tests: their environments do not hold `mark`.
 */
export class SeenProcesses {
  readonly #mark: string;
  readonly #others = new Set(processIds());
  readonly #seen = new Map<string, SeenProcess>();
  readonly #timer = setInterval(() => this.#look(), everyMs);

  constructor(mark: string) {
    this.#mark = mark;
  }

  list(): readonly SeenProcess[] {
    this.#look();
    return [...this.#seen.values()];
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const pid of processIds()) {
      if (this.#others.has(pid)) continue;
      const [args, environment] = [argumentsOf(pid), environmentOf(pid)];
      if (environment !== '' && !environment.includes(this.#mark)) {
        this.#others.add(pid);
        continue;
      }
      const key = `${pid}\0${args}\0${environment.length}`;
      if (args === '' || this.#seen.has(key)) continue;
      this.#seen.set(key, { name: nameOf(pid), parent: nameOf(parentOf(pid)), arguments: args, environment });
    }
  }
}
