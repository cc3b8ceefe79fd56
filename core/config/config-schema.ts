import type { Option } from "./options.ts";
import { optionTable } from "./options.ts";

/** JSON Schema (draft 7, which VS Code reads) of `switchback.jsonc`. */
export function configSchema(rules: readonly { readonly name: string; readonly summary: string }[]): object {
  const rows = optionTable.filter((option) => option.file);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of Switchback",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      ...Object.fromEntries(rows.map((option) => [option.name, propertySchema(option, rules)])),
    },
  };
}

function propertySchema(
  option: Option,
  rules: readonly { readonly name: string; readonly summary: string }[],
): object {
  const common = {
    description: `${option.description}.`,
    ...(option.default === undefined ? {} : { default: option.default }),
  };
  const { type } = option;
  switch (type.kind) {
    case "text":
    case "path":
      return { type: "string", minLength: 1, ...common };
    case "choice":
      return { enum: type.values, ...common };
    case "number":
      return { type: "integer", minimum: type.min, maximum: type.max, ...common };
    case "switch":
      return { type: "boolean", ...common };
    case "list":
      return { type: "array", items: { type: "string" }, ...common };
    case "rules":
      return { ...severities(rules), ...common };
    case "overrides":
      return {
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["paths", "rules"],
          properties: {
            paths: {
              type: "array",
              minItems: 1,
              items: { type: "string", minLength: 1 },
              description: "Globs of files, relative to the migration folder.",
            },
            rules: { $ref: "#/properties/rules" },
          },
        },
        ...common,
      };
  }
}

function severities(rules: readonly { readonly name: string; readonly summary: string }[]): object {
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map((rule) => [
        rule.name,
        { enum: ["off", "error", "warning", "info"], description: rule.summary },
      ]),
    ),
  };
}
