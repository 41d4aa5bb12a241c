-- Tenants may be suspended, and kept for a while after their deletion was asked for.
alter table tenant drop constraint tenant_phase_check;
alter table tenant add constraint tenant_phase_check
  check (phase in ('Pending', 'Active', 'Suspended', 'DeletionRequested', 'Terminating'));
