import { dictionary } from "../../sql/dictionary.ts";

/**
 * Ordinary values of PostgreSQL's own types and of extensions that are met often, as they are written between quotes.
 * `n` counts the rows from 1; numbers are high, so that they stay clear of the keys that migrations insert themselves.
 */
export const plainValues: Readonly<Record<string, (n: number) => readonly string[]>> = dictionary({
  bool: (n) => (n % 2 === 1 ? ["true", "false"] : ["false", "true"]),
  int2: (n) => [`${30_000 + n}`, `${n}`, "0", "-1"],
  int4: (n) => [`${high + n}`, `${n}`, "0", "-1"],
  int8: (n) => [`${high + n}`, `${n}`, "0", "-1"],
  float4: (n) => [`${n}.5`, `${n}`, "0", "0.5", "-1"],
  // No float4 is the same.
  float8: (n) => [`${n}.1`, `${n}.5`, `${n}`, "0", "0.5", "-1"],
  money: (n) => [`${n}.25`, "0"],
  oid: (n) => [`${high + n}`],
  uuid: (n) => [`00000000-0000-4000-8000-${String(n).padStart(12, "0")}`],
  date: (n) => [`2020-01-${10 + n}`, `2020-02-${10 + n}`, `2020-01-${11 + n}`, "1990-01-01", "2100-01-01"],
  time: (n) => [`10:0${n}:00.123456`, `20:0${n}:00`, `10:0${n}:00`],
  timetz: (n) => [`10:0${n}:00.123456+00`, `20:0${n}:00+00`, `10:0${n}:00+00`],
  timestamp: (n) => moments(n),
  timestamptz: (n) => moments(n).map((text) => `${text}+00`),
  interval: (n) => [`${n} days`, `${n} hours`],
  json: (n) => [`{"n": ${n}}`, `[${n}]`, `"text ${n}"`, `${n}`, "true", "{}", "[]"],
  jsonb: (n) => [`{"n": ${n}}`, `[${n}]`, `"text ${n}"`, `${n}`, "true", "{}", "[]"],
  jsonpath: (n) => [`$."n${n}"`],
  bytea: (n) => [`\\x0${n}`, "\\x"],
  inet: (n) => [`192.0.2.${n}`, `2001:db8::${n}`],
  cidr: (n) => [`192.0.2.${n}/32`, "192.0.2.0/24"],
  macaddr: (n) => [`02:00:00:00:00:0${n}`],
  macaddr8: (n) => [`02:00:00:ff:fe:00:00:0${n}`],
  xml: (n) => [`<n>${n}</n>`],
  tsvector: (n) => [`'word${n}'`],
  tsquery: (n) => [`'word${n}'`],
  point: (n) => [`(${n},${n})`],
  line: (n) => [`{${n},1,0}`],
  lseg: (n) => [`[(${n},0),(${n},1)]`],
  box: (n) => [`(${n * 10 + 1},1),(${n * 10},0)`],
  path: (n) => [`((${n},0),(${n},1))`],
  polygon: (n) => [`((${n},0),(${n},1),(${n + 1},1))`],
  circle: (n) => [`<(${n * 10},0),1>`],
  pg_lsn: (n) => [`0/${n}`],
  pg_snapshot: (n) => [`${n}:9:`],
  txid_snapshot: (n) => [`${n}:9:`],
  aclitem: () => ["=r/pg_monitor"],
  regclass: () => ["pg_catalog.pg_class"],
  regproc: () => ["pg_catalog.now"],
  regprocedure: () => ["pg_catalog.now()"],
  regtype: () => ["text"],
  regrole: () => ["pg_monitor"],
  regnamespace: () => ["pg_catalog"],
  hstore: (n) => [`"n"=>"${n}"`],
  ltree: (n) => [`top.n${n}`],
  lquery: (n) => [`top.n${n}`],
  cube: (n) => [`(${n},${n})`],
  geometry: (n) => shapes(n),
  geography: (n) => shapes(n),
});

/** What of these texts a text has to look like is the condition's to say. */
export function formattedTexts(n: number): readonly string[] {
  return [
    `a${n}`,
    `A${n}`,
    `name-${n}`,
    `name${n}@example.com`,
    `https://example.com/${n}`,
    `/path/${n}`,
    `+155500000${10 + n}`,
    `#00000${n}`,
    `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    `2020-01-${10 + n}`,
    `1.0.${n}`,
    `192.0.2.${n}`,
    "abc".charAt(n - 1),
    "ABC".charAt(n - 1),
    ["en", "de", "fr"][n - 1] ?? "en",
    ["US", "DE", "FR"][n - 1] ?? "US",
    ["USD", "EUR", "GBP"][n - 1] ?? "USD",
    ["en-US", "de-DE", "fr-FR"][n - 1] ?? "en-US",
    `${n}`,
    `${n}`.repeat(32),
    `${n}`.repeat(64),
    `sha256:${`${n}`.repeat(64)}`,
    `{"n": ${n}}`,
    "",
  ];
}

/** The first has digits that a lower precision loses. */
function moments(n: number): readonly string[] {
  return [
    `2020-01-${10 + n} 10:00:00.123456`,
    `2020-02-${10 + n} 10:00:00`,
    `2020-01-${10 + n} 10:00:00`,
    `2020-01-${10 + n} 11:00:00`,
    `2020-01-${11 + n} 10:00:00`,
    "2100-01-01 00:00:00",
  ];
}

const high = 1_000_000_000;

function shapes(n: number): readonly string[] {
  return [
    `POINT(${n} ${n})`,
    `LINESTRING(${n} 0,${n} 1)`,
    `POLYGON((${n} 0,${n} 1,${n + 1} 1,${n} 0))`,
    `MULTIPOLYGON(((${n} 0,${n} 1,${n + 1} 1,${n} 0)))`,
  ];
}
