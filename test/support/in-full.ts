/** `npm run test:full` takes every version and every way; `npm test` is to be done in five minutes. */
export const inFull = process.env.SWITCHBACK_FULL !== undefined;
