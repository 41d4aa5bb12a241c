-- What tenants are allocated over time (docs/decisions/0037-metering-by-turns.md). Every amount that begins, changes or ends is a turn,
-- which reaches this database at least once and is applied once; hours and days are computed from intervals, so that
-- computing them again changes nothing.

-- Nothing is metered for the time before there was metering.
create table usage_meter (
  id    smallint primary key check (id = 1),
  since timestamptz not null
);
insert into usage_meter values (1, now());

-- What each subject (pod, claim, service) is allocated now, and the revision of etcd that last said so. Amounts are by resource, in cores,
-- bytes or pieces; a subject without any is over.
create table usage_subject (
  uid        text collate "C" primary key,
  revision   bigint not null,
  cluster    text collate "C" not null,
  tenant_uid text collate "C" not null,
  kind       text not null,
  namespace  text collate "C" not null,
  name       text collate "C" not null,
  node       text collate "C" not null,
  labels     jsonb not null,
  allocated  jsonb not null,
  since      timestamptz not null,
  written_to timestamptz not null check (written_to >= since)
);
create index usage_subject_open on usage_subject (written_to) where allocated <> '{}';
create index usage_subject_of_cluster on usage_subject (cluster) where allocated <> '{}';

-- A piece of one hour in which a subject was allocated the same. "used" is by resource too, in unit-seconds; null: nobody measured it.
create table usage_interval (
  uid        text collate "C" not null,
  starts_at  timestamptz not null,
  ends_at    timestamptz not null check (ends_at > starts_at),
  cluster    text collate "C" not null,
  tenant_uid text collate "C" not null,
  kind       text not null,
  namespace  text collate "C" not null,
  name       text collate "C" not null,
  node       text collate "C" not null,
  labels     jsonb not null,
  allocated  jsonb not null,
  used       jsonb,
  primary key (uid, starts_at)
) partition by range (starts_at);
create index usage_interval_of_cluster on usage_interval (cluster, starts_at);

-- Sums in unit-seconds. A tenant's uid tells it from an earlier one of its name.
create table usage_hour (
  at         timestamptz not null,
  cluster    text collate "C" not null,
  tenant_uid text collate "C" not null,
  namespace  text collate "C" not null,
  labels     jsonb not null,
  resource   text collate "C" not null,
  allocated  numeric not null,
  used       numeric,
  primary key (cluster, at, tenant_uid, namespace, labels, resource)
) partition by range (at);
create index usage_hour_at on usage_hour (at);

create table usage_day (
  at         timestamptz not null,
  cluster    text collate "C" not null,
  tenant_uid text collate "C" not null,
  namespace  text collate "C" not null,
  labels     jsonb not null,
  resource   text collate "C" not null,
  allocated  numeric not null,
  used       numeric,
  primary key (cluster, at, tenant_uid, namespace, labels, resource)
) partition by range (at);
create index usage_day_at on usage_day (at);

-- Hours whose sums are not those of their intervals yet.
create table usage_due (
  hour    timestamptz not null,
  cluster text collate "C" not null,
  primary key (cluster, hour)
);

-- A part is made beside the table and then attached, which stops nobody who reads or writes.
create function usage_make_part(parent text, instant timestamptz) returns void language plpgsql as $$
declare
  first timestamp := date_trunc('month', instant at time zone 'UTC');
  part text := parent || '_' || to_char(first, 'YYYY_MM');
begin
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like %I including all)', part, parent);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)',
    parent, part, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
end $$;

-- Parts from the oldest moment that is still to be written to the next month.
create function usage_make_parts(earliest timestamptz, now timestamptz) returns void language plpgsql as $$
declare
  month timestamptz;
begin
  earliest := least(earliest, now, (select min(written_to) from usage_subject where allocated <> '{}'));
  earliest := greatest(earliest, (select since from usage_meter));
  for month in
    select generate_series(date_trunc('month', earliest at time zone 'UTC'), (now at time zone 'UTC') + interval '1 month', interval '1 month')
      at time zone 'UTC'
  loop
    perform usage_make_part('usage_interval', month);
    perform usage_make_part('usage_hour', month);
    perform usage_make_part('usage_day', month);
  end loop;
end $$;

-- Writes the intervals of one subject, or of all, up to a time.
create function usage_write(only_uid text, until timestamptz) returns void language plpgsql as $$
begin
  with piece as (
    select s.*, hour, greatest(hour, s.since) as starts_at, least(hour + interval '1 hour', until) as ends_at
    from usage_subject s,
      generate_series(date_trunc('hour', s.written_to, 'UTC'), until - interval '1 microsecond', interval '1 hour') hour
    where s.allocated <> '{}' and s.written_to < until and (only_uid is null or s.uid = only_uid)
  ), noted as (
    insert into usage_due select distinct hour, cluster from piece on conflict do nothing
  )
  insert into usage_interval
    select uid, starts_at, ends_at, cluster, tenant_uid, kind, namespace, name, node, labels, allocated, null
    from piece where ends_at > starts_at
  on conflict (uid, starts_at) do update set ends_at = greatest(usage_interval.ends_at, excluded.ends_at);
  update usage_subject s set written_to = until
    where s.allocated <> '{}' and s.written_to < until and (only_uid is null or s.uid = only_uid);
end $$;

-- Takes back what was written of a subject beyond a time.
create function usage_cut(only_uid text, until timestamptz) returns void language plpgsql as $$
begin
  insert into usage_due
    select distinct date_trunc('hour', starts_at, 'UTC'), cluster from usage_interval where uid = only_uid and ends_at > until
    on conflict do nothing;
  delete from usage_interval where uid = only_uid and starts_at >= until;
  update usage_interval set ends_at = until where uid = only_uid and ends_at > until;
end $$;

-- Applies a turn: from its time on the subject is allocated what it says. One that was applied already changes nothing.
-- "state" is the revision of etcd at which turns were read: what is newer in here is from before etcd was set back.
create function usage_turn(turn usage_subject, state bigint) returns boolean language plpgsql as $$
declare
  known usage_subject;
begin
  select * into known from usage_subject s where s.uid = turn.uid for update;
  if known.uid is null then
    turn.since := greatest(turn.since, (select since from usage_meter));
  elsif known.revision >= turn.revision and known.revision <= state then
    return false;
  else
    turn.since := greatest(turn.since, known.since);
    if known.allocated <> '{}' and turn.since < known.written_to then
      perform usage_cut(turn.uid, turn.since);
    else
      perform usage_write(turn.uid, turn.since);
    end if;
  end if;
  turn.written_to := turn.since;
  insert into usage_subject values (turn.*)
    on conflict (uid) do update set revision = turn.revision, cluster = turn.cluster, tenant_uid = turn.tenant_uid,
      kind = turn.kind, namespace = turn.namespace, name = turn.name, node = turn.node, labels = turn.labels,
      allocated = turn.allocated, since = turn.since, written_to = turn.written_to;
  return true;
end $$;

-- Applies turns in the order given; returns how many were new.
create function usage_apply(turns json, state bigint) returns bigint language plpgsql as $$
declare
  turn usage_subject;
  applied bigint := 0;
begin
  for turn in select * from json_populate_recordset(null::usage_subject, turns) loop
    if usage_turn(turn, state) then
      applied := applied + 1;
    end if;
  end loop;
  return applied;
end $$;

-- Compares what is allocated here with all that is in etcd at a revision, all turns up to which are applied. What differs was
-- changed by a server that knew no turns, or by hand: what is new counts from when it says it began, what changed from now on; what
-- is gone counts up to the last hour that was written.
create function usage_recount(states json, state bigint, now timestamptz) returns bigint language plpgsql as $$
declare
  found usage_subject;
  mended bigint := 0;
begin
  create temporary table usage_state on commit drop as
    select * from json_populate_recordset(null::usage_subject, states);
  update usage_state n set since = now from usage_subject s where s.uid = n.uid;
  for found in
    select n.* from usage_state n left join usage_subject s on s.uid = n.uid
    where s.uid is null or s.revision > state
      or (s.revision < n.revision and (s.allocated, s.labels, s.node) <> (n.allocated, n.labels, n.node))
  loop
    if usage_turn(found, state) then
      mended := mended + 1;
    end if;
  end loop;
  for found in
    select s.* from usage_subject s
    where s.allocated <> '{}' and not exists (select from usage_state n where n.uid = s.uid)
  loop
    update usage_subject set revision = state, allocated = '{}', since = written_to where uid = found.uid;
    mended := mended + 1;
  end loop;
  return mended;
end $$;

-- Closes all hours before this one: intervals, sums of hours, sums of their days. Forgets subjects that were over at a revision
-- before which no turn can come any more.
create function usage_close(now timestamptz, state bigint) returns bigint language plpgsql as $$
declare
  until timestamptz := date_trunc('hour', now, 'UTC');
  hours bigint;
begin
  perform usage_write(null, until);
  delete from usage_subject where allocated = '{}' and revision <= state and written_to < until - interval '1 hour';
  if not exists (select from usage_due where hour < until) then
    return 0;
  end if;
  create temporary table usage_closing on commit drop as select * from usage_due where hour < until;
  get diagnostics hours = row_count;
  delete from usage_hour h using usage_closing d where h.at = d.hour and h.cluster = d.cluster;
  insert into usage_hour
    select d.hour, i.cluster, i.tenant_uid, i.namespace, i.labels, a.key,
      sum(cast(a.value as numeric) * extract(epoch from i.ends_at - i.starts_at)),
      sum(cast(i.used ->> a.key as numeric))
    from usage_closing d
    join usage_interval i on i.cluster = d.cluster and i.starts_at >= d.hour and i.starts_at < d.hour + interval '1 hour'
    cross join lateral jsonb_each_text(i.allocated) a
    group by d.hour, i.cluster, i.tenant_uid, i.namespace, i.labels, a.key;
  create temporary table usage_closing_day on commit drop as
    select distinct date_trunc('day', hour, 'UTC') as day, cluster from usage_closing;
  delete from usage_day s using usage_closing_day d where s.at = d.day and s.cluster = d.cluster;
  insert into usage_day
    select d.day, h.cluster, h.tenant_uid, h.namespace, h.labels, h.resource, sum(h.allocated), sum(h.used)
    from usage_closing_day d
    join usage_hour h on h.cluster = d.cluster and h.at >= d.day and h.at < d.day + interval '1 day'
    group by d.day, h.cluster, h.tenant_uid, h.namespace, h.labels, h.resource;
  delete from usage_due d using usage_closing c where d.hour = c.hour and d.cluster = c.cluster;
  return hours;
end $$;

-- Usage from one full hour to another: days where they are whole and nobody asks for hours, hours where they are closed, then
-- intervals, then what goes on now. Each moment of a subject is in exactly one of these.
create function usage_lines(first timestamptz, until timestamptz, only_cluster text, by_hour boolean, now timestamptz)
returns table (at timestamptz, cluster text, tenant_uid text, namespace text, labels jsonb, resource text, allocated numeric, used numeric)
language sql stable as $$
  with bounds as (
    select case when by_hour then until else date_trunc('day', first + interval '1 day' - interval '1 microsecond', 'UTC') end as first_day,
      case when by_hour then until else date_trunc('day', until, 'UTC') end as last_day
  ), due_day as (
    select distinct d.cluster, date_trunc('day', d.hour, 'UTC') as day from usage_due d
    where d.hour >= first and d.hour < until and (only_cluster is null or d.cluster = only_cluster)
  )
  select d.at, d.cluster, d.tenant_uid, d.namespace, d.labels, d.resource, d.allocated, d.used
  from usage_day d, bounds b
  where d.at >= b.first_day and d.at < b.last_day and d.at >= first and d.at < until
    and (only_cluster is null or d.cluster = only_cluster)
    and not exists (select from due_day e where e.cluster = d.cluster and e.day = d.at)
  union all
  select h.at, h.cluster, h.tenant_uid, h.namespace, h.labels, h.resource, h.allocated, h.used
  from usage_hour h, bounds b
  where h.at >= first and h.at < until and (only_cluster is null or h.cluster = only_cluster)
    and (h.at < b.first_day or h.at >= b.last_day
      or exists (select from due_day e where e.cluster = h.cluster and e.day = date_trunc('day', h.at, 'UTC')))
    and not exists (select from usage_due d where d.cluster = h.cluster and d.hour = h.at)
  union all
  select d.hour, i.cluster, i.tenant_uid, i.namespace, i.labels, a.key,
    cast(a.value as numeric) * extract(epoch from i.ends_at - i.starts_at), cast(i.used ->> a.key as numeric)
  from usage_due d
  join usage_interval i on i.cluster = d.cluster and i.starts_at >= d.hour and i.starts_at < d.hour + interval '1 hour'
  cross join lateral jsonb_each_text(i.allocated) a
  where d.hour >= first and d.hour < until and (only_cluster is null or d.cluster = only_cluster)
  union all
  select hour, s.cluster, s.tenant_uid, s.namespace, s.labels, a.key,
    cast(a.value as numeric) * extract(epoch from least(hour + interval '1 hour', now) - greatest(hour, s.written_to)), null
  from usage_subject s
  cross join lateral generate_series(date_trunc('hour', s.written_to, 'UTC'), now - interval '1 microsecond', interval '1 hour') hour
  cross join lateral jsonb_each_text(s.allocated) a
  where s.allocated <> '{}' and s.written_to < now and hour >= first and hour < until
    and (only_cluster is null or s.cluster = only_cluster);
$$;
