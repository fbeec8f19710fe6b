declare module '*.css';
declare module '*.svg' {
  const address: string;
  export default address;
}
/** A bundler gives the locale itself; TypeScript, reading it as CommonJS, would give the module around it. */
declare module 'antd/es/locale/zh_CN.js' {
  const locale: NonNullable<import('antd').ConfigProviderProps['locale']>;
  export default locale;
}
