import { jsx as element, jsxs as elementOfSeveral } from 'react/jsx-runtime';
import { shownProps } from './shown-props.ts';

// What the compiler calls for each element of a window: `jsxImportSource` in tsconfig.json.

export { Fragment, type JSX } from 'react/jsx-runtime';

export const jsx: typeof element = (type, props, key) => element(type, shownProps(props), key);
export const jsxs: typeof elementOfSeveral = (type, props, key) => elementOfSeveral(type, shownProps(props), key);
