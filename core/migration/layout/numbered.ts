import { fits64Bits, versionKey } from "../version.ts";

export type Identity = { readonly version: string; readonly key: string; readonly title: string };

/**
 * Version and title by a pattern whose first two groups they are. `shape` is how to write the name, for messages. The
 * version is a signed number of 64 bits, as the runners read it.
 */
export function numbered(name: string, pattern: RegExp, shape: string): Identity | { reason: string } {
  const [, version, title] = pattern.exec(name) ?? [];
  if (version === undefined || title === undefined) return { reason: `its name is not ${shape}` };
  const key = versionKey(version);
  if (!fits64Bits(key, false)) return { reason: `version ${version} is too large: runners read 64 bits` };
  return { version, key, title };
}
