import { application, choice } from '#conversation';

const kinds = ['move', 'test', 'replace'] as const;

/** 校表换表移表: a burning or dead meter is fault.report. */
export default application({
  guides: kinds,
  slots: { kind: choice(kinds, { offered: ['test', 'replace', 'move'] }) },
});
