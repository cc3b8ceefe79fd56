import { dictionary } from "../../sql/dictionary.ts";
import { jsonbText } from "./jsonb-text.ts";
import { plainNumber } from "./plain-number.ts";

/**
 * A string literal as the type's output function prints it (with the settings of a dump: ISO dates, UTC): `'4 months'`
 * as an interval is `4 mons`. Unchanged where the type prints what it is given, or where the value is not understood.
 */
export function constantText(value: string, type: string): string {
  const bare = type.replace(/\(.*?\)/, "");
  if (bare.endsWith("[]")) return arrayText(value, bare.slice(0, -2));
  return printers[bare]?.(value.trim()) ?? value;
}

/** One row of elements that need no quotes, which is what defaults hold. */
function arrayText(value: string, type: string): string {
  const inner = /^\s*\{([^{}"\\]*)\}\s*$/.exec(value)?.[1];
  if (inner === undefined) return value;
  if (inner.trim() === "") return "{}";
  const elements = inner.split(",").map((element) => constantText(element.trim(), type));
  return elements.every((element) => /^[^\s{},"\\]+$/.test(element)) ? `{${elements.join()}}` : value;
}

const printers: Readonly<Record<string, (value: string) => string | undefined>> = dictionary({
  interval,
  jsonb: jsonbText,
  date: (value) =>
    /^\d{4}-\d\d-\d\d$/.test(value) ? value : timestamp(value.replace(compactDate, "$1-$2-$3"))?.slice(0, 10),
  "time without time zone": (value) =>
    /^\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?$/.test(value)
      ? timestamp(`2000-01-01 ${value}`)?.slice(11)
      : undefined,
  "timestamp without time zone": timestamp,
  "timestamp with time zone": (value) => {
    const local = timestamp(value);
    return local === undefined ? undefined : `${local}+00`;
  },
  uuid: (value) =>
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value.toLowerCase() : undefined,
  bytea: (value) => (/^\\x(?:[\da-f]{2})*$/i.test(value) ? value.toLowerCase() : undefined),
  inet: (value) => value.replace(/^(\d+\.\d+\.\d+\.\d+)\/32$/, "$1"),
  numeric: plainNumber,
  real: (value) => float(value, 6),
  "double precision": (value) => float(value, 15),
});

/** Without zeros that say nothing; where digits are lost or an exponent begins is left to PostgreSQL. */
function float(value: string, digits: number): string | undefined {
  const plain = plainNumber(value);
  if (!/^-?\d+(?:\.\d{1,4})?$/.test(plain) || plain.replace(/\D/g, "").length > digits) return undefined;
  const number = Number(plain);
  return Object.is(number, -0) ? "-0" : String(number);
}

const compactDate = /^(\d{4})(\d\d)(\d\d)$/;

const stamp =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?\s*(?:Z|UTC|([+-])(\d\d)(?::?(\d\d))?)?$/i;

/** In UTC; a value without a zone is taken to be UTC. */
function timestamp(value: string): string | undefined {
  if (value.toLowerCase() === "epoch") return "1970-01-01 00:00:00";
  const match = stamp.exec(value);
  if (!match) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour = "0",
    minute = "0",
    second = "0",
    fraction = "",
    sign,
    hours = "0",
    minutes = "0",
  ] = match;
  const time = new Date(0);
  time.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  time.setUTCHours(Number(hour), Number(minute) - offset, Number(second));
  const digits = fraction.replace(/0+$/, "");
  return `${time.toISOString().slice(0, 19).replace("T", " ")}${digits === "" ? "" : `.${digits}`}`;
}

/** Months, days and microseconds are kept apart. */
interface Amount {
  months: number;
  days: number;
  micros: number;
}

const units: Readonly<Record<string, readonly [keyof Amount, number]>> = dictionary({
  y: ["months", 12],
  yr: ["months", 12],
  year: ["months", 12],
  mon: ["months", 1],
  month: ["months", 1],
  w: ["days", 7],
  week: ["days", 7],
  d: ["days", 1],
  day: ["days", 1],
  h: ["micros", 3_600_000_000],
  hr: ["micros", 3_600_000_000],
  hour: ["micros", 3_600_000_000],
  m: ["micros", 60_000_000],
  min: ["micros", 60_000_000],
  minute: ["micros", 60_000_000],
  s: ["micros", 1_000_000],
  sec: ["micros", 1_000_000],
  second: ["micros", 1_000_000],
  ms: ["micros", 1000],
  millisecond: ["micros", 1000],
});

function interval(value: string): string | undefined {
  // A bare number counts seconds.
  if (/^\d{1,5}$/.test(value)) return clock(Number(value) * 1_000_000);
  const total: Amount = { months: 0, days: 0, micros: 0 };
  const part = /\s*(?:([+-]?)(\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?|([+-]?\d+)\s*([a-z]+))\s*/iy;
  while (part.lastIndex < value.length) {
    const match = part.exec(value);
    if (!match) return undefined;
    const [, sign, hours, minutes, seconds = "0", fraction = "", count, word = ""] = match;
    if (count === undefined) {
      const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
      total.micros += (sign === "-" ? -1 : 1) * (whole * 1_000_000 + Number(fraction.padEnd(6, "0")));
      continue;
    }
    const lower = word.toLowerCase();
    const unit = units[lower] ?? units[lower.replace(/s$/, "")];
    if (!unit) return undefined;
    total[unit[0]] += Number(count) * unit[1];
  }
  return value === "" ? undefined : printInterval(total);
}

/** As IntervalStyle postgres does; several signs in one are left to PostgreSQL. */
function printInterval({ months, days, micros }: Amount): string | undefined {
  if (months < 0 || days < 0 || micros < 0) return undefined;
  const years = Math.trunc(months / 12);
  const words = [
    counted(years, "year"),
    counted(months % 12, "mon"),
    counted(days, "day"),
    micros > 0 || (months === 0 && days === 0) ? clock(micros) : "",
  ];
  return words.filter((word) => word !== "").join(" ");
}

function counted(count: number, unit: string): string {
  return count === 0 ? "" : `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function clock(micros: number): string {
  const seconds = Math.trunc(micros / 1_000_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const fraction = String(micros % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const time = `${two(Math.trunc(seconds / 3600))}:${two(Math.trunc(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === "" ? time : `${time}.${fraction}`;
}
