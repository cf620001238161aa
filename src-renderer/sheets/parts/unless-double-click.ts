import type { MouseEvent } from 'react';

/** The second click of a double click on the button that was there before may land on this one. */
export function unlessDoubleClick(act: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) act();
  };
}
