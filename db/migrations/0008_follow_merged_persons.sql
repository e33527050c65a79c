-- Whoever looked a person up a moment before two records were merged may still write the merged one's id: the row then
-- names the person who is kept. The lock is shared among writers, so that they never wait for one another, and taken alone
-- by a merge (app/features/persons/merge.server.ts): a merge waits for those on their way, and later ones see it.
-- Rows of a ledger need none of it: imports and merges take turns (persons.server.ts).
CREATE FUNCTION follow_merged_person() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('persons.merge'));
  new.person_id := coalesce((select p.merged_into from person p where p.id = new.person_id), new.person_id);
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER enrolment_follows BEFORE INSERT ON enrolment FOR EACH ROW WHEN (new.import_id is null) EXECUTE FUNCTION follow_merged_person();
--> statement-breakpoint
CREATE TRIGGER account_follows BEFORE INSERT ON account FOR EACH ROW WHEN (new.person_id is not null) EXECUTE FUNCTION follow_merged_person();
