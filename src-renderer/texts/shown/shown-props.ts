import { shownText } from '../../../src-main/core/printable.ts';

/** The props besides `children` that a browser or a screen reader shows as texts. */
const shownNames = ['title', 'alt', 'placeholder', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'];

/**
 * The props of an element with its texts as they can be shown. React sees to it that no text becomes markup; this does,
 * for every window at once, that none turns the line round in which it stands, and none hides a part of itself.
 */
export function shownProps(props: unknown): unknown {
  const given = props as Readonly<Record<string, unknown>>;
  let shown: Record<string, unknown> | null = null;
  for (const name of ['children', ...shownNames]) {
    const value = name === 'children' ? shownChild(given[name]) : shownAttribute(given[name]);
    // Most elements are as they were, and a list has thousands.
    if (value !== given[name]) shown = { ...(shown ?? given), [name]: value };
  }
  return shown ?? given;
}

function shownAttribute(value: unknown): unknown {
  return typeof value === 'string' ? shownText(value) : value;
}

function shownChild(child: unknown): unknown {
  if (!Array.isArray(child)) return shownAttribute(child);
  const shown = child.map(shownChild);
  return shown.every((each, index) => each === child[index]) ? child : shown;
}
