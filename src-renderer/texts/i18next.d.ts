import type errors from '../../assets/locales/en/errors.json';
import type ui from '../../assets/locales/en/ui.json';

/** English is the reference: a key that it lacks fails the type check. */
declare module 'i18next' {
  interface ResourceNamespaceMap {
    ui: typeof ui;
    errors: typeof errors;
  }
}
