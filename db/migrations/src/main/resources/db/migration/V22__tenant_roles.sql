-- Roles of people's own making, for members of a tenant and for the platform (resource tenantroles).
-- What a role allows stands in its object; here is who names it, so that none goes while it is named.

create table tenant_role (
  name    text collate "C" primary key,
  tenant  text collate "C" not null,
  version bigint not null
);
create index tenant_role_of_tenant on tenant_role (tenant);

-- Null for the roles that are always there.
-- A server of before cannot read a member or grant with another one and gives no rights by it.
alter table member drop constraint member_role_check;
alter table member add column tenant_role text collate "C" references tenant_role (name);
alter table member add constraint member_role_check
  check (role in ('admin', 'member', 'viewer') or tenant_role = role);
create index member_of_tenant_role on member (tenant_role) where tenant_role is not null;

alter table role_binding drop constraint role_binding_role_check;
alter table role_binding add column tenant_role text collate "C" references tenant_role (name);
alter table role_binding add constraint role_binding_role_check
  check (role in ('platform-admin', 'platform-operator', 'platform-viewer') or tenant_role = role);
create index role_binding_of_tenant_role on role_binding (tenant_role) where tenant_role is not null;
