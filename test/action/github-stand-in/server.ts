import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Description } from "./description.ts";
import { answerGraphql } from "./graphql.ts";
import { type Reply, type Route, routes } from "./routes.ts";
import { type Fault, State } from "./state.ts";
import { answerWords, type Entry, sentWords } from "./transcript.ts";

let description: Description | undefined;

/** A GitHub of one repository on a local port. It remembers, refuses as told, and records every call. */
export class GitHubStandIn {
  readonly state = new State();
  readonly calls: Entry[] = [];
  /** Bodies that GitHub would not send or take: a test that ends with one has proved nothing. */
  readonly lies: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.lies.push(`the stand-in broke: ${error}`);
        response.writeHead(500).end("{}");
      });
    });
    // A connection that is given up after seconds is there for a client that is quick, and broken for one that is not.
    this.#server.keepAliveTimeout = 0;
  }

  static async start(): Promise<GitHubStandIn> {
    const standIn = new GitHubStandIn();
    await new Promise<void>((ready) => standIn.#server.listen(0, "127.0.0.1", ready));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Resolves when the first request has come. */
  get asked(): Promise<void> {
    return new Promise((resolve) => this.#server.once("request", () => resolve()));
  }

  /** Refuses the next `times` requests that match. */
  refuse(fault: Omit<Fault, "times"> & { readonly times?: number }): void {
    this.state.faults.push({ times: Number.POSITIVE_INFINITY, ...fault });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readAll(request);
    const method = request.method ?? "GET";
    const url = new URL(request.url ?? "/", "http://localhost");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const fault = this.#fault(method, decodeURIComponent(url.pathname));
    const carriedOut = !fault || fault.afterwards || fault.cut;
    const real = carriedOut ? await this.#answer(method, url, body) : undefined;
    const reply: Reply =
      fault && !fault.cut
        ? { status: fault.status, body: fault.body ?? { message: fault.message } }
        : (real ?? notFound);
    this.calls.push(entryOf(method, url, body, reply));
    const next = new URL(url);
    next.searchParams.set("page", String(Number(url.searchParams.get("page") ?? 1) + 1));
    const written = bytesOf(reply.body);
    response.writeHead(reply.status, {
      "content-type": typeof reply.body === "string" ? "text/html" : "application/json",
      ...(written.length > 0 ? { "content-length": written.length } : {}),
      ...(reply.next ? { link: `<${this.url}${next.pathname}${next.search}>; rel="next"` } : {}),
      ...fault?.headers,
    });
    if (fault?.cut) response.write(written.subarray(0, written.length / 2), () => response.destroy());
    else response.end(written);
  }

  #fault(method: string, path: string): Fault | undefined {
    const fault = this.state.faults.find((it) => it.times > 0 && it.method === method && it.path.test(path));
    if (fault) fault.times--;
    return fault;
  }

  async #answer(method: string, url: URL, body: unknown): Promise<Reply> {
    if (url.pathname === "/graphql") {
      const result = await answerGraphql(this.state, body as { query: string });
      if (result.errors) this.lies.push(...result.errors.map((error) => `GraphQL: ${error.message}`));
      return { status: 200, body: result };
    }
    const match = findRoute(method, url.pathname);
    if (!match) {
      this.lies.push(`${method} ${url.pathname} is not known here`);
      return notFound;
    }
    description ??= new Description();
    const { route, params } = match;
    const about = `${method} ${url.pathname}`;
    this.lies.push(
      ...description.request(method, route.template, body).map((it) => `${about} was sent ${it}`),
    );
    const reply = route.answer(this.state, { params, query: url.searchParams, body });
    // The stand-in must send what GitHub would send, on the wire and not as JavaScript has it.
    const wire: unknown = reply.body === undefined ? undefined : JSON.parse(JSON.stringify(reply.body));
    const problems = description.response(method, route.template, reply.status, wire);
    this.lies.push(...problems.map((it) => `${about} would not answer ${it}`));
    return reply;
  }
}

const notFound: Reply = { status: 404, body: { message: "Not Found" } };

function bytesOf(body: unknown): Buffer {
  return Buffer.from(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body));
}

function findRoute(
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const pattern = route.template.replaceAll(/\{(\w+)\}/g, (_, name) =>
      name === "ref" || name === "basehead" ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    );
    const found = route.method === method ? new RegExp(`^${pattern}$`).exec(path) : null;
    if (!found) continue;
    const params = Object.entries(found.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]);
    return { route, params: Object.fromEntries(params) };
  }
  return undefined;
}

function entryOf(method: string, url: URL, body: unknown, reply: Reply): Entry {
  const path = decodeURIComponent(url.pathname + url.search);
  const isQuery = url.pathname === "/graphql";
  const { query = "", variables = {} } = (isQuery ? body : {}) as { query?: string; variables?: object };
  const name = /query (\w+)/.exec(query)?.[1] ?? "";
  const sent = isQuery
    ? `${name} ${JSON.stringify(variables)}`
    : body === undefined
      ? undefined
      : sentWords(body);
  return {
    method,
    path,
    ...(sent === undefined ? {} : { sent }),
    status: reply.status,
    answered: answerWords(reply.body),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
