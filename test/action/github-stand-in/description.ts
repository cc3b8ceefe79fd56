import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Method = "get" | "post" | "patch" | "delete";

interface Operation {
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly content?: object; readonly $ref?: string }>>;
}

/**
 * GitHub's own OpenAPI description. Every body that goes in or out of the stand-in is held against it, so that the
 * stand-in cannot lie about what GitHub sends or takes.
 */
export class Description {
  readonly #paths: Readonly<Record<string, Partial<Record<Method, Operation>>>>;
  readonly #ajv: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const path = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
    const document = JSON.parse(readFileSync(path, "utf8"), nullableWithoutType);
    this.#paths = document.paths;
    this.#ajv = new Ajv({ strict: false, allErrors: false, validateSchema: false });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, "github");
  }

  /** Problems of a request body; an operation that GitHub does not have is one. */
  request(method: string, template: string, body: unknown): string[] {
    const operation = this.#operation(method, template);
    if (!operation) return [`no ${method} ${template}`];
    if (!operation.requestBody) return body === undefined ? [] : ["a body that nobody reads"];
    const key = method.toLowerCase();
    return this.#check(
      `#/paths/${pointer(template)}/${key}/requestBody/content/application~1json/schema`,
      body,
    );
  }

  response(method: string, template: string, status: number, body: unknown): string[] {
    const operation = this.#operation(method, template);
    const response = operation?.responses[String(status)];
    if (!response) return [`${method} ${template} does not answer ${status}`];
    if (!response.content && !response.$ref) return body === undefined ? [] : ["a body"];
    const key = method.toLowerCase();
    const place = response.$ref ? response.$ref : `#/paths/${pointer(template)}/${key}/responses/${status}`;
    return this.#check(`${place}/content/application~1json/schema`, body);
  }

  #operation(method: string, template: string): Operation | undefined {
    return this.#paths[template]?.[method.toLowerCase() as Method];
  }

  #check(place: string, body: unknown): string[] {
    let validate = this.#compiled.get(place);
    if (!validate) {
      validate = this.#ajv.compile({ $ref: `github${place}` });
      this.#compiled.set(place, validate);
    }
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath || "body"} ${error.message}`);
  }
}

/** OpenAPI 3.0 may say `nullable` beside a reference, JSON Schema only beside a type. */
function nullableWithoutType(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("nullable" in value) || "type" in value) return value;
  const { nullable, ...schema } = value;
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

/** A path template as a segment of a JSON pointer inside a URI. */
function pointer(template: string): string {
  return encodeURIComponent(template.replaceAll("~", "~0").replaceAll("/", "~1"));
}
