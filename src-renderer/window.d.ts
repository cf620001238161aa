import type { StsTrayApi } from '../src-main/contract/ipc.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly stsTray: StsTrayApi;
  }
}
