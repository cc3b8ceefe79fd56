import { describe, expect, it } from "vitest";
import { parseUrl } from "#core/postgres/server/parse-url.ts";

const read: [
  url: string,
  host: string,
  port: number,
  user: string,
  password: string | undefined,
  db: string,
][] = [
  ["postgres://u:p@h:1/d", "h", 1, "u", "p", "d"],
  ["postgresql://u@h", "h", 5432, "u", undefined, "u"],
  ["postgres://h", "h", 5432, "postgres", undefined, "postgres"],
  ["postgres://u:a%2Fb%40c%3A%25@h/d", "h", 5432, "u", "a/b@c:%", "d"],
  ["postgres://u%40corp:p@[::1]:6/d%20e", "::1", 6, "u@corp", "p", "d e"],
  ["postgres://u:p@/d?host=/var/run", "/var/run", 5432, "u", "p", "d"],
  ["postgres://?host=/tmp&user=u&port=7&dbname=d&password=p", "/tmp", 7, "u", "p", "d"],
];

describe("a URL", () => {
  it.each(read)("%s is read as libpq reads it", (url, host, port, user, password, maintenance) => {
    expect(parseUrl(url).address).toMatchObject({ host, port, user, password, maintenance });
  });

  it.each([
    ["nonsense 5ecret", "not of the form"],
    ["mysql://root:5ecret@localhost/x", "begins with mysql://"],
    ["postgres://u:5ecret/5ecret@h/d", "percent-encoded"],
    ["postgres://u:12/5ecret@h/d", "percent-encoded"],
    ["postgres://u:5ecret#5ecret@h/d", "percent-encoded"],
    ["postgres://u:5ecret?@h/d", "percent-encoded"],
    ["postgres://u:5ecret%zz@h/d", "not of the form"],
    ["postgres://u:5ecret@h:port/d", "not of the form"],
    ["postgres://u:5ecret@h/d?sslmode=always", "sslmode=always; known are disable, allow"],
    ["postgres://u:5ecret@h/d?sslmode=verify-ca&sslrootcert=/no/such", "sslrootcert=/no/such, and that file"],
  ])("%s is refused, and the password stays where it is", (url, words) => {
    expect(() => parseUrl(url)).toThrow(words);
    expect(() => parseUrl(url)).not.toThrow("5ecret");
  });

  it.each([
    ["", { first: { rejectUnauthorized: false }, otherwise: false }],
    ["?sslmode=disable", { first: false }],
    ["?sslmode=require", { first: { rejectUnauthorized: false } }],
    ["?sslmode=verify-full", { first: { rejectUnauthorized: true } }],
  ])("with %s is encrypted accordingly", (parameters, tls) => {
    expect(parseUrl(`postgres://h/d${parameters}`).tls).toEqual(tls);
  });
});
