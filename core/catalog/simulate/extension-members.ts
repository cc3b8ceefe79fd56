import { dictionary } from "../../sql/dictionary.ts";
import { keyOf, type ObjectKey } from "../model.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import type { World } from "./world.ts";

/** Types and functions that common extensions bring, from their install scripts. */
const members: Readonly<Record<string, { readonly types?: string; readonly functions?: string }>> =
  dictionary({
    citext: { types: "citext" },
    hstore: {
      types: "hstore ghstore",
      functions: "hstore akeys avals skeys svals hstore_to_json hstore_to_jsonb",
    },
    ltree: {
      types: "ltree lquery ltxtquery",
      functions: "subltree subpath nlevel lca text2ltree ltree2text",
    },
    cube: { types: "cube" },
    isn: { types: "ean13 isbn13 ismn13 issn13 isbn ismn issn upc" },
    seg: { types: "seg" },
    vector: {
      types: "vector halfvec sparsevec",
      functions: "l2_distance cosine_distance inner_product vector_dims",
    },
    postgis: {
      types: "geometry geography box2d box3d raster",
      functions:
        "st_makepoint st_setsrid st_distance st_dwithin st_geomfromtext st_transform st_area st_intersects",
    },
    "uuid-ossp": {
      functions:
        "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns",
    },
    pgcrypto: {
      functions:
        "digest hmac crypt gen_salt encrypt decrypt gen_random_bytes pgp_sym_encrypt pgp_sym_decrypt armor dearmor",
    },
    pg_trgm: {
      functions: "similarity word_similarity strict_word_similarity show_trgm set_limit show_limit",
    },
    unaccent: { functions: "unaccent" },
    tablefunc: { functions: "crosstab normal_rand connectby" },
    intarray: { types: "query_int" },
    earthdistance: { types: "earth", functions: "ll_to_earth earth_distance earth_box" },
    fuzzystrmatch: { functions: "levenshtein soundex metaphone dmetaphone difference" },
  });

/** Operator classes by the extension that brings them; an index that names one depends on it. */
const operatorClasses: Readonly<Record<string, string>> = dictionary({
  gin_trgm_ops: "pg_trgm",
  gist_trgm_ops: "pg_trgm",
  gin__int_ops: "intarray",
  gist_ltree_ops: "ltree",
  gin_hstore_ops: "hstore",
  gist_hstore_ops: "hstore",
  vector_l2_ops: "vector",
  vector_ip_ops: "vector",
  vector_cosine_ops: "vector",
});

const typeOwners = index("types");
const functionOwners = index("functions");

export interface ExtensionMember {
  readonly key: ObjectKey;
  /** Schema that the extension's objects live in. */
  readonly schema: string;
}

/** The installed extension that brings this type. */
export function extensionOfType(world: World, type: string): ExtensionMember | undefined {
  return installed(world, typeOwners.get(type));
}

export function extensionOfFunction(world: World, name: string): ExtensionMember | undefined {
  return installed(world, functionOwners.get(name));
}

export function extensionOfOperatorClass(world: World, name: string): ExtensionMember | undefined {
  return installed(world, operatorClasses[name]);
}

function installed(world: World, extension: string | undefined): ExtensionMember | undefined {
  if (extension === undefined) return undefined;
  const found = world.catalog.get("extension", quoteIdentifier(extension));
  return found && { key: keyOf("extension", found.name), schema: found.attributes.schema ?? "public" };
}

function index(kind: "types" | "functions"): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [extension, of] of Object.entries(members)) {
    for (const name of of[kind]?.split(" ") ?? []) owners.set(name, extension);
  }
  return owners;
}
