import { nearestWord } from "../sql/nearest-word.ts";
import { tokens } from "../sql/tokens.ts";
import type { Declarations, Script } from "./model.ts";

/**
 * What a comment tells Switchback. Exactly these forms exist:
 *
 *     -- switchback: irreversible <reason>
 *     -- switchback: lossy <reason>
 *     -- switchback-ignore <rule>: <reason>
 *     -- switchback-ignore-file <rule>: <reason>
 */
export type Directive =
  | ({ readonly kind: "declare"; readonly what: "irreversible" | "lossy"; readonly reason: string } & Place)
  | ({
      readonly kind: "ignore";
      readonly scope: "statement" | "file";
      readonly rule: string;
      readonly reason: string;
    } & Place)
  | ({ readonly kind: "malformed"; readonly message: string; readonly help: string } & Place);

/** 0-based UTF-16 offsets of the comment in the text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** All directives of a text, in order. Costs nothing where the word does not occur. */
export function directivesIn(text: string): Directive[] {
  if (!/switchback/i.test(text)) return [];
  const found: Directive[] = [];
  for (const token of tokens(text)) {
    if (token.kind !== "line-comment" && token.kind !== "block-comment") continue;
    const directive = directiveOf(text.slice(token.start, token.end), token);
    if (directive) found.push(directive);
  }
  return found;
}

/** Declarations that the scripts of one migration make; the up's word comes first. */
export function declarationsOf(scripts: readonly (Script | undefined)[]): Declarations {
  const declarations: { irreversible?: string; lossy?: string } = {};
  for (const script of scripts) {
    if (!script) continue;
    for (const directive of directivesIn(script.file.text.slice(script.start, script.end))) {
      if (directive.kind === "declare") declarations[directive.what] ??= directive.reason;
    }
  }
  return declarations;
}

const forms =
  "-- switchback: irreversible <reason>\n  -- switchback: lossy <reason>\n  -- switchback-ignore <rule>: <reason>\n  -- switchback-ignore-file <rule>: <reason>";

function directiveOf(comment: string, { start, end }: Place): Directive | undefined {
  const body = comment.replace(/^--|^\/\*|\*\/$/g, "").trim();
  // Prose may speak of Switchback; a directive has `:` or `-word` right after the name.
  const head = /^switchback\s*(:|-[\w-]*)\s*(.*)$/is.exec(body);
  if (!head) return undefined;
  const place = { start, end };
  const malformed = (message: string, form?: string): Directive => ({
    kind: "malformed",
    message,
    help: form === undefined ? `write one of\n  ${forms}` : `write\n  ${form}`,
    ...place,
  });
  if (!comment.startsWith("--")) return malformed("a directive must be a line comment that starts with --");
  if (!body.startsWith("switchback")) return malformed("a directive is written in lower case");
  const [, mark = "", rest = ""] = head;
  if (mark === ":") {
    const [what = "", ...reason] = rest.split(/\s+/);
    if (what !== "irreversible" && what !== "lossy") {
      const meant = nearestWord(what, ["irreversible", "lossy"]);
      const form = meant && `-- switchback: ${meant} ${reason.join(" ") || "<reason>"}`;
      return malformed(`unknown directive "switchback: ${what}"`, form);
    }
    if (reason.length === 0)
      return malformed(`"switchback: ${what}" needs a reason`, `-- switchback: ${what} <reason>`);
    return { kind: "declare", what, reason: reason.join(" "), ...place };
  }
  if (mark !== "-ignore" && mark !== "-ignore-file")
    return malformed(`unknown directive "switchback${mark}"`);
  const ignore = /^([\w-]+)\s*(?::\s*(.*))?$/s.exec(rest);
  if (!ignore) return malformed(`"switchback${mark}" must name one rule, then a colon and a reason`);
  const [, rule = "", reason = ""] = ignore;
  if (reason === "")
    return malformed(
      `"switchback${mark} ${rule}" needs a colon and a reason`,
      `-- switchback${mark} ${rule}: <reason>`,
    );
  return { kind: "ignore", scope: mark === "-ignore" ? "statement" : "file", rule, reason, ...place };
}
