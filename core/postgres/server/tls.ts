import { readFileSync } from "node:fs";
import { EngineUnavailableError } from "../session.ts";
import type { ServerAddress } from "../wire/server-address.ts";

/** What to try, and what else where the server wants it otherwise. */
export interface TlsWish {
  readonly first: ServerAddress["ssl"];
  readonly otherwise?: ServerAddress["ssl"];
}

const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
const unchecked = { rejectUnauthorized: false };

/** `sslmode` and its companions as libpq means them; `no-verify` is what Node's drivers call `require`. */
export function tlsOf(parameters: URLSearchParams): TlsWish {
  const mode = parameters.get("sslmode") ?? process.env.PGSSLMODE ?? "prefer";
  const files = {
    ...fileOf(parameters, "sslcert", "cert"),
    ...fileOf(parameters, "sslkey", "key"),
    ...fileOf(parameters, "sslrootcert", "ca"),
  };
  switch (mode) {
    case "disable":
      return { first: false };
    case "allow":
      return { first: false, otherwise: { ...files, ...unchecked } };
    case "prefer":
      return { first: { ...files, ...unchecked }, otherwise: false };
    case "no-verify":
      return { first: { ...files, ...unchecked } };
    case "require":
      // With certificates of its own libpq looks at the server's too.
      return { first: "ca" in files ? { ...files, ...anyHost } : { ...files, ...unchecked } };
    case "verify-ca":
      return { first: { ...files, ...anyHost } };
    case "verify-full":
      return { first: { ...files, rejectUnauthorized: true } };
    default:
      throw new EngineUnavailableError(`the URL says sslmode=${mode}; known are ${modes.join(", ")}`);
  }
}

/** The certificate has to come from the authority, for whichever host. */
const anyHost = { rejectUnauthorized: true, checkServerIdentity: () => undefined };

function fileOf(
  parameters: URLSearchParams,
  name: string,
  key: "ca" | "cert" | "key",
): { [key: string]: string } {
  const path = parameters.get(name);
  // libpq's word for the certificates that the system trusts.
  if (path === null || path === "system") return {};
  try {
    return { [key]: readFileSync(path, "utf8") };
  } catch {
    throw new EngineUnavailableError(`the URL says ${name}=${path}, and that file cannot be read`);
  }
}
