import type { ThemeConfig } from 'antd';

/** One look for the build (static-styles.tsx) and the browser: `key` names the class that the extracted variables belong to. */
export const theme: ThemeConfig = {
  cssVar: { key: 'gridtalk' },
  hashed: false,
  zeroRuntime: true,
  token: {
    colorPrimary: '#00706b',
    colorInfo: '#00706b',
    colorLink: '#00706b',
    colorSuccess: '#2f8f4e',
    colorWarning: '#c77700',
    colorError: '#cf2f2f',
    colorTextBase: '#16302e',
    colorBgLayout: '#eff4f3',
    borderRadius: 8,
    fontSize: 14,
    controlHeight: 36,
    fontFamily:
      "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
  },
};
