-- A ledger may double the records in one transaction. Until autovacuum has looked, plans are made for the few rows there
-- were, and counting live takes minutes instead of seconds; looked at in the middle of an import, for none at all.
-- Runs as the owner of the tables, who alone may analyze them; it reads nothing to anybody and writes nothing but statistics.
CREATE FUNCTION know_what_came(written integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET default_statistics_target = 100 AS $$
BEGIN
  IF (SELECT reltuples FROM pg_class WHERE oid = 'enrolment'::regclass) < 2 * written::real THEN
    ANALYZE person, class, enrolment, assessment, certificate, certificate_number;
  END IF;
END $$;
