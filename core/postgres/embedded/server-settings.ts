/** Settings of a throw-away server: nothing is kept safe, and migrations may do what production lets them do. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: "",
  port: "5432",
  fsync: "off",
  // Without fsync a commit costs one write. Left "off", a server that crashes forgets the last half second.
  synchronous_commit: "on",
  full_page_writes: "off",
  autovacuum: "off",
  track_counts: "on",
  jit: "off",
  wal_level: "logical",
  max_replication_slots: "10",
  max_prepared_transactions: "10",
  // One transaction may make or drop thousands of tables; asking for the locks walks over the whole table of them.
  max_locks_per_transaction: "512",
  max_connections: "50",
  checkpoint_timeout: "1h",
  // A runaway sort ends with 53400 instead of a full disk.
  temp_file_limit: "2GB",
  // In the data folder: containers have little /dev/shm, and nothing stays there when the server is killed.
  dynamic_shared_memory_type: "mmap",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_min_messages: "fatal",
  log_min_error_statement: "panic",
};

/** Arguments of `postgres`. Given on the command line, they win over ALTER SYSTEM of a migration. */
export function serverArguments(data: string, socketFolder: string): string[] {
  const pairs = Object.entries({ ...settings, unix_socket_directories: socketFolder });
  return ["-D", data, ...pairs.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
