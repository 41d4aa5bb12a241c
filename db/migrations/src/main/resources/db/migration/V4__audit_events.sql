-- What an audit event says besides who did what. All with defaults, so that a server of before can go on writing.
alter table audit_entry
  add column audit_id    text  not null default '',
  add column stage       text  not null default 'ResponseComplete',
  add column level       text  not null default 'Metadata',
  add column uri         text  not null default '',
  add column annotations jsonb not null default '{}',
  add column request     jsonb,
  add column response    jsonb;
