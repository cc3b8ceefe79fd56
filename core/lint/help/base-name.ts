/** `migrations/000001_init.up.sql` → `000001_init.up.sql` */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
