import type { CatalogObject } from "../../../catalog/model.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

type Role = CatalogObject<"role">;

/** Takes the options and the memberships of a role back. Its password is not readable. */
export function alterRole(now: Role, before: Role): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const options = [
    ...was.options.filter((option) => !is.options.includes(option)),
    ...is.options.flatMap((option) => usual(option, was.options)),
  ];
  const [has, had] = [is.memberOf ?? [], was.memberOf ?? []];
  return [
    ...(options.length > 0 ? [`ALTER ROLE ${before.name} ${options.join(" ")}`] : []),
    // A membership that only counts otherwise is given up and granted anew.
    ...has.filter((text) => !had.includes(text)).map((text) => `REVOKE ${group(text)} FROM ${before.name}`),
    ...had.filter((text) => !has.includes(text)).map((text) => `GRANT ${granted(text, before.name)}`),
  ].map(exact);
}

/** What an option that is gone is when nothing is said. */
function usual(option: string, was: readonly string[]): string[] {
  const word = option.replace(/ \S+$/, "");
  if (was.some((other) => other === option || (word !== option && other.startsWith(`${word} `)))) return [];
  if (word === "CONNECTION LIMIT") return ["CONNECTION LIMIT -1"];
  if (word === "VALID UNTIL") return ["VALID UNTIL 'infinity'"];
  return [option.startsWith("NO") ? option.slice(2) : `NO${option}`];
}

function group(membership: string): string {
  return membership.replace(/ WITH .*$/, "");
}

/** `app WITH ADMIN OPTION WITH SET FALSE` as GRANT says it. */
function granted(membership: string, to: string): string {
  const [role, ...options] = membership.split(" WITH ");
  return `${role} TO ${to}${options.length > 0 ? ` WITH ${options.join(", ")}` : ""}`;
}
