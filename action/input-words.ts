/** Flags whose inputs are called otherwise. */
const inputOf: Readonly<Record<string, string>> = { url: "server-url", postgres: "postgres-version" };

/** What core says of the command line's flags, said of inputs. A way out that no input offers is left out. */
export function inputWords(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^ *--(last|base) /.test(line))
    .join("\n")
    .replace(/--([a-z-]+) /g, (_, flag: string) => `${inputOf[flag] ?? flag}: `);
}
