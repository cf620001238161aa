/** Where the browser comes back to after a sign-in. */
export type BrowserReturn = {
  /** `http://127.0.0.1:PORT/oauth/callback`. */
  readonly redirectUri: string;
  /** What it brings, once it comes with this `state`; null when nothing comes before `close`. */
  readonly answerTo: (state: string) => Promise<URLSearchParams | null>;
  readonly close: () => void;
};
