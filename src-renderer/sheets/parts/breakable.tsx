import { Fragment } from 'react';

type BreakableProps = {
  readonly text: string;
  /** Zero-width matches wherever the text may continue on the next line. */
  readonly at: RegExp;
};

/** Breaks a name that has no spaces between its words; a browser would break it in the middle of one. */
export function Breakable({ text, at }: BreakableProps) {
  return text.split(at).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Before the words of `CreateBucket` and `ReadOnly`. */
export const camelCase = /(?=(?<=[a-z\d])[A-Z])/;

/** After the parts of an ARN. */
export const arnParts = /(?<=[:/])/;
