-- The audit trail as one chain of entries per logical cluster, in one partition per month (docs/decisions/0033-audit-chain.md).
-- Servers of before go on writing: what was their table is a view now, and whatever is inserted into it is chained.

-- Where each chain ends. Whoever appends locks this row, so that any number of servers make one chain.
create table audit_chain (
  cluster     text collate "C" primary key,
  sequence    bigint not null check (sequence >= 0),
  hash        bytea not null check (length(hash) = 32),
  recorded_at timestamptz not null
);

-- Up to where a chain was forgotten by retention, so that the rest can still be verified.
create table audit_anchor (
  cluster     text collate "C" primary key,
  sequence    bigint not null check (sequence >= 0),
  hash        bytea not null check (length(hash) = 32),
  recorded_at timestamptz not null
);

-- recorded_at never goes back within a chain, so what lies before a time is the beginning of the chain.
create table audit_record (
  cluster           text collate "C" not null,
  sequence          bigint not null,
  recorded_at       timestamptz not null,
  at                timestamptz not null,
  user_name         text not null,
  impersonated_user text not null,
  user_groups       text not null,
  source            text not null,
  user_agent        text not null,
  verb              text not null,
  api_group         text collate "C" not null,
  resource          text collate "C" not null,
  subresource       text collate "C" not null,
  namespace         text collate "C" not null,
  name              text collate "C" not null,
  path              text not null,
  decision          text not null,
  code              integer not null,
  audit_id          text not null,
  stage             text not null,
  level             text not null,
  uri               text not null,
  annotations       json not null,
  request           json,
  response          json,
  previous          bytea not null,
  hash              bytea not null,
  primary key (cluster, sequence, recorded_at)
) partition by range (recorded_at);

-- What an entry can be looked up by, as numbers: a hash of each field, with its place.
create function audit_terms(cluster text, user_name text, impersonated_user text, source text, verb text, api_group text, resource text, subresource text, namespace text, name text, decision text, code integer, audit_id text)
returns bigint[] language sql immutable parallel safe
return array[
  hashtextextended(cluster collate "C", 1),
  hashtextextended(user_name collate "C", 2),
  hashtextextended(impersonated_user collate "C", 3),
  hashtextextended(source collate "C", 4),
  hashtextextended(verb collate "C", 5),
  hashtextextended(api_group collate "C", 6),
  hashtextextended(resource collate "C", 7),
  hashtextextended(subresource collate "C", 8),
  hashtextextended(namespace collate "C", 9),
  hashtextextended(name collate "C", 10),
  hashtextextended(decision collate "C", 11),
  hashtextextended(code::text collate "C", 12),
  hashtextextended(audit_id collate "C", 13)];

create index audit_record_of_cluster on audit_record (cluster, at, sequence);
create index audit_record_at on audit_record (at, cluster, sequence);
create index audit_record_terms on audit_record using gin (audit_terms(
  cluster, user_name, impersonated_user, source, verb, api_group, resource, subresource, namespace, name, decision, code, audit_id));

create function audit_micros(instant timestamptz) returns bigint language sql immutable parallel safe
return (extract(epoch from instant) * 1000000)::bigint;

-- The hash of an entry: SHA-256 of the hash before and of what the entry says, texts with their length in front (in bytes),
-- so that no two entries say the same. Body and answer count as empty texts where there are none.
create function audit_digest(r audit_record) returns bytea language sql stable parallel safe
return sha256(r.previous || convert_to(concat(
  octet_length(r.cluster), ':', r.cluster, ',',
  r.sequence, ',',
  audit_micros(r.recorded_at), ',',
  audit_micros(r.at), ',',
  octet_length(r.user_name), ':', r.user_name, ',',
  octet_length(r.impersonated_user), ':', r.impersonated_user, ',',
  octet_length(r.user_groups), ':', r.user_groups, ',',
  octet_length(r.source), ':', r.source, ',',
  octet_length(r.user_agent), ':', r.user_agent, ',',
  octet_length(r.verb), ':', r.verb, ',',
  octet_length(r.api_group), ':', r.api_group, ',',
  octet_length(r.resource), ':', r.resource, ',',
  octet_length(r.subresource), ':', r.subresource, ',',
  octet_length(r.namespace), ':', r.namespace, ',',
  octet_length(r.name), ':', r.name, ',',
  octet_length(r.path), ':', r.path, ',',
  octet_length(r.decision), ':', r.decision, ',',
  r.code, ',',
  octet_length(r.audit_id), ':', r.audit_id, ',',
  octet_length(r.stage), ':', r.stage, ',',
  octet_length(r.level), ':', r.level, ',',
  octet_length(r.uri), ':', r.uri, ',',
  octet_length(r.annotations::text), ':', r.annotations, ',',
  coalesce(octet_length(r.request::text), 0), ':', r.request, ',',
  coalesce(octet_length(r.response::text), 0), ':', r.response, ','), 'UTF8'));

-- A part is made beside the table and then attached, which stops nobody who reads or writes.
create function audit_make_part(instant timestamptz) returns void language plpgsql as $$
declare
  first timestamp := date_trunc('month', instant at time zone 'UTC');
  part text := 'audit_record_' || to_char(first, 'YYYY_MM');
begin
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like audit_record including all)', part);
  execute format('create trigger no_truncate before truncate on %I execute function audit_refuse()', part);
  execute format('alter table audit_record attach partition %I for values from (%L) to (%L)',
    part, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
end $$;

-- Parts for now and the months ahead, and for chains that are ahead of the clock.
create function audit_make_parts(months integer) returns void language plpgsql as $$
declare
  latest timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('argosy audit parts', 0));
  select max(recorded_at) into latest from audit_chain;
  for ahead in 0..months loop
    perform audit_make_part(now() + make_interval(months => ahead));
    if latest > now() then
      perform audit_make_part(latest + make_interval(months => ahead));
    end if;
  end loop;
end $$;

-- Entries stay as they are. They go only when retention has put the anchor behind them.
create function audit_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_level = 'ROW' then
    if tg_table_name like 'audit\_record%' and exists (
      select from audit_anchor a where a.cluster = old.cluster and a.sequence >= old.sequence) then
      return old;
    end if;
  end if;
  raise exception 'the audit trail is append only: % on % is refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create trigger no_change before update or delete on audit_record for each row execute function audit_refuse();
create trigger no_truncate before truncate on audit_record execute function audit_refuse();
create trigger no_removal before delete on audit_chain for each row execute function audit_refuse();
create trigger no_truncate before truncate on audit_chain execute function audit_refuse();
create trigger no_removal before delete on audit_anchor for each row execute function audit_refuse();
create trigger no_truncate before truncate on audit_anchor execute function audit_refuse();

-- Heads and anchors only move on, to entries that are there; anchors never to those of the last 23 hours.
create function audit_only_on() returns trigger language plpgsql as $$
begin
  if (tg_op = 'INSERT' or new.cluster = old.cluster and new.sequence > old.sequence)
    and (tg_table_name = 'audit_chain' or new.recorded_at < now() - interval '23 hours')
    and exists (
      select from audit_record r
      where r.cluster = new.cluster and r.sequence = new.sequence and r.recorded_at = new.recorded_at and r.hash = new.hash) then
    return new;
  end if;
  raise exception 'the audit trail is append only: % on % is refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create trigger only_on before update on audit_chain for each row execute function audit_only_on();
create trigger only_on before insert or update on audit_anchor for each row execute function audit_only_on();

-- The end of a chain, locked until the transaction ends.
create function audit_head(chain text) returns audit_chain language plpgsql as $$
declare
  head audit_chain;
begin
  select * into head from audit_chain c where c.cluster = chain for update;
  if not found then
    insert into audit_chain values (chain, 0, decode(repeat('00', 32), 'hex'), '-infinity') on conflict do nothing;
    select * into head from audit_chain c where c.cluster = chain for update;
  end if;
  return head;
end $$;

-- The entry as the next one after that end.
create function audit_after(head audit_chain, entry audit_record) returns audit_record language plpgsql as $$
begin
  entry.sequence := head.sequence + 1;
  entry.recorded_at := greatest(coalesce(entry.recorded_at, clock_timestamp()), head.recorded_at);
  entry.previous := head.hash;
  entry.hash := audit_digest(entry);
  return entry;
end $$;

create function audit_set_head(head audit_chain) returns void language sql as $$
  update audit_chain c set sequence = head.sequence, hash = head.hash, recorded_at = head.recorded_at
    where c.cluster = head.cluster and c.sequence < head.sequence;
$$;

-- Appends entries to their chains, those of a cluster in the order given; the one way in.
-- Chains are locked in the order of their names, so that servers wait for each other but never in a circle.
create function audit_append(entries json) returns void language plpgsql as $$
declare
  head audit_chain;
  entry audit_record;
begin
  for entry in
    select e.* from json_populate_recordset(null::audit_record, entries) with ordinality e order by e.cluster, e.ordinality
  loop
    if head.cluster is distinct from entry.cluster then
      perform audit_set_head(head);
      head := audit_head(entry.cluster);
    end if;
    entry := audit_after(head, entry);
    insert into audit_record values (entry.*);
    head := row(entry.cluster, entry.sequence, entry.hash, entry.recorded_at);
  end loop;
  perform audit_set_head(head);
end $$;

-- Forgets at most so many of the oldest entries of a chain that were recorded before a time; returns how many.
create function audit_forget(chain text, before timestamptz, most integer) returns bigint language plpgsql as $$
declare
  start bigint := coalesce((select sequence from audit_anchor where cluster = chain), 0);
  gone bigint;
  last audit_record;
begin
  select * into last from audit_record r
    where r.cluster = chain and r.sequence > start and r.sequence <= start + most and r.recorded_at < before
    order by r.sequence desc limit 1;
  if not found then
    return 0;
  end if;
  insert into audit_anchor values (chain, last.sequence, last.hash, last.recorded_at)
    on conflict (cluster) do update set sequence = excluded.sequence, hash = excluded.hash, recorded_at = excluded.recorded_at;
  delete from audit_record r where r.cluster = chain and r.sequence <= last.sequence and r.recorded_at <= last.recorded_at;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- What was there before: each cluster's entries in their order, as recorded when they happened.
alter table audit_entry rename to audit_entry_unchained;
do $$
declare
  head audit_chain;
  entry audit_record;
  month timestamptz;
begin
  for month in select distinct date_trunc('month', least(at, now()) at time zone 'UTC') at time zone 'UTC' from audit_entry_unchained loop
    perform audit_make_part(month);
  end loop;
  perform audit_make_parts(2);
  for entry in
    select cluster, null::bigint, least(at, now()), at, user_name, '', user_groups, source, user_agent, verb, api_group,
      resource, subresource, namespace, name, path, decision, code, audit_id, stage, level, uri, annotations::json,
      request::json, response::json, null::bytea, null::bytea
    from audit_entry_unchained order by cluster, at, id
  loop
    if head.cluster is distinct from entry.cluster then
      perform audit_set_head(head);
      head := audit_head(entry.cluster);
    end if;
    entry := audit_after(head, entry);
    insert into audit_record values (entry.*);
    head := row(entry.cluster, entry.sequence, entry.hash, entry.recorded_at);
  end loop;
  perform audit_set_head(head);
end $$;
drop table audit_entry_unchained;

-- For servers of before: they insert one by one, and remove by a rule of their own, which is no longer heard.
create sequence audit_entry_id;
create view audit_entry as
  select sequence as id, at, user_name, user_groups, source, user_agent, verb, cluster, api_group, resource, subresource,
    namespace, name, path, decision, code, audit_id, stage, level, uri, annotations, request, response
  from audit_record;
create function audit_entry_insert() returns trigger language plpgsql as $$
begin
  new.id := nextval('audit_entry_id');
  new.audit_id := coalesce(new.audit_id, '');
  new.stage := coalesce(new.stage, 'ResponseComplete');
  new.level := coalesce(new.level, 'Metadata');
  new.uri := coalesce(new.uri, '');
  new.annotations := coalesce(new.annotations, '{}');
  perform audit_append(json_build_array(to_jsonb(new) || '{"impersonated_user": ""}'));
  return new;
end $$;
create trigger chained instead of insert on audit_entry for each row execute function audit_entry_insert();
create function audit_entry_keep() returns trigger language plpgsql as $$
begin
  return null;
end $$;
create trigger kept instead of delete on audit_entry for each row execute function audit_entry_keep();
