-- Programs that log in at the identity provider, and their roles in tenants (resource serviceclients).
-- As of members, what stands here is who names a role of people's own making, so that none goes while it is named: a server of before
-- that is asked to remove such a role does not say by whom it is named, and is refused by the database.

create table service_client (
  name        text collate "C" primary key,
  tenant      text collate "C" not null,
  role        text not null,
  tenant_role text collate "C" references tenant_role (name),
  version     bigint not null,
  check (role in ('admin', 'member', 'viewer') or tenant_role = role)
);
create index service_client_of_tenant_role on service_client (tenant_role) where tenant_role is not null;
