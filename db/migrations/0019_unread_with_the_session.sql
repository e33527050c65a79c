-- How many notices wait unread comes with the session: the shell of every page shows it, and no page asks for it. More
-- than 99 are not counted.
drop function find_session(bytea);
--> statement-breakpoint
create function find_session(asked bytea) returns table (
  expires_at timestamptz, disabled_at timestamptz, account_id uuid, role text, name text,
  academy_id uuid, academy_code text, academy_name text, union_id uuid, union_name text, person_id uuid, unread integer
) language plpgsql stable set app.purpose = 'sign_in' as $$
begin
  return query
  select s.expires_at, a.disabled_at, a.id, a.role, a.display_name,
    a.academy_id, y.code, y.name, a.union_id, u.name,
    case when a.person_confirmed_at is not null then a.person_id end,
    (select count(*)::integer from (
      select from notice n where n.account_id = a.id and n.read_at is null limit 99) waiting)
  from session s
  join account a on a.id = s.account_id
  left join academy y on y.id = a.academy_id
  left join trade_union u on u.id = a.union_id
  where s.id_hash = asked;
end
$$;
