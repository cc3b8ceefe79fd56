import type { Config } from "#core/config/config.ts";
import { parseOption } from "#core/config/option-value.ts";
import { optionTable } from "#core/config/options.ts";

/** The inputs of `action.yml`, read once. What is absent was not set. */
export interface Inputs {
  /** Options that a configuration file may set too; the input wins. */
  readonly config: Partial<Config>;
  /** `config`: the configuration file, relative to the working directory. */
  readonly configFile?: string;
  readonly token: string;
  /** `server-url`: the server to prove on; a secret. */
  readonly url?: string;
  /** Relative to the root of the checkout. */
  readonly workingDirectory: string;
  readonly changedOnly: boolean;
  readonly annotations: boolean;
  readonly comment: boolean;
  readonly review: boolean;
  readonly summary: boolean;
  readonly sarifFile?: string;
  readonly checkOpenPulls: boolean;
}

export type ReadInputs =
  | { readonly ok: true; readonly inputs: Inputs }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /** Those that could be read: enough to find the comment of the job. */
      readonly inputs: Inputs;
      /** The options whose values could not be. */
      readonly unread: readonly string[];
    };

/** `get` answers with an empty text for an input that was not set. Every problem is told, not only the first. */
export function readInputs(get: (name: string) => string): ReadInputs {
  const problems: string[] = [];
  const unread: string[] = [];
  const config: Record<string, unknown> = {};
  for (const option of optionTable) {
    const text = option.input && option.file ? get(option.input) : "";
    if (!option.input || text === "") continue;
    const value = parseOption(option, text, option.input);
    if (value.ok) config[option.name] = value.value;
    else {
      problems.push(value.problem);
      unread.push(option.name);
    }
  }
  const flag = (name: string): boolean => {
    const text = get(name).toLowerCase();
    if (text !== "" && text !== "true" && text !== "false") {
      problems.push(`${name} wants true or false, not "${text}"`);
    }
    return text !== "false";
  };
  const text = (name: string) => get(name) || undefined;
  const configFile = text("config");
  const sarifFile = text("sarif-file");
  const url = text("server-url");
  const token = get("github-token");
  // A key or two lines that were pasted: the library that sends it would quote all of it in its complaint.
  const isToken = /^[!-~]*$/.test(token);
  if (!isToken) problems.push("github-token holds a blank, a line end or a sign that no token has");
  const inputs: Inputs = {
    config,
    ...(url ? { url } : {}),
    ...(configFile ? { configFile } : {}),
    token: isToken ? token : "",
    workingDirectory: text("working-directory") ?? ".",
    changedOnly: flag("changed-only"),
    annotations: flag("annotations"),
    comment: flag("comment"),
    review: flag("review"),
    summary: flag("summary"),
    ...(sarifFile ? { sarifFile } : {}),
    checkOpenPulls: flag("check-open-pulls"),
  };
  return problems.length > 0 ? { ok: false, problems, inputs, unread } : { ok: true, inputs };
}
