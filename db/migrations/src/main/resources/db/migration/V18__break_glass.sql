-- Access to a tenant that somebody took for a while, and why (resource breakglasses).

create table break_glass (
  name       text collate "C" primary key,
  tenant     text collate "C" not null,
  user_name  text collate "C" not null,
  role       text not null check (role in ('admin', 'member', 'viewer')),
  reason     text not null,
  expires_at timestamptz not null,
  ended      boolean not null,
  version    bigint not null
);
create index break_glass_of_tenant on break_glass (tenant, expires_at);

-- Who runs the platform without standing rights in its tenants.
-- A server of before cannot read such a grant and gives no rights by it.
alter table role_binding drop constraint role_binding_role_check;
alter table role_binding add constraint role_binding_role_check
  check (role in ('platform-admin', 'platform-operator', 'platform-viewer'));
