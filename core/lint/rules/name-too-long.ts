import { tokens } from "../../sql/tokens.ts";
import { defineRule } from "../rule.ts";

const longest = 63;

/**
 * Text without any of these holds no name that is too long. Nearly every statement is done with after this one look;
 * taking each of them apart into tokens was a tenth of a lint.
 */
const mayBeTooLong = /\b[\w$]{64}|"(?:[^"]|""){64}|[^\0-\x7f]/;

export const nameTooLong = defineRule({
  name: "name-too-long",
  summary: "A name of more than 63 bytes.",
  why: "PostgreSQL cuts it off with a NOTICE: two long names may become one, and code that compares names does not find it.",
  instead: "Choose a name of at most 63 bytes.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "NAMEDATALEN is 64, so 63 bytes of UTF-8 (manual 4.1.1).",
  alsoKnownAs: { squawk: "identifier-too-long" },
  directions: ["up", "down"],
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "ALTER TABLE users ADD CONSTRAINT users_that_have_an_identifier_that_is_really_greater_than_zero_check CHECK (id > 0) NOT VALID;",
        down: "ALTER TABLE users DROP CONSTRAINT users_that_have_an_identifier_that_is_really_greater_than_zero_check;",
      },
      {
        up: 'CREATE TABLE "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ" (id bigint PRIMARY KEY);',
        down: "SELECT 1;",
        note: "Bytes count, not letters.",
      },
    ],
    good: [
      { up: "CREATE TABLE users (id bigint PRIMARY KEY);", down: "DROP TABLE users;" },
      {
        up: 'CREATE TABLE "a name in quotes with exactly sixty-three bytes is allowed here" (id bigint PRIMARY KEY);',
        down: "SELECT 1;",
        note: "63 bytes.",
      },
      {
        up: "COMMENT ON SCHEMA public IS 'a_text_is_no_name_however_long_it_may_be_and_how_few_blanks_it_has';",
        down: "SELECT 1;",
        note: "Texts are not names.",
      },
    ],
  },
  check: {
    statement({ statement, parsed, report }) {
      if (!mayBeTooLong.test(parsed.text.slice(statement.start, statement.end))) return;
      for (const token of tokens(parsed.text, statement.start, statement.end)) {
        if (token.kind !== "word" && token.kind !== "quoted") continue;
        const text = parsed.text.slice(token.start, token.end);
        const name = token.kind === "quoted" ? text.slice(1, -1).replaceAll('""', '"') : text;
        if (name.length <= longest / 3) continue;
        const bytes = new TextEncoder().encode(name);
        if (bytes.length <= longest) continue;
        const kept = new TextDecoder().decode(bytes.slice(0, longest)).replace(/\uFFFD+$/, "");
        report({
          start: token.start,
          end: token.end,
          message: `the name has ${bytes.length} bytes, and PostgreSQL cuts it off to ${kept}`,
          help: `choose one of at most ${longest} bytes`,
        });
        return;
      }
    },
  },
});
