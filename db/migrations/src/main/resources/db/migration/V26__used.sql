-- What pods really use, beside what they are allocated (docs/decisions/0051-use-by-counters.md). Nodes report counters that only grow, of
-- instances: one run of a container, or the network of a pod. What a report says more than the last one that was kept is added here in
-- the transaction that keeps its counters, so that what comes twice, late or out of order changes nothing.

-- What was used before is not known.
alter table usage_meter add column used_since timestamptz not null default now();

-- The nodes that report: when each was last heard, by the servers' clocks, and what was refused because it cannot be true or is not its.
create table usage_reporter (
  node        text collate "C" primary key,
  reported_at timestamptz not null,
  refused     bigint not null default 0,
  refused_at  timestamptz,
  refusal     text not null default ''
);

-- The counters of each instance that are accounted for; "uptime" of the node, in milliseconds, puts reports in order.
create table usage_counter (
  uid      text collate "C" not null,
  instance text collate "C" not null,
  uptime   bigint not null,
  seen_at  timestamptz not null,
  cpu      bigint not null,   -- core-nanoseconds
  memory   bigint not null,   -- bytes, at that moment
  received bigint not null,   -- bytes
  sent     bigint not null,   -- bytes
  primary key (uid, instance)
);
create index usage_counter_seen_at on usage_counter (seen_at);

-- What a pod has used in an hour: core-seconds, byte-seconds, bytes.
create table usage_used (
  uid        text collate "C" not null,
  hour       timestamptz not null,
  labels     jsonb not null,
  cluster    text collate "C" not null,
  tenant_uid text collate "C" not null,
  namespace  text collate "C" not null,
  name       text collate "C" not null,
  node       text collate "C" not null,
  cpu        numeric not null,
  memory     numeric not null,
  received   numeric not null,
  sent       numeric not null,
  primary key (uid, hour, labels)
) partition by range (hour);
create index usage_used_of_cluster on usage_used (cluster, hour);

-- By resource, as sums have it.
create function usage_amounts(u usage_used) returns table (key text, value numeric) language sql immutable as $$
  select v.key, v.value
  from (values ('cpu', u.cpu), ('memory', u.memory), ('network.in', u.received), ('network.out', u.sent)) v (key, value)
  where v.value > 0;
$$;

-- Hours are closed by one server while others take reports: what a report adds to an hour is summed up with it, or has it summed up again.
create function usage_close_lock() returns bigint language sql immutable as $$ select hashtextextended('argosy usage close', 0) $$;

create or replace function usage_make_parts(earliest timestamptz, now timestamptz) returns void language plpgsql as $$
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
    perform usage_make_part('usage_used', month);
  end loop;
end $$;

-- Adds what was used between two moments to the hours that it falls into, evenly; the last one gets what is left over.
create function usage_spread(whose usage_used, first timestamptz, until timestamptz) returns usage_due[] language plpgsql as $$
declare
  piece usage_used;
  rest usage_used := whose;
  dues usage_due[];
  begins timestamptz := first;
  ends timestamptz;
  share numeric;
begin
  loop
    piece := whose;
    piece.hour := date_trunc('hour', begins, 'UTC');
    ends := least(piece.hour + interval '1 hour', until);
    if ends >= until then
      piece.cpu := rest.cpu;
      piece.memory := rest.memory;
      piece.received := rest.received;
      piece.sent := rest.sent;
    else
      share := extract(epoch from ends - begins) / extract(epoch from until - first);
      piece.cpu := round(whose.cpu * share, 9);
      piece.memory := round(whose.memory * share, 3);
      piece.received := trunc(whose.received * share);
      piece.sent := trunc(whose.sent * share);
    end if;
    perform usage_make_part('usage_used', piece.hour);
    insert into usage_used as u values (piece.*)
      on conflict (uid, hour, labels) do update set cpu = u.cpu + excluded.cpu, memory = u.memory + excluded.memory,
        received = u.received + excluded.received, sent = u.sent + excluded.sent;
    dues := dues || row(piece.hour, piece.cluster)::usage_due;
    exit when ends >= until;
    rest.cpu := rest.cpu - piece.cpu;
    rest.memory := rest.memory - piece.memory;
    rest.received := rest.received - piece.received;
    rest.sent := rest.sent - piece.sent;
    begins := ends;
  end loop;
  return dues;
end $$;

-- Whose a pod is of which the server that was told does not know that it is on the node: what the ledger has of it on that node.
create function usage_whose(pod text, on_node text, now timestamptz) returns usage_used language plpgsql stable as $$
declare
  found usage_used;
begin
  select * into found from usage_used u
    where u.uid = pod and u.node = on_node and u.hour > now - interval '8 days' order by u.hour desc limit 1;
  if found.uid is null then
    select i.uid, null, i.labels, i.cluster, i.tenant_uid, i.namespace, i.name, i.node, 0, 0, 0, 0 into found from usage_interval i
      where i.uid = pod and i.node = on_node and i.kind = 'Pod' and i.starts_at > now - interval '8 days'
      order by i.starts_at desc limit 1;
  end if;
  return found;
end $$;

-- Takes a node's report. "pods" have uid and, if they are known to be on the node, whose they are; "uses" have one row for each instance.
-- A node cannot have used more than its cores, memory and links allow since it was last heard; what is more is refused, and so is what it says of
-- pods that are not its. Returns whether all else is kept for good; not if a pod may yet turn out to be on the node.
create function usage_report(from_node text, pods json, uses json, cores numeric, bytes numeric, now timestamptz)
returns boolean language plpgsql as $$
declare
  longest constant interval := '6 days';
  slack constant interval := '1 minute';
  link constant numeric := 50e9;   -- bytes in a second: 400 Gbit/s
  started timestamptz := (select used_since from usage_meter);
  heard timestamptz;
  left_cpu numeric;
  left_memory numeric;
  left_network numeric;
  said record;
  whose usage_used;
  known usage_counter;
  begins timestamptz;
  seen timestamptz;
  dues usage_due[];
  refusals bigint := 0;
  refusal_text text := '';
  all_kept boolean := true;
begin
  perform pg_advisory_xact_lock_shared(usage_close_lock());
  select reported_at into heard from usage_reporter where node = from_node for update;
  if heard is null then
    insert into usage_reporter values (from_node, now) on conflict (node) do nothing;
    select reported_at into heard from usage_reporter where node = from_node for update;
    heard := started;
  end if;
  left_cpu := cores * 1.5 * extract(epoch from greatest(now - heard, interval '0') + slack);
  left_memory := bytes * 1.5 * extract(epoch from greatest(now - heard, interval '0') + slack);
  left_network := link * extract(epoch from greatest(now - heard, interval '0') + slack);
  for said in
    select p.uid, p.cluster, p.tenant_uid, p.namespace, p.name, p.labels,
      u.instance, u.uptime, u.started_ago, u.seen_ago, u.ended, u.cpu, u.memory, u.received, u.sent
    from json_to_recordset(pods) p (uid text, cluster text, tenant_uid text, namespace text, name text, labels jsonb)
    join json_to_recordset(uses) u (uid text, instance text, uptime bigint, started_ago bigint, seen_ago bigint, ended boolean,
      cpu bigint, memory bigint, received bigint, sent bigint) on u.uid = p.uid
    order by p.uid, u.instance, u.uptime
  loop
    seen := now - said.seen_ago * interval '1 millisecond';
    continue when seen < now - longest;
    if whose.uid is distinct from said.uid then
      if said.cluster is null then
        whose := usage_whose(said.uid, from_node, now);
      else
        whose := row(said.uid, null, said.labels, said.cluster, said.tenant_uid, said.namespace, said.name, from_node, 0, 0, 0, 0)::usage_used;
      end if;
    end if;
    if whose.uid is null then
      if said.seen_ago < 600000 then
        all_kept := all_kept and not said.ended;
      end if;
      if said.started_ago > 60000 then
        refusals := refusals + 1;
        refusal_text := 'pod ' || said.uid || ' is not on this node';
      end if;
      continue;
    end if;
    select * into known from usage_counter c where c.uid = said.uid and c.instance = said.instance;
    continue when known.uid is not null and known.uptime >= said.uptime;
    if known.uid is null then
      begins := now - said.started_ago * interval '1 millisecond';
      known := row(said.uid, said.instance, 0, begins, 0, said.memory, 0, 0)::usage_counter;
      if begins < started then
        known.cpu := said.cpu;
        known.received := said.received;
        known.sent := said.sent;
      end if;
      -- nobody has seen its memory before
      if begins < seen - interval '5 minutes' then
        known.memory := -said.memory;
      end if;
    end if;
    begins := least(greatest(known.seen_at, started, now - longest), seen);
    whose.cpu := cast(said.cpu - known.cpu as numeric) / 1e9;
    whose.memory := (cast(known.memory as numeric) + said.memory) / 2 * extract(epoch from seen - begins);
    whose.received := said.received - known.received;
    whose.sent := said.sent - known.sent;
    if whose.cpu < 0 or whose.received < 0 or whose.sent < 0 or whose.cpu > left_cpu or said.memory > bytes * 1.5
      or whose.memory > left_memory or whose.received + whose.sent > left_network then
      refusals := refusals + 1;
      refusal_text := 'pod ' || said.uid || ' cannot have used that much';
      continue;
    end if;
    left_cpu := left_cpu - whose.cpu;
    left_memory := left_memory - whose.memory;
    left_network := left_network - whose.received - whose.sent;
    if whose.cpu > 0 or whose.memory > 0 or whose.received > 0 or whose.sent > 0 then
      dues := dues || usage_spread(whose, begins, seen);
    end if;
    insert into usage_counter values (said.uid, said.instance, said.uptime, seen, said.cpu, said.memory, said.received, said.sent)
      on conflict (uid, instance) do update set uptime = excluded.uptime, seen_at = excluded.seen_at, cpu = excluded.cpu,
        memory = excluded.memory, received = excluded.received, sent = excluded.sent;
  end loop;
  insert into usage_due select distinct d.hour, d.cluster from unnest(dues) d order by 1, 2 on conflict do nothing;
  update usage_reporter set reported_at = greatest(reported_at, now), refused = refused + refusals,
    refused_at = case when refusals > 0 then now else refused_at end,
    refusal = case when refusals > 0 then refusal_text else refusal end
    where node = from_node;
  return all_kept;
end $$;

-- As before, with what was used.
create or replace function usage_close(now timestamptz, state bigint) returns bigint language plpgsql as $$
declare
  until timestamptz := date_trunc('hour', now, 'UTC');
  hours bigint;
begin
  perform usage_write(null, until);
  delete from usage_subject where allocated = '{}' and revision <= state and written_to < until - interval '1 hour';
  if not exists (select from usage_due where hour < until) then
    return 0;
  end if;
  perform pg_advisory_xact_lock(usage_close_lock());
  create temporary table usage_closing on commit drop as select * from usage_due where hour < until;
  get diagnostics hours = row_count;
  delete from usage_hour h using usage_closing d where h.at = d.hour and h.cluster = d.cluster;
  insert into usage_hour
    select l.hour, l.cluster, l.tenant_uid, l.namespace, l.labels, l.resource, sum(l.allocated), sum(l.used)
    from (
      select d.hour, i.cluster, i.tenant_uid, i.namespace, i.labels, a.key as resource,
        cast(a.value as numeric) * extract(epoch from i.ends_at - i.starts_at) as allocated, cast(i.used ->> a.key as numeric) as used
      from usage_closing d
      join usage_interval i on i.cluster = d.cluster and i.starts_at >= d.hour and i.starts_at < d.hour + interval '1 hour'
      cross join lateral jsonb_each_text(i.allocated) a
      union all
      select d.hour, u.cluster, u.tenant_uid, u.namespace, u.labels, a.key, 0, a.value
      from usage_closing d
      join usage_used u on u.cluster = d.cluster and u.hour = d.hour
      cross join lateral usage_amounts(u) a
    ) l
    group by l.hour, l.cluster, l.tenant_uid, l.namespace, l.labels, l.resource;
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

create or replace function usage_lines(first timestamptz, until timestamptz, only_cluster text, by_hour boolean, now timestamptz)
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
  select d.hour, u.cluster, u.tenant_uid, u.namespace, u.labels, a.key, 0, a.value
  from usage_due d
  join usage_used u on u.cluster = d.cluster and u.hour = d.hour
  cross join lateral usage_amounts(u) a
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
