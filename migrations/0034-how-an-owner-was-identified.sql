-- Who takes a second factor from an account says how the owner was identified, as strictly as when the account was handed over.
alter table identity.totp add column removed_by text, add column identified text,
  add constraint totp_identified_check check (identified in ('in-person', 'telephone', 'video'));
comment on column identity.totp.removed_by is 'The security administrator who removed it (解除动态口令); null where the owner did, or where another took its place';
comment on column identity.totp.identified is 'How the owner was identified before that: in person, by telephone at the number on file, by video; null for removals before this was asked for';
