import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useApp } from './app-context.ts';

/** What a window shows that is as high as that, however long its texts are, at every zoom and in every language. */
export function FittedContent({ children }: { readonly children: ReactNode }) {
  const { api } = useApp();
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = content.current;
    if (element === null) return undefined;
    const report = () => api.contentHeight(Math.ceil(element.getBoundingClientRect().height));
    // Before the window appears, so that it does not jump at once.
    report();
    const observer = new ResizeObserver(report);
    observer.observe(element);
    return () => observer.disconnect();
  }, [api]);
  return <div ref={content}>{children}</div>;
}
