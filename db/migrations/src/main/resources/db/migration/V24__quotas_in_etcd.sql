-- Quotas of tenants are kept where the objects are that are charged to them (docs/decisions/0032-quotas-of-tenants.md).
-- No server ever read or wrote these.
drop table quota_limit;
drop table quota;
