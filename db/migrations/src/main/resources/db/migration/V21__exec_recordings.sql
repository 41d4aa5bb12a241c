-- Recorded sessions in containers (docs/decisions/0045-exec-recordings.md). What was on the screen is in parts, sealed under the
-- tenant's key where keys are used; that there was a session, and whose, is in the clear like the audit trail.
create table exec_recording (
  cluster           text collate "C" not null,
  name              text collate "C" not null,
  namespace         text collate "C" not null,
  pod               text collate "C" not null,
  container         text collate "C" not null,
  user_name         text not null,
  impersonated_user text not null,
  subresource       text not null,
  command           text not null,
  audit_id          text not null,
  started_at        timestamptz not null,
  terminal          boolean not null,
  columns           integer not null,
  rows              integer not null,
  bytes             bigint not null default 0,
  lost              bigint not null default 0,
  state             text not null,
  ended_at          timestamptz,
  outcome           text not null default '',
  primary key (cluster, name)
);
create index exec_recording_newest on exec_recording (cluster, started_at desc, name desc);
create index exec_recording_started on exec_recording (started_at);

create table exec_recording_part (
  cluster text collate "C" not null,
  name    text collate "C" not null,
  part    integer not null,
  key_id  bigint,
  content bytea not null,
  primary key (cluster, name, part),
  foreign key (cluster, name) references exec_recording on delete cascade
);
create index exec_recording_part_key on exec_recording_part (cluster, key_id) where key_id is not null;
