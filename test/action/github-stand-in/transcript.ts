/** One call as people read it: the request with what it sends, and the answer in a few words. */
export interface Entry {
  readonly method: string;
  readonly path: string;
  readonly sent?: string;
  readonly status: number;
  readonly answered: string;
}

/** All calls of a run, one block each; hashes are shortened, and times left out, for no two runs share them. */
export function transcript(entries: readonly Entry[]): string {
  return `${entries.map(block).join("\n\n")}\n`
    .replaceAll(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, "$1…")
    .replaceAll(/\b(?:\d+ min )?\d+(\.\d)? m?s\b/g, "… ms");
}

function block({ method, path, sent, status, answered }: Entry): string {
  const body = sent === undefined ? [] : sent.split("\n").map((line) => `  > ${line}`.trimEnd());
  return [`${method} ${path}`, ...body, `  ${status} ${answered}`].join("\n");
}

/** The fields of a body, texts of several lines as such. */
export function sentWords(body: unknown): string {
  const lines: string[] = [];
  const add = (name: string, value: unknown) => {
    if (typeof value === "string" && value.includes("\n")) {
      lines.push(`${name}:`, ...value.split("\n").map((line) => `  ${line}`));
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) addAll(`${name}[${index}].`, item);
    } else lines.push(`${name}: ${JSON.stringify(value)}`);
  };
  const addAll = (prefix: string, value: unknown) => {
    for (const [name, inner] of Object.entries(value ?? {})) add(prefix + name, inner);
  };
  addAll("", body);
  return lines.join("\n");
}

export function answerWords(body: unknown): string {
  if (Array.isArray(body)) return `${body.length} items`;
  if (typeof body !== "object" || body === null) return String(body);
  if ("message" in body) return String(body.message);
  if ("errors" in body) return JSON.stringify(body.errors);
  if ("tree" in body && Array.isArray(body.tree)) return `${body.tree.length} entries`;
  if ("data" in body) return dataWords(body.data);
  if ("id" in body) return `id ${body.id}`;
  return "object" in body ? "a ref" : "ok";
}

function dataWords(data: unknown): string {
  const text = JSON.stringify(data);
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}
