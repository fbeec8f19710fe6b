import { StyleProvider } from '@ant-design/cssinjs';
import type { ReactNode } from 'react';

/**
 * Ant Design writes its variables into style elements at run time even when everything is in the style sheet already. Under a
 * policy without inline styles each of them would be a violation, so they go into an element that is on no page.
 */
export function OffPageStyles({ children }: { children: ReactNode }) {
  return <StyleProvider container={offPage}>{children}</StyleProvider>;
}

const offPage = document.createElement('div');
