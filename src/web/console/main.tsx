import { App, ConfigProvider } from 'antd';
import locale from 'antd/es/locale/zh_CN.js';
import { createRoot } from 'react-dom/client';
// Made at build time by static-styles.tsx: the console runs under a policy without inline styles.
import 'virtual:console-theme.css';
import './console.css';
import { Console } from './console.tsx';
import { OffPageStyles } from './off-page-styles.tsx';
import { theme } from './theme.ts';

const page = document.getElementById('console');
if (page)
  createRoot(page).render(
    <OffPageStyles>
      <ConfigProvider theme={theme} locale={locale} button={{ autoInsertSpace: false }}>
        <App className="app" message={{ maxCount: 2, top: 64 }}>
          <Console />
        </App>
      </ConfigProvider>
    </OffPageStyles>,
  );
