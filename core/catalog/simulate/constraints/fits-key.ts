/** Groups of types whose values are compared with each other; between two groups no equality is found (42804). */
const groups: readonly (readonly string[])[] = [
  ["smallint", "integer", "bigint"],
  ["text", "character varying"],
  ["uuid"],
  ["boolean"],
];

/** Can a foreign key of this type refer to a column of that one? What is in no group is not judged. */
export function fitsKey(type: string, referenced: string): boolean {
  const [mine, its] = [groupOf(type), groupOf(referenced)];
  return mine === undefined || its === undefined || mine === its;
}

function groupOf(type: string): readonly string[] | undefined {
  const bare = type.replace(/\(\d+\)$/, "");
  return groups.find((group) => group.includes(bare));
}
