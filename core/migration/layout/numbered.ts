import { dottedKey } from "../dotted-version.ts";
import { fits64Bits } from "../version.ts";

export type Identity = { readonly version: string; readonly key: string; readonly title: string };

/**
 * Version and title by a pattern whose first two groups they are. `shape` is how to write the name, for messages. The
 * version is a signed number of 64 bits, as the runners read it, or several with dots between.
 */
export function numbered(name: string, pattern: RegExp, shape: string): Identity | { reason: string } {
  const [, version, title] = pattern.exec(name) ?? [];
  if (version === undefined || title === undefined) return { reason: `its name is not ${shape}` };
  const key = dottedKey(version);
  if (!key.split(".").every((part) => fits64Bits(part, false)))
    return { reason: `version ${version} is too large: runners read 64 bits` };
  return { version, key, title };
}
