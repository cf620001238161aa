/**
 * A ref for the control that a prompt opens for. The prompt appears because its user wants to answer
 * it, mostly with a phone in the other hand.
 */
export function focusWhenShown(element: HTMLElement | null): void {
  element?.focus();
}
