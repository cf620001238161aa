import { useState } from 'react';

/** How long nothing is taken, in milliseconds. */
const deafMs = 500;

/**
 * For what asks a person something that no click may answer by mistake: it may have come under a pointer that was about
 * to click elsewhere. What it wraps does nothing in the first moments after the component has appeared.
 */
export function useDeafAtFirst(): (act: () => void) => () => void {
  const [shownAt] = useState(() => performance.now());
  return (act) => () => {
    if (performance.now() - shownAt >= deafMs) act();
  };
}
