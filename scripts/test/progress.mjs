/** How often a long run says how far it is, in milliseconds. */
export const progressEveryMs = 30_000;

/**
 * How far a run is, such as `[e2e 37/376, 3 min, about 5 left]`.
 * @param {{ name: string, done: number, total: number, elapsedMs: number }} run
 */
export function progressLine({ name, done, total, elapsedMs }) {
  const minutes = (ms) => Math.max(1, Math.round(ms / 60_000));
  const left = done === 0 ? '' : `, about ${minutes((elapsedMs / done) * (total - done))} left`;
  return `[${name} ${done}/${total}, ${minutes(elapsedMs)} min${left}]`;
}

/** Says with `say` how far a run is, at most once in a while. */
export function watchProgress(name, { say = (line) => process.stdout.write(`${line}\n`), now = () => performance.now() } = {}) {
  const begun = now();
  let said = begun;
  let done = 0;
  return {
    total: 0,
    oneMore() {
      done += 1;
      const time = now();
      if (time - said < progressEveryMs) return;
      said = time;
      say(progressLine({ name, done, total: this.total, elapsedMs: time - begun }));
    },
  };
}
