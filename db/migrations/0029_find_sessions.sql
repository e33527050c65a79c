-- Sessions are looked up many at once: requests of the same moment share a query, and one join costs a fraction of a
-- function's call for each. `asked`: SHA-256 of the ids, in hex; an unknown one has no row.
drop function find_session(bytea);
--> statement-breakpoint
create function find_sessions(asked text[]) returns table (
  id_hash text, expires_at timestamptz, disabled_at timestamptz, account_id uuid, role text, name text,
  academy_id uuid, academy_code text, academy_name text, union_id uuid, union_name text, person_id uuid, unread integer
) language plpgsql stable set app.purpose = 'sign_in' as $$
begin
  return query
  select one.hash, s.expires_at, a.disabled_at, a.id, a.role, a.display_name,
    a.academy_id, y.code, y.name, a.union_id, u.name,
    case when a.person_confirmed_at is not null then a.person_id end,
    (select count(*)::integer from (
      select from notice n where n.account_id = a.id and n.read_at is null limit 99) waiting)
  from unnest(asked) one (hash)
  join session s on s.id_hash = decode(one.hash, 'hex')
  join account a on a.id = s.account_id
  left join academy y on y.id = a.academy_id
  left join trade_union u on u.id = a.union_id;
end
$$;
