-- How much of tenants' quotas was used, hour by hour, as their status said it (docs/METERING.md). A tenant's uid tells it from an earlier one of its
-- name. Within a day (UTC) what is as it was an hour before is not written again, so that tenants that do nothing take little room.
create table quota_sample (
  at         timestamptz not null,
  cluster    text collate "C" not null,
  tenant_uid text collate "C" not null,
  quota      text collate "C" not null,
  used       jsonb not null,
  hard       jsonb not null,
  primary key (cluster, tenant_uid, quota, at)
) partition by range (at);

-- Samples of an hour; those that are there stay as they are.
create function quota_keep_samples(samples json, hour timestamptz) returns bigint language plpgsql as $$
declare
  kept bigint;
begin
  perform usage_make_part('quota_sample', hour);
  insert into quota_sample (at, cluster, tenant_uid, quota, used, hard)
  select hour, s.cluster, s.tenant_uid, s.quota, s.used, s.hard
  from json_to_recordset(samples) as s(cluster text, tenant_uid text, quota text, used jsonb, hard jsonb)
  left join lateral (
    select k.used, k.hard from quota_sample k
    where k.cluster = s.cluster and k.tenant_uid = s.tenant_uid and k.quota = s.quota
      and k.at >= date_trunc('day', hour, 'UTC') and k.at < hour
    order by k.at desc limit 1
  ) before on true
  where before.used is distinct from s.used or before.hard is distinct from s.hard
  on conflict do nothing;
  get diagnostics kept = row_count;
  return kept;
end $$;
