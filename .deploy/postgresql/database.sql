-- For each database, as superuser; it is called record, unless told: psql -v database=record_2 -f database.sql
-- Whoever is not named here has no right in it, not even to connect; "manage.py migrate" makes the tables.
\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database record
\endif

CREATE DATABASE :"database" OWNER record_owner;
-- CONNECT, and TEMPORARY with it: no table of one's own, not even for a session.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO record_reader;

\connect :"database"
-- Until PostgreSQL 15 everybody may create here.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO record_owner;
GRANT USAGE ON SCHEMA public TO record_reader;
-- Of every table that the owner makes, now and in an upgrade, the reader may read all and change nothing.
ALTER DEFAULT PRIVILEGES FOR ROLE record_owner IN SCHEMA public GRANT SELECT ON TABLES TO record_reader;
