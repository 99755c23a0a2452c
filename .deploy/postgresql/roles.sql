-- Once for each cluster, as its superuser: who owns the record, who reads it, and who copies it to standbys.
-- The passwords come from the environment: OWNER_PASSWORD, READER_PASSWORD and REPLICA_PASSWORD.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv reader_password READER_PASSWORD
\getenv replica_password REPLICA_PASSWORD

CREATE ROLE record_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE record_reader LOGIN PASSWORD :'reader_password';
CREATE ROLE record_replica LOGIN REPLICATION PASSWORD :'replica_password';

-- The reader's rights let it write nowhere; these make it harmless, too, to who has its password: sessions
-- that only read, no statement longer than the site's own limit, none that holds a snapshot open.
ALTER ROLE record_reader SET default_transaction_read_only = on;
ALTER ROLE record_reader SET statement_timeout = '5s';
ALTER ROLE record_reader SET idle_in_transaction_session_timeout = '30s';
