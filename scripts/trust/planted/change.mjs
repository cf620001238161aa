/** A change of one file: the text that stands there once, and what it becomes. */
export const change = (file, find, put) => ({ file, find, put });
