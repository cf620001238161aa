import { Fragment } from 'react';

type BreakableProps = {
  readonly text: string;
  /** Matches, without a width, where the text may go on in the next line. */
  readonly at: RegExp;
};

/** Between the words of a name that has no spaces, which would else break in the middle of a word. */
export function Breakable({ text, at }: BreakableProps) {
  return text.split(at).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Before the words of `CreateBucket`. */
export const camelCase = /(?=(?<=[a-z\d])[A-Z])/;

/** After the parts of an ARN. */
export const arnParts = /(?<=[:/])/;
