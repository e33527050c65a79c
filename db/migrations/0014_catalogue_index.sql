-- Chinese has no spaces, and a bare PostgreSQL no dictionary for it: texts are searched by their pairs of neighbouring
-- characters. 低压电工 is 低压, 压电 and 电工, and the last character of a run stands alone besides, so that a single
-- character is found as the beginning of a word. Latin words, numbers and codes (6-18-02-04) are words as they stand.
-- What is indexed and what is typed go through the same functions.
--
-- Made alike: full width and half, capitals, every kind of dash. Outside ASCII the collation C knows no capitals.
CREATE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select lower(normalize(translate(given, U&'\2010\2011\2012\2013\2014\2015\2212\FE58\FE63\FF0D', '----------'), NFKC))
$$;
--> statement-breakpoint
-- Runs of Chinese characters and of Latin letters and digits, in order; everything else only parts them.
CREATE FUNCTION search_runs(given text) RETURNS TABLE (place bigint, run text, is_han boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select r.place, case when r.found[1] ~ '^[a-z0-9]' then left(r.found[1], 24) else r.found[1] end, r.found[1] !~ '^[a-z0-9]'
  from regexp_matches(search_fold(given),
    '[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[a-z0-9]+(?:-[a-z0-9]+)*', 'g')
    with ordinality r(found, place)
$$;
--> statement-breakpoint
-- The words of a text, each as often as it stands there. Of gb26860 the letters and the digits are words too.
CREATE FUNCTION search_tokens(given text) RETURNS TABLE (token text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select w.token
  from search_runs(given) r
  cross join lateral (
    select c.character || coalesce(lead(c.character) over (order by c.i), '')
    from unnest(string_to_array(r.run, null)) with ordinality c(character, i) where r.is_han
    union all
    select r.run where not r.is_han
    union all
    select p.part[1] from regexp_matches(r.run, '[a-z]{2,}|[0-9]{2,}', 'g') p(part)
    where not r.is_han and r.run ~ '^[a-z]+-?[0-9]|^[a-z]+-[a-z]'
  ) w(token)
$$;
--> statement-breakpoint
-- What somebody typed, as words to look for: each once, in order, twelve at most. Words that only ask (怎么办, 的, how to)
-- look for nothing, unless there are no others. What PostgreSQL would read as an operator never comes this far.
CREATE FUNCTION search_terms(asked text) RETURNS TABLE (place bigint, token text, query tsquery)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  with typed as (
    select f.folded, regexp_replace(f.folded,
      '怎么办|为什么|怎么样|怎么|怎样|如何|什么|哪里|哪儿|哪些|哪个|多少|请问|我想|我要|有没有|可不可以|能不能|是不是|应该|需要|以及|或者|吗|呢|吧|的|了|\m(?:a|an|the|of|to|in|on|at|for|and|or|with|how|what|where|when|which|is|are|do|does|can|i|my)\M',
      ' ', 'g') as meant
    from search_fold(asked) f(folded)
  ),
  run as (
    select r.* from typed t, search_runs(case when exists (select from search_runs(t.meant)) then t.meant else t.folded end) r
  ),
  word as (
    select r.place * 1000 + i as place, substr(r.run, i, 2) as token, quote_literal(substr(r.run, i, 2)) as query
    from run r, generate_series(1, length(r.run) - 1) i where r.is_han and length(r.run) > 1
    union all
    select r.place * 1000, r.run, quote_literal(r.run) || case when r.is_han or length(r.run) > 1 then ':*' else '' end
    from run r where not r.is_han or length(r.run) = 1
  ),
  once as (
    select min(w.place) as place, w.token, min(w.query) as query from word w group by w.token order by 1 limit 12
  )
  select o.place, o.token, case
      when o.token ~ '^[a-z]{2,}-?[0-9]{2,}$'
      then (o.query || ' | (' || quote_literal(substring(o.token from '^[a-z]+')) || ' & '
        || quote_literal(substring(o.token from '[0-9]+$')) || ':*)')::tsquery
      else o.query::tsquery
    end
  from once o
$$;
--> statement-breakpoint
-- A course of sixty long lessons has some forty thousand distinct words; what is rarest beyond that stays out, since a tsvector holds a megabyte.
CREATE FUNCTION search_vector(words text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select array_to_tsvector(words[:40000])
$$;
--> statement-breakpoint
-- The words that people type for what is stored as a code.
CREATE FUNCTION level_words(level text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select case level
    when 'apprentice' then '学徒工 apprentice' when 'l5' then '五级 初级工 5级 level 5' when 'l4' then '四级 中级工 4级 level 4'
    when 'l3' then '三级 高级工 3级 level 3' when 'l2' then '二级 技师 2级 level 2' when 'l1' then '一级 高级技师 1级 level 1'
    when 'special_technician' then '特级技师' when 'chief_technician' then '首席技师' end
$$;
--> statement-breakpoint
CREATE FUNCTION mode_words(mode text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select case mode
    when 'online' then '线上 网课 online' when 'classroom' then '面授 线下 classroom'
    when 'practical' then '实操 实训 线下 practical hands-on' when 'mixed' then '混合 线下 mixed' end
$$;
--> statement-breakpoint
CREATE FUNCTION occupation_words(asked text) RETURNS text LANGUAGE sql STABLE AS $$
  select asked || ' ' || coalesce(string_agg(distinct o.name, ' '), '') from occupation o where o.code = asked
$$;
--> statement-breakpoint
-- The plain text of a lesson's blocks (app/features/courses/blocks.ts), without formulas, whose parts are no words.
CREATE FUNCTION lesson_text(blocks jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select btrim(regexp_replace(replace(replace(replace(replace(replace(
    regexp_replace(
      regexp_replace(
        regexp_replace(coalesce(string_agg(b.block ->> 'html', ' ' order by b.place), ''), '<math.*?</math>', ' ', 'g'),
        '</?(?:p|li|h[1-6]|td|th|tr|br|div|figcaption|dt|dd|summary)\M[^>]*>', ' ', 'g'),
      '<[^>]*>', '', 'g'),
    '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#x27;', ''''), '&amp;', '&'), '\s+', ' ', 'g'))
  from jsonb_array_elements(blocks) with ordinality b(block, place)
$$;
--> statement-breakpoint
-- Indexes one course anew from what is published of it. Acts for the purpose `catalogue`, which alone may write the index.
CREATE FUNCTION index_course(asked text) RETURNS void LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  delete from catalogue_item i where i.kind = 'course' and i.id = asked;
  delete from catalogue_text t where t.kind = 'course' and t.id = asked;
  delete from catalogue_lesson l where l.course_slug = asked;
  insert into catalogue_lesson (course_slug, lesson_slug, text)
  select v.course_slug, v.lesson_slug, lesson_text(v.blocks)
  from lesson l
  join lesson_version v on v.course_slug = l.course_slug and v.lesson_slug = l.slug and v.version = l.version
  where l.course_slug = asked and l.withdrawn_at is null;
  if not found then
    return;
  end if;

  insert into catalogue_item (kind, id, "on", mode, occupation_code, level, academy_code, city_code)
  select 'course', c.slug, c.updated_on, c.mode, c.occupation_code, c.level, a.code, a.city_code
  from course c left join academy a on a.code = c.academy_code where c.slug = asked;

  insert into catalogue_text (kind, id, part, tokens, size)
  with asked_course as (select * from course c where c.slug = asked),
  said as (
    select 'title' as part, c.title as text from asked_course c
    union all select 'title_en', c.title_en from asked_course c
    union all select 'key', concat_ws(' ', occupation_words(c.occupation_code), level_words(c.level), mode_words(c.mode),
      c.author, (select a.name from academy a where a.code = c.academy_code)) from asked_course c
    union all select 'key', concat_ws(' ', l.title, l.title_en) from lesson l
      where l.course_slug = asked and l.withdrawn_at is null
    union all select 'summary', concat_ws(' ', c.summary, c.summary_en) from asked_course c
    union all select 'summary', l.summary from lesson l where l.course_slug = asked and l.withdrawn_at is null
    union all select 'body', l.text from catalogue_lesson l where l.course_slug = asked
  ),
  counted as (
    select s.part, t.token, count(*) as times from said s, search_tokens(s.text) t group by s.part, t.token
  )
  select 'course', asked, c.part, search_vector(array_agg(c.token order by c.times desc)), count(*)
  from counted c group by c.part
  union all
  select 'course', asked, 'often', search_vector(array_agg(c.token order by c.times desc)), count(*)
  from counted c where c.part = 'body' and c.times >= 3 having count(*) > 0;
end $$;
--> statement-breakpoint
-- Indexes one class anew, or takes it out where it is not published. One that is learned online is an offer of its course,
-- which is found by the offer's academy and city too.
CREATE FUNCTION index_class(asked_academy uuid, asked uuid) RETURNS void LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  delete from catalogue_item i where i.kind in ('class', 'offer') and i.id = asked::text;
  delete from catalogue_text t where t.kind in ('class', 'offer') and t.id = asked::text;

  insert into catalogue_item (kind, id, course_slug, "on", ends_on, mode, occupation_code, level, academy_code, city_code)
  select case c.mode when 'online' then 'offer' else 'class' end, c.id::text, case c.mode when 'online' then c.course_slug end,
    c.starts_on, c.ends_on, c.mode, c.occupation_code, c.level, a.code, a.city_code
  from class c join academy a on a.id = c.academy_id
  where c.academy_id = asked_academy and c.id = asked and c.origin = 'system' and c.status = 'published'
    and (c.mode <> 'online' or c.course_slug is not null);

  insert into catalogue_text (kind, id, part, tokens, size)
  with said as (
    select i.kind, v.part, v.text
    from catalogue_item i
    join class c on c.academy_id = asked_academy and c.id = asked
    join academy a on a.id = c.academy_id
    left join city y on y.code = a.city_code
    left join site s on s.academy_id = c.academy_id and s.id = c.site_id
    cross join lateral (values
      (case i.kind when 'offer' then 'key' else 'title' end, c.name),
      ('key', concat_ws(' ', c.code, occupation_words(c.occupation_code), level_words(c.level), mode_words(c.mode),
        a.name, y.name, y.name_en, s.name)),
      ('summary', s.address)
    ) v(part, text)
    where i.kind in ('class', 'offer') and i.id = asked::text
  )
  select s.kind, asked::text, s.part, search_vector(array_agg(distinct t.token)), count(distinct t.token)
  from said s, search_tokens(s.text) t
  group by s.kind, s.part;
end $$;
--> statement-breakpoint
-- A course is indexed when its transaction ends: by then its lessons are stored.
CREATE FUNCTION catalogue_course() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform index_course(new.slug);
  return null;
end $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER course_catalogued AFTER INSERT OR UPDATE ON course DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION catalogue_course();
--> statement-breakpoint
CREATE FUNCTION catalogue_class() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform index_class(coalesce(new.academy_id, old.academy_id), coalesce(new.id, old.id));
  return null;
end $$;
--> statement-breakpoint
-- A ledger's classes and a taken seat pass by.
CREATE TRIGGER class_catalogued AFTER INSERT ON class
  FOR EACH ROW WHEN (new.origin = 'system' and new.status = 'published') EXECUTE FUNCTION catalogue_class();
--> statement-breakpoint
CREATE TRIGGER class_catalogued_anew
  AFTER UPDATE OF code, name, mode, occupation_code, level, starts_on, ends_on, site_id, course_slug, origin, status ON class
  FOR EACH ROW WHEN (old.origin = 'system' or new.origin = 'system') EXECUTE FUNCTION catalogue_class();
--> statement-breakpoint
CREATE TRIGGER class_uncatalogued AFTER DELETE ON class
  FOR EACH ROW WHEN (old.origin = 'system') EXECUTE FUNCTION catalogue_class();
--> statement-breakpoint
-- Names that items carry from elsewhere. Imports write many rows a statement, hardly ever one that is named otherwise.
CREATE FUNCTION catalogue_academies() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  perform index_class(c.academy_id, c.id)
  from written w join overwritten o on o.id = w.id join class c on c.academy_id = w.id and c.origin = 'system'
  where (w.name, w.city_code) is distinct from (o.name, o.city_code);
  perform index_course(c.slug)
  from written w join overwritten o on o.id = w.id join course c on c.academy_code = w.code
  where (w.name, w.city_code) is distinct from (o.name, o.city_code);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER academy_renamed AFTER UPDATE ON academy REFERENCING OLD TABLE AS overwritten NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_academies();
--> statement-breakpoint
CREATE FUNCTION catalogue_new_academies() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  perform index_course(c.slug) from written w join course c on c.academy_code = w.code;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER academy_added AFTER INSERT ON academy REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_new_academies();
--> statement-breakpoint
CREATE FUNCTION catalogue_cities() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  perform index_class(c.academy_id, c.id)
  from written w join overwritten o on o.code = w.code
  join academy a on a.city_code = w.code join class c on c.academy_id = a.id and c.origin = 'system'
  where (w.name, w.name_en) is distinct from (o.name, o.name_en);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER city_renamed AFTER UPDATE ON city REFERENCING OLD TABLE AS overwritten NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_cities();
--> statement-breakpoint
CREATE FUNCTION catalogue_sites() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  perform index_class(c.academy_id, c.id)
  from written w join overwritten o on o.academy_id = w.academy_id and o.id = w.id
  join class c on c.academy_id = w.academy_id and c.site_id = w.id and c.origin = 'system'
  where (w.name, w.address) is distinct from (o.name, o.address);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER site_renamed AFTER UPDATE ON site REFERENCING OLD TABLE AS overwritten NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_sites();
--> statement-breakpoint
CREATE FUNCTION catalogue_occupations() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'catalogue' AS $$
begin
  perform index_class(c.academy_id, c.id)
  from (select distinct w.code from written w) w join class c on c.occupation_code = w.code and c.origin = 'system';
  perform index_course(c.slug) from (select distinct w.code from written w) w join course c on c.occupation_code = w.code;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER occupation_added AFTER INSERT ON occupation REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_occupations();
--> statement-breakpoint
CREATE TRIGGER occupation_renamed AFTER UPDATE ON occupation REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_occupations();
--> statement-breakpoint
-- What is there already. Under row-level security the owner sees what the purpose sees.
select set_config('app.purpose', 'catalogue', true);
--> statement-breakpoint
select index_course(c.slug) from course c;
--> statement-breakpoint
select index_class(c.academy_id, c.id) from class c where c.origin = 'system';
--> statement-breakpoint
select set_config('app.purpose', '', true);
