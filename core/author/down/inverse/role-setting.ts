/** The role and the option of the setting `role app work_mem`; undefined for those of a database. */
export function roleSetting(name: string): { readonly role: string; readonly option: string } | undefined {
  const [, role, option] = /^role ("(?:[^"]|"")*"|\S+) (\S+)$/.exec(name) ?? [];
  return role === undefined || option === undefined ? undefined : { role, option };
}
