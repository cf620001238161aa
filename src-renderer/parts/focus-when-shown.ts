/**
 * A ref for the control that a prompt is about. The prompt appears because the user wants to answer it,
 * usually with a phone in the other hand.
 */
export function focusWhenShown(element: HTMLElement | null): void {
  element?.focus();
}
