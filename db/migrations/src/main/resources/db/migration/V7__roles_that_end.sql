-- Roles that end by themselves, and why they were given.
-- A server of before ignores these columns: to it, a role lasts until it is removed.

alter table member add column expires_at timestamptz;

alter table role_binding add column expires_at timestamptz;
alter table role_binding add column reason text not null default '';
