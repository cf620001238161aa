import { jsxDEV as element } from 'react/jsx-dev-runtime';
import { shownProps } from './shown-props.ts';

// As `jsx-runtime.ts`, where the windows are not built but served.

export { Fragment, type JSX } from 'react/jsx-dev-runtime';

export const jsxDEV: typeof element = (type, props, ...rest) => element(type, shownProps(props), ...rest);
