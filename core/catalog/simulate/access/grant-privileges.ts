import type { AccessItem, AccessList } from "../../access-list.ts";

/** What one GRANT or REVOKE says, for one object. */
export interface Grant {
  readonly grants: boolean;
  readonly letters: readonly string[];
  /** Names as aclitems print them; empty is PUBLIC. */
  readonly grantees: readonly string[];
  /** WITH GRANT OPTION, or REVOKE GRANT OPTION FOR. */
  readonly option: boolean;
  readonly grantor: string;
}

/** The list after GRANT or REVOKE, as aclupdate (src/backend/utils/adt/acl.c) makes it. */
export function grantPrivileges(list: AccessList, owner: string, grant: Grant): AccessList {
  let changed = list;
  for (const grantee of grant.grantees) {
    changed = grant.grants ? add(changed, grantee, grant) : remove(changed, owner, grantee, grant);
  }
  return changed;
}

function add(list: AccessList, grantee: string, { letters, option, grantor }: Grant): AccessList {
  const before = itemOf(list, grantee, grantor);
  return put(list, {
    ...before,
    privileges: new Set([...before.privileges, ...letters]),
    options: option ? new Set([...before.options, ...letters]) : before.options,
  });
}

/** A plain REVOKE takes the right to grant on too, and what was granted with that right (recursive_revoke). */
function remove(list: AccessList, owner: string, grantee: string, grant: Grant): AccessList {
  const { letters, option, grantor } = grant;
  const before = itemOf(list, grantee, grantor);
  const without = (set: ReadonlySet<string>) =>
    new Set([...set].filter((letter) => !letters.includes(letter)));
  const after = {
    ...before,
    privileges: option ? before.privileges : without(before.privileges),
    options: without(before.options),
  };
  let changed = put(list, after);
  const lost = [...before.options].filter((letter) => !optionsOf(changed, grantee).has(letter));
  // An owner never really loses the right to grant.
  if (lost.length === 0 || grantee === owner) return changed;
  for (const item of list) {
    if (item.grantor !== grantee) continue;
    changed = remove(changed, owner, item.grantee, {
      ...grant,
      letters: lost,
      option: false,
      grantor: grantee,
    });
  }
  return changed;
}

/** Who would lose what a grantee granted on: PostgreSQL takes that with CASCADE only. */
export function heldThrough(list: AccessList, owner: string, grant: Grant): string[] {
  if (grant.grants) return [];
  return grant.grantees.flatMap((grantee) => {
    if (grantee === owner) return [];
    const { options } = itemOf(list, grantee, grant.grantor);
    const others = list.filter((item) => item.grantee !== grantee || item.grantor !== grant.grantor);
    const left = optionsOf(others, grantee);
    const lost = grant.letters.filter((letter) => options.has(letter) && !left.has(letter));
    return list.flatMap((item) =>
      item.grantor === grantee && lost.some((it) => item.privileges.has(it) || item.options.has(it))
        ? [item.grantee || "PUBLIC"]
        : [],
    );
  });
}

function itemOf(list: AccessList, grantee: string, grantor: string): AccessItem {
  const found = list.find((item) => item.grantee === grantee && item.grantor === grantor);
  return found ?? { grantee, grantor, privileges: new Set(), options: new Set() };
}

function put(list: AccessList, item: AccessItem): AccessList {
  const others = list.filter(({ grantee, grantor }) => grantee !== item.grantee || grantor !== item.grantor);
  return item.privileges.size + item.options.size === 0 ? others : [...others, item];
}

/** What a role may grant on, whoever let it. */
export function optionsOf(list: AccessList, grantee: string): ReadonlySet<string> {
  return new Set(list.flatMap((item) => (item.grantee === grantee ? [...item.options] : [])));
}

/** The list after ALTER … OWNER TO: what the former owner had and gave is the new one's (aclnewowner). */
export function changeOwner(list: AccessList, from: string, to: string): AccessList {
  const renamed = (name: string) => (name === from ? to : name);
  return merge(
    list.map((item) => ({ ...item, grantee: renamed(item.grantee), grantor: renamed(item.grantor) })),
  );
}

/** One item for each pair of grantee and grantor. */
export function merge(list: AccessList): AccessList {
  return list.reduce<AccessList>((merged, item) => {
    const before = itemOf(merged, item.grantee, item.grantor);
    return put(merged, {
      ...item,
      privileges: new Set([...before.privileges, ...item.privileges]),
      options: new Set([...before.options, ...item.options]),
    });
  }, []);
}
