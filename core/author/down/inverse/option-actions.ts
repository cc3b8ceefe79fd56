/** SET (…) and RESET (…) that take a list of options `name=value` from how it is to how it was. */
export function optionActions(is: readonly string[], was: readonly string[]): string[] {
  const set = was.filter((option) => !is.includes(option));
  const named = (option: string) => option.replace(/=.*$/s, "");
  const reset = is.map(named).filter((name) => !was.some((option) => named(option) === name));
  return [
    ...(set.length > 0 ? [`SET (${set.join(", ")})`] : []),
    ...(reset.length > 0 ? [`RESET (${reset.join(", ")})`] : []),
  ];
}
