/** The flags that core names as ways out, and the inputs that do the same. */
const inputOf: Readonly<Record<string, string>> = {
  "--engine": "engine",
  "--start-after": "start-after",
  "--url": "server-url",
};

/** What core says of flags of the command line, said of inputs. A way out that no input offers is left out. */
export function inputWords(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^ *--(last|base) /.test(line))
    .join("\n")
    .replace(/--[a-z-]+(?= )/g, (flag) => (inputOf[flag] === undefined ? flag : `${inputOf[flag]}:`));
}
