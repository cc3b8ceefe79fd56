/** Leaves as much on a server as it can, says how many things those are, and waits to be killed: run by the tests. */
import { openServer } from "#core/postgres/server/open-server.ts";

const engine = await openServer({ url: process.argv[2] ?? "" });
const database = await engine.createDatabase();
const session = await database.connect();
await session.execute("create role left_role; create table t (); alter table t owner to left_role");
await session.execute("do $$ begin execute 'create user \"Left User\"'; end $$");
await session.execute("select pg_create_physical_replication_slot('left_slot')");
await session.execute("select pg_create_logical_replication_slot('left_logical', 'pgoutput')");
await session.execute("begin; create table p (); prepare transaction 'left'");
await session.execute("create database left_database owner left_role");
process.stdout.write("6\n");
await session.execute("select pg_sleep(600)");
