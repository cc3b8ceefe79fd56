const exitCodes = `
Exit codes:
  0    nothing to complain about
  1    findings at or above --fail-on, or a failed round trip
  2    could not run
  130  interrupted`;

/** What `--help` says above and below the flags. */
export const helpTexts = {
  root: {
    description: "Is this PostgreSQL migration safe to go up, and can we get back down?",
    after: `
Examples:
  switchback check                     lint migrations/ and prove every migration: up, down, up again
  switchback check db/migrations --base origin/main
                                       only what changed since the branch left main
  switchback new "add user status"     the next up and down
  switchback explain down-order        what a rule finds and what to do about it

Configuration is read from the nearest switchback.jsonc.
${exitCodes}`,
  },
  check: {
    description:
      "lint a migration folder and prove each migration: up, down and up again on a throw-away PostgreSQL",
    after: `
Examples:
  switchback check migrations
  switchback check migrations --postgres 16 --fail-on warning
  switchback check migrations --only 12 13
  switchback check migrations --last 5 --locks
  switchback check migrations --baseline schema.sql --start-after 000120
  switchback check migrations --base origin/main --format json --output report.json
${exitCodes}`,
  },
  lint: {
    description:
      "read migrations without running them; files are judged knowing the whole folder they lie in",
    after: `
Examples:
  switchback lint migrations
  switchback lint migrations/000012_add_user_status.up.sql
  switchback lint migrations --preset strict
${exitCodes}`,
  },
  roundtrip: {
    description: "prove each migration on a throw-away PostgreSQL, without linting it",
    after: `
Examples:
  switchback roundtrip migrations
  switchback roundtrip migrations --only 000012
  switchback roundtrip migrations --idempotent --walk-down
  switchback roundtrip migrations --shard 2/4 --format json --output shard-2.json
  switchback roundtrip migrations --engine docker --image postgis/postgis:17-3.5 --postgres 17
${exitCodes}`,
  },
  fix: {
    description: "apply the fixes that rules offer, until nothing is left to apply",
    after: `
Examples:
  switchback fix migrations --dry-run
  switchback fix migrations --rule require-concurrent-index

Files are written only where nobody changed them meanwhile. With --dry-run the exit code is 1 when there is something
to fix, else 0.
${exitCodes}`,
  },
  init: {
    description:
      "write a configuration that fits the migrations which are here, and a pipeline for GitHub or GitLab",
    after: `
Examples:
  switchback init
  switchback init db/migrations --dry-run

Files that are there already stay as they are. Where old migrations have findings, startAfter takes them for history.`,
  },
  new: {
    description: "make the next migration of a folder, in the folder's own style",
    after: `
Examples:
  switchback new "add user status"
  switchback new "add user status" db/migrations --base origin/main
  switchback new "add user status" --from up.sql     fills the up and proposes the down
  pg_dump --schema-only app | switchback new "init schema" --from -`,
  },
  down: {
    description:
      "propose the down of a migration: the exact inverse of its up, with what cannot be undone in comments",
    after: `
Examples:
  switchback down 12                   print the proposal
  switchback down 12 --write           write it where the down is missing or empty
  switchback down 12 --check           compare the down that is there with the proposal
  switchback down 12 --prove           run up, proposal and up again on a throw-away PostgreSQL
  switchback down 12 --static          propose from the files alone, in no time

The catalog before the migration is read from a throw-away PostgreSQL that the earlier ups run on, so what a DO block did
is undone too. Where there is none, or an earlier up fails on it, the files alone are read, and a line says so.

Exit codes:
  0    proposed, written, equal, or proved reversible
  1    --check found a difference, or the proof failed
  2    could not run
  130  interrupted`,
  },
  renumber: {
    description: "move migrations whose version is taken, or older than the base branch, behind the newest",
    after: `
Without --write nothing is moved: the plan is printed. A version that is on the base branch never moves.

Examples:
  switchback renumber
  switchback renumber db/migrations --base origin/main --write`,
  },
  convert: {
    description: "write the migrations of a folder as another runner spells them",
    after: `
Versions, titles, statements and transactions stay as they are. What the other layout cannot hold is told, and then
nothing is written.

Examples:
  switchback convert --to goose db/goose migrations
  switchback convert --to golang-migrate --renumber db/pairs db/flyway`,
  },
  rename: {
    description: "give the files of a migration another title",
    after: `
Examples:
  switchback rename 12 "add user state"`,
  },
  merge: {
    description: "put the JSON reports of all shards together",
    after: `
Examples:
  switchback merge shard-1.json shard-2.json shard-3.json shard-4.json
  switchback merge shard-*.json --format json --output report.json
${exitCodes}`,
  },
  rules: {
    description: "list every rule with its severity and what it finds",
    after: `
Examples:
  switchback rules
  switchback rules --format json`,
  },
  explain: {
    description: "say what a rule finds, or what an SQLSTATE means, why it matters and what to write instead",
    after: `
Examples:
  switchback explain require-concurrent-index
  switchback explain 25001             what PostgreSQL means when it refuses a migration`,
  },
} as const;
