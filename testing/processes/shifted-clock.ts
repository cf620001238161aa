const RealDate = Date;

/** Sets this process's wall clock ahead, for packages too that look at it themselves. Timers stay as they are. */
export class ShiftedClock {
  #aheadMs = 0;

  constructor() {
    const now = () => RealDate.now() + this.#aheadMs;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args: ConstructorParameters<typeof Date> | []) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
      get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
    });
  }

  /** In milliseconds. */
  goTo(aheadMs: number): void {
    this.#aheadMs = aheadMs;
  }
}
