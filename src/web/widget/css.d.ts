/** The build hands a style sheet over as its minified text (scripts/build-widget.js). */
declare module '*.shadow.css' {
  const text: string;
  export default text;
}
