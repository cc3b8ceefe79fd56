import { createRequire } from "node:module";
import type { Payload } from "../../../action/event.ts";

interface Example {
  readonly name: string;
  readonly examples: readonly (Payload & Readonly<Record<string, unknown>>)[];
}

// The package types its JSON as a module with named exports, which it is not.
const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly Example[];

/** Real payloads of one event, as GitHub sent them. */
export function payloads(event: string): Example["examples"] {
  return examples.find((example) => example.name === event)?.examples ?? [];
}
