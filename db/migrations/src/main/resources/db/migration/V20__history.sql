-- The past revisions of objects (docs/decisions/0044-history.md). A feed is a store whose changes are followed.

-- How far each feed has been recorded, and which server follows it. Whoever records moves the revision on in the same transaction.
create table history_feed (
  feed        text primary key,
  revision    bigint not null,
  recorded_at timestamptz not null,
  holder      text not null,
  held_until  timestamptz not null
);

create sequence history_id;

-- The present revision of every object that is there.
create table history_head (
  cluster     text collate "C" not null,
  api_group   text collate "C" not null,
  resource    text collate "C" not null,
  namespace   text collate "C" not null,
  name        text collate "C" not null,
  feed        text not null,
  id          bigint not null,
  revision    bigint not null,
  uid         text collate "C" not null,
  change      text not null,
  recorded_at timestamptz not null,
  gap         boolean not null,
  bytes       integer not null,
  key_id      bigint,             -- the data key that the content is sealed with
  digest      bytea,              -- of what counts as a change; none of sealed content
  content     bytea,
  author      text,
  seen        bigint not null,    -- at which look over everything it was there
  primary key (cluster, api_group, resource, namespace, name)
);
create index history_head_newest on history_head (cluster, id);
create index history_head_revision on history_head (cluster, revision);
create index history_head_uid on history_head (cluster, uid, id);
create index history_head_resource on history_head (feed, api_group, resource);

-- What was replaced or deleted, by the time when it was.
create table history_past (
  cluster       text collate "C" not null,
  api_group     text collate "C" not null,
  resource      text collate "C" not null,
  namespace     text collate "C" not null,
  name          text collate "C" not null,
  feed          text not null,
  id            bigint not null,
  revision      bigint not null,
  uid           text collate "C" not null,
  change        text not null,
  recorded_at   timestamptz not null,
  gap           boolean not null,
  bytes         integer not null,
  key_id        bigint,
  digest        bytea,
  content       bytea,
  author        text,
  superseded_at timestamptz not null,
  primary key (id, superseded_at)
) partition by range (superseded_at);
create index history_past_newest on history_past (cluster, id);
create index history_past_object on history_past (cluster, api_group, resource, namespace, name, id);
create index history_past_revision on history_past (cluster, revision);
create index history_past_uid on history_past (cluster, uid, id);

-- Who made a write, told by the server that did it; moved to its revision soon after.
create table history_author (
  feed     text not null,
  cluster  text collate "C" not null,
  revision bigint not null,
  at       timestamptz not null,
  author   text not null,
  primary key (cluster, revision, feed)
);
create index history_author_at on history_author (at);

-- Where a feed's history was gone before it could be recorded.
create table history_gap (
  id            bigint primary key,
  feed          text not null,
  after_revision bigint not null,
  until_revision bigint not null,
  at            timestamptz not null
);

-- Clusters that were erased: nothing of them up to that revision comes back.
create table history_erasure (
  cluster  text collate "C" primary key,
  revision bigint not null
);

-- A part for each week, made beside the table and then attached, which stops nobody who reads or writes.
create function history_make_part(instant timestamptz) returns void language plpgsql as $$
declare
  first timestamp := date_trunc('week', instant at time zone 'UTC');
  part text := 'history_past_' || to_char(first, 'YYYY_MM_DD');
begin
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like history_past including all)', part);
  execute format('alter table history_past attach partition %I for values from (%L) to (%L)',
    part, first at time zone 'UTC', (first + interval '7 days') at time zone 'UTC');
end $$;

-- Parts for now and the weeks ahead, and for a feed that is ahead of the clock.
create function history_make_parts(weeks integer) returns void language plpgsql as $$
declare
  latest timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('argosy history parts', 0));
  select max(recorded_at) into latest from history_feed;
  for ahead in 0..weeks loop
    perform history_make_part(now() + make_interval(days => 7 * ahead));
    if latest > now() then
      perform history_make_part(latest + make_interval(days => 7 * ahead));
    end if;
  end loop;
end $$;

-- The revision of an object that is there becomes one of the past.
create procedure history_supersede(h history_head, instant timestamptz) language sql as $$
  insert into history_past (cluster, api_group, resource, namespace, name, feed, id, revision, uid, change, recorded_at, gap, bytes,
    key_id, digest, content, author, superseded_at)
  values (h.cluster, h.api_group, h.resource, h.namespace, h.name, h.feed, h.id, h.revision, h.uid, h.change, h.recorded_at, h.gap,
    h.bytes, h.key_id, h.digest, h.content, h.author, instant);
$$;

-- Records one revision; a change 'Deleted' has no content.
create procedure history_record(
  p_cluster text, p_group text, p_resource text, p_namespace text, p_name text, p_feed text, p_revision bigint, p_uid text,
  p_change text, p_at timestamptz, p_gap boolean, p_key_id bigint, p_digest bytea, p_content bytea)
language plpgsql as $$
declare
  head history_head;
begin
  if exists (select from history_erasure e where e.cluster = p_cluster and e.revision >= p_revision) then
    return;
  end if;
  delete from history_head h
    where h.cluster = p_cluster and h.api_group = p_group and h.resource = p_resource and h.namespace = p_namespace and h.name = p_name
    returning * into head;
  if head.cluster is not null then
    call history_supersede(head, p_at);
  end if;
  head := row(p_cluster, p_group, p_resource, p_namespace, p_name, p_feed, nextval('history_id'), p_revision, p_uid, p_change, p_at,
    p_gap, coalesce(length(p_content), 0), p_key_id, p_digest, p_content, null, p_revision);
  if p_change = 'Deleted' then
    call history_supersede(head, p_at);
  else
    insert into history_head values (head.*);
  end if;
end $$;

select history_make_parts(4);
