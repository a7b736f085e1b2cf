#!/usr/bin/env bash
# Run once, on an empty volume: a database for each service, with a role of its own that sees no other.
set -euo pipefail
for role in casewire_outbound casewire_routing casewire_notification; do
  psql -v ON_ERROR_STOP=1 -q -U postgres -d postgres -v role="$role" -v password="$(cat "/run/secrets/casewire/$role")" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"role" OWNER :"role";
REVOKE CONNECT ON DATABASE :"role" FROM PUBLIC;
SQL
done
