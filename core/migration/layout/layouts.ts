import { authelia } from "./authelia.ts";
import { dbmate } from "./dbmate.ts";
import { diesel } from "./diesel.ts";
import { drizzle } from "./drizzle.ts";
import { drizzleFolders } from "./drizzle-folders.ts";
import { flyway } from "./flyway.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { goose } from "./goose.ts";
import type { Layout } from "./layout.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import { ory } from "./ory.ts";
import { plain } from "./plain.ts";
import { prisma } from "./prisma.ts";
import { sqlMigrate } from "./sql-migrate.ts";
import { sqlx } from "./sqlx.ts";
import { supabase } from "./supabase.ts";

/** Every layout, by the name that the config gives it. */
export const layouts: Readonly<Record<string, Layout>> = Object.fromEntries(
  [
    golangMigrate,
    sqlx,
    diesel,
    goose,
    sqlMigrate,
    dbmate,
    flyway,
    nodePgMigrate,
    authelia,
    ory,
    prisma,
    supabase,
    drizzle,
    drizzleFolders,
    plain,
  ].map((layout) => [layout.name, layout]),
);

/** Does one layout or another want a file of this name (relative to the folder)? */
export function isWantedSomewhere(name: string): boolean {
  return Object.values(layouts).some((layout) => layout.wants(name));
}

/** The files in which runners list their migrations, relative to the folder. */
export const listFiles: readonly string[] = Object.values(layouts).flatMap(({ list }) => list?.file ?? []);
