import { allPrivileges, grantedToOthers, parseAccess, privilegeWord } from "./access-list.ts";
import type { ObjectKind } from "./model.ts";

/** MAINTAIN came with 17. */
const oldest = 15;

export type AccessTexts = readonly string[] | undefined;

/** What others than the owner may do more and less: `SELECT of app is new`; what the owner may do, where only that differs. */
export function accessWords(kind: ObjectKind, before: AccessTexts, after: AccessTexts): string {
  const [had, has] = [grantedToOthers(kind, before), grantedToOthers(kind, after)];
  const words: string[] = [];
  const list = (letters: readonly string[]) => listed(kind, letters);
  for (const grantee of new Set([...had.keys(), ...has.keys()])) {
    const [old, now] = [had.get(grantee), has.get(grantee)];
    const lost = [...(old?.privileges ?? [])].filter((letter) => !now?.privileges.has(letter));
    const added = [...(now?.privileges ?? [])].filter((letter) => !old?.privileges.has(letter));
    if (lost.length > 0) words.push(`${list(lost)} of ${grantee} ${beings(kind, lost)} lost`);
    if (added.length > 0) words.push(`${list(added)} of ${grantee} ${beings(kind, added)} new`);
    const kept = [...(now?.privileges ?? [])].filter((letter) => old?.privileges.has(letter));
    const ungrantable = kept.filter((letter) => old?.options.has(letter) && !now?.options.has(letter));
    const grantable = kept.filter((letter) => now?.options.has(letter) && !old?.options.has(letter));
    if (ungrantable.length > 0) words.push(`GRANT OPTION FOR ${list(ungrantable)} of ${grantee} is lost`);
    if (grantable.length > 0) words.push(`GRANT OPTION FOR ${list(grantable)} of ${grantee} is new`);
  }
  return words.length > 0 ? words.join(", ") : ownerWords(kind, before, after);
}

/** An owner who lost nothing has every privilege, whatever there is in this version. */
function ownerWords(kind: ObjectKind, before: AccessTexts, after: AccessTexts): string {
  const own = (texts: readonly string[]) =>
    parseAccess(texts).flatMap((item) => (item.grantee === item.grantor ? [...item.privileges] : []));
  if (!after) return "the owner has every privilege again";
  const letters = own(after);
  if (before && own(before).join() === letters.join()) return "";
  return letters.length === 0 ? "the owner has no privilege" : `the owner has ${listed(kind, letters)} only`;
}

/** Seven words are no help where they are all that there are. */
function listed(kind: ObjectKind, letters: readonly string[]): string {
  if (areAll(kind, letters)) return "every privilege";
  const words = letters.map(privilegeWord);
  const last = words.pop() ?? "";
  return words.length > 0 ? `${words.join(", ")} and ${last}` : last;
}

function beings(kind: ObjectKind, letters: readonly string[]): string {
  return letters.length > 1 && !areAll(kind, letters) ? "are" : "is";
}

/** All that the oldest version knows, of which there are some. */
function areAll(kind: ObjectKind, letters: readonly string[]): boolean {
  const all = [...allPrivileges(kind, oldest)];
  return all.length > 2 && all.every((letter) => letters.includes(letter));
}
