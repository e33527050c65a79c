-- For whose attendance the province's reviewer is the second person (db/schema/rls.ts, `standingIn`): the academies that the
-- province itself recommends, and those whose union has no reviewer. It runs as the actor, like the others of its kind.
create function stood_in_academies() returns setof uuid language plpgsql stable parallel safe rows 20 as $$
begin
  return query
  select a.id from academy a
  join trade_union u on u.id = a.sponsor_id
  where u.kind = 'provincial_union' or not exists (
    select from account r
    where r.union_id = a.sponsor_id and r.role = 'sponsor_reviewer' and r.disabled_at is null
  );
end
$$;
