/** `public.` is what everybody means. */
export function plainName(name: string): string {
  return name.startsWith("public.") ? name.slice("public.".length) : name;
}
