-- Who is signed in, in one statement: every page of a signed-in person begins with it. The purpose holds inside the
-- function alone, so no transaction has to carry it; row-level security stands as for anyone (security invoker).
create function find_session(asked bytea) returns table (
  expires_at timestamptz, disabled_at timestamptz, account_id uuid, role text, name text,
  academy_id uuid, academy_code text, academy_name text, union_id uuid, union_name text, person_id uuid
) language plpgsql stable set app.purpose = 'sign_in' as $$
begin
  return query
  select s.expires_at, a.disabled_at, a.id, a.role, a.display_name,
    a.academy_id, y.code, y.name, a.union_id, u.name,
    case when a.person_confirmed_at is not null then a.person_id end
  from session s
  join account a on a.id = s.account_id
  left join academy y on y.id = a.academy_id
  left join trade_union u on u.id = a.union_id
  where s.id_hash = asked;
end
$$;
