/** `1 error`, `2 errors`, `no errors` never: the caller leaves zero out. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}
