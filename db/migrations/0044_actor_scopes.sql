-- What an actor stands over, for the policies (db/schema/rls.ts). As sub-selects inside the policies these reads carried
-- the policies of their own tables into every plan, and those theirs: a statement about one lesson had 350 sub-plans, which
-- cost 14 ms to plan and 5 ms to set up, and were never run. A function is planned once a connection and called when it is
-- needed. Each runs as the actor (no SECURITY DEFINER): what it reads, the actor may read.
create function own_classes() returns setof uuid language plpgsql stable parallel safe rows 10 as $$
begin
  return query
  select cs.class_id from class_staff cs where cs.account_id = nullif(current_setting('app.account', true), '')::uuid;
end
$$;
--> statement-breakpoint
create function own_enrolments() returns setof uuid language plpgsql stable parallel safe rows 10 as $$
begin
  return query
  select e.id from enrolment e
  where e.account_id = nullif(current_setting('app.account', true), '')::uuid
    or e.person_id = nullif(current_setting('app.person', true), '')::uuid;
end
$$;
--> statement-breakpoint
create function own_seats() returns setof uuid language plpgsql stable parallel safe rows 10 as $$
begin
  return query
  select e.class_id from enrolment e
  where e.account_id = nullif(current_setting('app.account', true), '')::uuid
    or e.person_id = nullif(current_setting('app.person', true), '')::uuid;
end
$$;
--> statement-breakpoint
create function sponsored_academies() returns setof uuid language plpgsql stable parallel safe rows 20 as $$
begin
  return query
  select a.id from academy a where a.sponsor_id = nullif(current_setting('app.union', true), '')::uuid;
end
$$;
--> statement-breakpoint
create function own_enterprise() returns uuid language plpgsql stable parallel safe as $$
begin
  return (select a.enterprise_id from account a where a.id = nullif(current_setting('app.account', true), '')::uuid);
end
$$;
--> statement-breakpoint
create function own_learners() returns table (account_id uuid, course_slug text)
  language plpgsql stable parallel safe rows 200 as $$
begin
  if nullif(current_setting('app.role', true), '') = 'academy_admin' then
    return query
    select e.account_id, c.course_slug from class c
    join enrolment e on e.academy_id = c.academy_id and e.class_id = c.id and e.seat = 'enrolled'
    where c.mode = 'online' and c.course_slug is not null and e.account_id is not null
      and c.academy_id = nullif(current_setting('app.academy', true), '')::uuid;
  else
    return query
    select e.account_id, c.course_slug from class c
    join enrolment e on e.academy_id = c.academy_id and e.class_id = c.id and e.seat = 'enrolled'
    where c.mode = 'online' and c.course_slug is not null and e.account_id is not null
      and c.id in (select own_classes());
  end if;
end
$$;
