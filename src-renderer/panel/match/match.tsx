import { createContext, use } from 'react';
import { matchParts } from './match-parts.ts';
import styles from './match.module.css';

/** What is typed in the search field. */
export const TypedContext = createContext('');

/** A name, in which what was typed is marked. */
export function Match({ text }: { readonly text: string }) {
  const typed = use(TypedContext);
  return matchParts(text, typed).map((part, index) => {
    // In elements, since only what an element has is made harmless before it is shown.
    const Part = part.hit ? 'mark' : 'span';
    return (
      <Part key={index} className={part.hit ? styles.hit : undefined}>
        {part.text}
      </Part>
    );
  });
}
