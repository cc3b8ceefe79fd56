/** `public.` is what everybody means, and default privileges are those of whoever runs the script. */
export function plainName(name: string): string {
  if (/^CURRENT_USER (?:IN SCHEMA .+ )?ON [A-Z ]+$/.test(name)) return name.slice("CURRENT_USER ".length);
  return name.startsWith("public.") ? name.slice("public.".length) : name;
}
