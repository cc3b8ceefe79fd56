import { EngineUnavailableError } from "../session.ts";
import type { ServerAddress } from "../wire/server-address.ts";
import { type TlsWish, tlsOf } from "./tls.ts";

/** Where a URL leads, and how the way there is to be encrypted. */
export interface ServerUrl {
  readonly address: ServerAddress;
  readonly tls: TlsWish;
}

const form = "postgres://user:password@host:port/database";

/** A `postgres://` URL as libpq reads it. Messages never contain the URL: it holds a password. */
export function parseUrl(text: string): ServerUrl {
  const given = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(given)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "postgres" && scheme !== "postgresql") {
    throw new EngineUnavailableError(`the URL begins with ${scheme}://, not with postgres://`);
  }
  // A password with such a character would be taken for a host, and told as one.
  if (/^[^@]*[/?#][^/@]*@/.test(given.replace(/^[^:]*:\/\//, ""))) {
    throw new EngineUnavailableError(
      "the user or the password of the URL holds one of / ? # @: write it percent-encoded, such as %2F for /",
    );
  }
  try {
    // libpq allows an empty host, which a socket's folder in `?host=` replaces.
    return read(new URL(given.replace(/^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)(?=[/?]|$)/i, "$1localhost")));
  } catch (error) {
    if (error instanceof EngineUnavailableError) throw error;
    throw new EngineUnavailableError(`the URL is not of the form ${form}`);
  }
}

function read(url: URL): ServerUrl {
  const { searchParams: parameters } = url;
  const user = parameters.get("user") ?? (decodeURIComponent(url.username) || "postgres");
  const password = parameters.get("password") ?? decodeURIComponent(url.password);
  const host = parameters.get("host") ?? (url.hostname.replace(/^\[|\]$/g, "") || "localhost");
  return {
    address: {
      host,
      port: Number(parameters.get("port") ?? (url.port || "5432")),
      user,
      // Without one `pg` looks into PGPASSWORD and ~/.pgpass.
      password: password === "" ? undefined : password,
      maintenance: parameters.get("dbname") ?? (decodeURIComponent(url.pathname.slice(1)) || user),
      ssl: false,
    },
    // A socket needs no encryption.
    tls: host.startsWith("/") ? { first: false } : tlsOf(parameters),
  };
}
