import { grantedToOthers, privilegeWord } from "./access-list.ts";
import type { ObjectKind } from "./model.ts";

export type AccessTexts = readonly string[] | undefined;

/** What others than the owner may do more and less: `SELECT of app is new`. Empty where only the owner's own differs. */
export function accessWords(kind: ObjectKind, before: AccessTexts, after: AccessTexts): string {
  const [had, has] = [grantedToOthers(kind, before), grantedToOthers(kind, after)];
  const words: string[] = [];
  for (const grantee of new Set([...had.keys(), ...has.keys()])) {
    const [old, now] = [had.get(grantee), has.get(grantee)];
    const lost = [...(old?.privileges ?? [])].filter((letter) => !now?.privileges.has(letter));
    const added = [...(now?.privileges ?? [])].filter((letter) => !old?.privileges.has(letter));
    if (lost.length > 0) words.push(`${list(lost)} of ${grantee} is lost`);
    if (added.length > 0) words.push(`${list(added)} of ${grantee} is new`);
  }
  return words.join(", ");
}

function list(letters: readonly string[]): string {
  return letters.map(privilegeWord).join(" and ");
}
