import { grantedToOthers, parseAccess, privilegeWord } from "./access-list.ts";
import type { ObjectKind } from "./model.ts";

export type AccessTexts = readonly string[] | undefined;

/** What others than the owner may do more and less: `SELECT of app is new`; what the owner may do, where only that differs. */
export function accessWords(kind: ObjectKind, before: AccessTexts, after: AccessTexts): string {
  const [had, has] = [grantedToOthers(kind, before), grantedToOthers(kind, after)];
  const words: string[] = [];
  for (const grantee of new Set([...had.keys(), ...has.keys()])) {
    const [old, now] = [had.get(grantee), has.get(grantee)];
    const lost = [...(old?.privileges ?? [])].filter((letter) => !now?.privileges.has(letter));
    const added = [...(now?.privileges ?? [])].filter((letter) => !old?.privileges.has(letter));
    if (lost.length > 0) words.push(`${list(lost)} of ${grantee} is lost`);
    if (added.length > 0) words.push(`${list(added)} of ${grantee} is new`);
    const kept = [...(now?.privileges ?? [])].filter((letter) => old?.privileges.has(letter));
    const ungrantable = kept.filter((letter) => old?.options.has(letter) && !now?.options.has(letter));
    const grantable = kept.filter((letter) => now?.options.has(letter) && !old?.options.has(letter));
    if (ungrantable.length > 0) words.push(`GRANT OPTION FOR ${list(ungrantable)} of ${grantee} is lost`);
    if (grantable.length > 0) words.push(`GRANT OPTION FOR ${list(grantable)} of ${grantee} is new`);
  }
  return words.length > 0 ? words.join(", ") : ownerWords(before, after);
}

/** An owner who lost nothing has every privilege, whatever there is in this version. */
function ownerWords(before: AccessTexts, after: AccessTexts): string {
  const own = (texts: readonly string[]) =>
    parseAccess(texts).flatMap((item) => (item.grantee === item.grantor ? [...item.privileges] : []));
  if (!after) return "the owner has every privilege again";
  const letters = own(after);
  if (before && own(before).join() === letters.join()) return "";
  return letters.length === 0 ? "the owner has no privilege" : `the owner has ${list(letters)} only`;
}

function list(letters: readonly string[]): string {
  return letters.map(privilegeWord).join(" and ");
}
