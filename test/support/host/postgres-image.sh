#!/bin/sh
# Builds the image postgres:15-local from Debian packages in the daemon of DOCKER_HOST: postgres-image.sh FOLDER
# For hosts that cannot pull from a registry. It honours POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB.
set -eu

root=$1/root
docker image inspect postgres:15-local >/dev/null 2>&1 && exit 0

debootstrap --variant=minbase --include=postgresql,postgresql-contrib bookworm "$root" >"$1/debootstrap.log" 2>&1

cat >"$root/entrypoint" <<'ENTRYPOINT'
#!/bin/sh
# As the official image: the first server only sets up, the second one serves.
set -eu
export PATH="/usr/lib/postgresql/15/bin:$PATH" PGDATA=/var/lib/postgresql/data
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown postgres:postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
printf %s "$POSTGRES_PASSWORD" >/tmp/password
initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --encoding=UTF8 --no-locale --auth-local=trust \
  --auth-host=scram-sha-256 >/dev/null
rm /tmp/password
echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
pg_ctl -w -o "-c listen_addresses=" start
[ "$POSTGRES_DB" = postgres ] || createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
pg_ctl -w -m fast stop
exec "$@" -c listen_addresses='*'
ENTRYPOINT
chmod 755 "$root/entrypoint"

tar -C "$root" -c . | docker import --change 'ENTRYPOINT ["/entrypoint"]' --change 'EXPOSE 5432' - postgres:15-local
rm -rf "$root"
