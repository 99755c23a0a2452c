#!/bin/sh
# Makes an empty $PGDATA a copy of the primary $PRIMARY that follows it, as the user who runs PostgreSQL, with
# REPLICA_PASSWORD in the environment; then runs its arguments. What has data already is left as it is.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  export PGPASSWORD="$REPLICA_PASSWORD"
  until pg_basebackup --pgdata "$PGDATA" --write-recovery-conf --checkpoint fast \
    --dbname "host=$PRIMARY port=${PRIMARY_PORT:-5432} user=record_replica"; do
    echo "The primary $PRIMARY gives no copy yet; the next try is in 2 seconds." >&2
    sleep 2
  done
  chmod 700 "$PGDATA"
fi
exec "$@"
