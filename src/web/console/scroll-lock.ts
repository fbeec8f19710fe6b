import { useLayoutEffect } from 'react';

let locks = 0;

/**
 * Stands in for Ant Design's own (build-console.js swaps it), which writes a style element that the page's policy refuses:
 * while a drawer or dialog is open, the page behind it does not scroll.
 */
export default function useScrollLock(wanted?: boolean): void {
  useLayoutEffect(() => {
    if (!wanted) return;
    locks += 1;
    document.documentElement.classList.add('scroll-locked');
    return () => {
      locks -= 1;
      if (locks === 0) document.documentElement.classList.remove('scroll-locked');
    };
  }, [wanted]);
}
