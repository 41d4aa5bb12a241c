-- What the stored objects of the platform's kinds say, in columns, for queries and joins.
-- Each row is written in the transaction of its object.

create table tenant (
  name         text collate "C" primary key,
  uid          text not null,
  display_name text not null,
  parent       text collate "C" not null,
  cell         text collate "C" not null,
  phase        text not null check (phase in ('Pending', 'Active', 'Terminating')),
  created_at   timestamptz,
  version      bigint not null
);
create index tenant_of_parent on tenant (parent) where parent <> '';

create table tenant_node_pool (
  tenant text collate "C" not null references tenant (name) on delete cascade,
  pool   text collate "C" not null,
  primary key (tenant, pool)
);

create table member (
  name         text collate "C" primary key,
  tenant       text collate "C" not null,
  subject_kind text not null check (subject_kind in ('User', 'Group', 'ServiceAccount')),
  subject_name text collate "C" not null,
  role         text not null check (role in ('admin', 'member', 'viewer')),
  version      bigint not null
);
create index member_of_tenant on member (tenant);
create index member_of_subject on member (subject_name, subject_kind);

-- Roles on the platform itself (resource accessgrants).
create table role_binding (
  name         text collate "C" primary key,
  role         text not null check (role in ('platform-admin', 'platform-viewer')),
  subject_kind text not null check (subject_kind in ('User', 'Group')),
  subject_name text collate "C" not null,
  version      bigint not null
);

-- Limits only; what is used is counted where the objects are (resource tenantquotas).
create table quota (
  name    text collate "C" primary key,
  tenant  text collate "C" not null,
  version bigint not null
);
create index quota_of_tenant on quota (tenant);

create table quota_limit (
  quota    text collate "C" not null references quota (name) on delete cascade,
  resource text collate "C" not null,
  amount   text not null,
  primary key (quota, resource)
);
